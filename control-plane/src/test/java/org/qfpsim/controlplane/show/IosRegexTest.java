package org.qfpsim.controlplane.show;

import org.qfpsim.controlplane.cli.CommandRefusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IosRegexTest {
    private static final int ROUNDS = 20_000 * Integer.getInteger("qfp.test.scale", 1);

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', value = {
        "SPI~IN_SPI_X~true", "spi~IN_SPI_X~false", "^IN~IN_SPI~true", "^SPI~IN_SPI~false", "SPI$~IN_SPI~true",
        "IN$~IN_SPI~false",
        "a.c~abc~true", "a.c~ac~false", "ab*c~ac~true", "ab+c~ac~false", "ab?c~abc~true", "a(bc)+d~abcbcd~true", "a(b|cd)e~acde~true",
        "[0-9]+~x7~true", "[^a-z]~abc~false", "[]x]~]~true", "[^]x]~]x~false", "[a-]~-~true", "_10_~vlan 10, 20~true", "_10_~vlan 110~false",
        "_10_~10~true", "_10_~(10)~true", "_10_~{10}~true", "_10_~a_10_b~true", "\\.~abc~false", "\\_~a b~false", "a{2}~aa~false",
        "a{2}~a{2}~true",
        "''~anything~true", "()~x~true", "a|~b~true", "^$~''~true", "^$~x~false", "__~''~true", "(a*)*b~aaaa~false", "(a*)+b~aab~true"})
    void shouldMatchAsThePlatformDoes(final String regex, final String line, final boolean expected) throws CommandRefusal {
        assertThat(IosRegex.compile(regex).find(line)).isEqualTo(expected);
    }

    /** The second implementation: what both languages write in the same way must match the same lines. */
    @Test
    void shouldAgreeWithJavaOnTheirCommonLanguage() throws CommandRefusal {
        final long seed = 20_261_123;
        final Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            final String regex = randomRegex(random, 3);
            final String line = random.ints(random.nextInt(9), 'a', 'd').mapToObj(Character::toString).collect(Collectors.joining());
            assertThat(IosRegex.compile(regex).find(line)).as("seed %d round %d: \"%s\" in \"%s\"", seed, round, regex, line)
                .isEqualTo(Pattern.compile(regex).matcher(line).find());
        }
    }

    @Test
    void shouldNotExplode() throws CommandRefusal {
        assertThat(IosRegex.compile("(a*)*".repeat(40) + "b").find("a".repeat(200))).isFalse();
        assertThat(IosRegex.compile("_".repeat(200) + "x").find("")).isFalse();
        assertThat(IosRegex.compile("(a|aa)+$b").find("a".repeat(10_000))).isFalse();
        assertThat(IosRegex.compile("(".repeat(120) + "a" + ")*".repeat(120)).find("b")).isTrue();
    }

    @Test
    void shouldRefuseWhatIsMalformed() {
        for (final String regex : new String[] {"*", "+a", "?", "a**", "a+?", "(", "(a", ")", "a)b",
            "[", "[a", "[]", "[^]", "[z-a]", "\\", "(*a)", "a|*"}) {
            assertThatThrownBy(() -> IosRegex.compile(regex)).as(regex).isInstanceOf(CommandRefusal.class)
                .hasMessageStartingWith("% Invalid regular expression: ").hasMessageEndingWith("\n");
        }
    }

    private static String randomRegex(final Random random, final int depth) {
        final StringBuilder text = new StringBuilder();
        for (int atoms = random.nextInt(3); atoms >= 0; atoms--) {
            final String atom = switch (random.nextInt(depth > 0 ? 7 : 5)) {
                case 0 -> ".";
                case 1 -> "[" + (random.nextBoolean() ? "^" : "") + "a-b]";
                case 2 -> random.nextBoolean() ? "^" : "$";
                case 3, 4 -> String.valueOf((char) ('a' + random.nextInt(3)));
                default -> "(" + randomRegex(random, depth - 1) + "|" + randomRegex(random, depth - 1) + ")";
            };
            final boolean anchor = "^$".contains(atom);
            text.append(atom).append(anchor ? "" : new String[] {"", "", "*", "+", "?"}[random.nextInt(5)]);
        }
        return text.toString();
    }
}
