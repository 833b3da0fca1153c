package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/** Longest-prefix match against a search through all prefixes. */
class LpmTrieTest {
    private static final long SEED = 0x4c504dL;

    private static IpAddress address(final Random random, final boolean v6, final int spread) {
        // Few distinct bits, so that prefixes lie within each other.
        return v6 ? new IpAddress(true, 0x2001_0db8_0000_0000L | random.nextInt(spread), (long) random.nextInt(spread) << 40)
            : IpAddress.v4(0x0a00_0000 | random.nextInt(spread));
    }

    private static int naive(final List<IpPrefix> prefixes, final IpAddress a) {
        int best = LpmTrie.NONE;
        for (int i = 0; i < prefixes.size(); i++) {
            final IpPrefix p = prefixes.get(i);
            if (((a.high() ^ p.address().high()) & p.maskHigh() | (a.low() ^ p.address().low()) & p.maskLow()) == 0
                && (best < 0 || p.length() >= prefixes.get(best).length())) {
                best = i;
            }
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFindWhatASearchFinds(final boolean v6) {
        final Random random = new Random(SEED);
        for (int round = 0; round < 40; round++) {
            final int spread = 1 << 4 + random.nextInt(20);
            final List<IpPrefix> prefixes = new ArrayList<>();
            for (int i = random.nextInt(200); i >= 0; i--) {
                prefixes.add(new IpPrefix(address(random, v6, spread), random.nextInt(v6 ? 129 : 33)));
            }
            final LpmTrie trie = new LpmTrie(prefixes);
            for (int i = 0; i < 500; i++) {
                final IpAddress a = i % 4 == 0 ? prefixes.get(random.nextInt(prefixes.size())).address() : address(random, v6, spread);
                final int found = v6 ? trie.find6(a.high(), a.low()) : trie.find4(a.low());
                assertThat(found).as("seed %d, round %d, %s in %s", SEED, round, a, prefixes).isEqualTo(naive(prefixes, a));
            }
        }
    }

    @Test
    void shouldHoldAHundredThousandPrefixes() {
        final Random random = new Random(SEED);
        final List<IpPrefix> prefixes = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            prefixes.add(new IpPrefix(IpAddress.v4(random.nextInt()), 16 + random.nextInt(17)));
        }
        final LpmTrie trie = new LpmTrie(prefixes);
        for (int i = 0; i < 200; i++) {
            final IpAddress a = prefixes.get(random.nextInt(prefixes.size())).address();
            assertThat(trie.find4(a.low())).isEqualTo(naive(prefixes, a));
        }
    }

    @Test
    void shouldFindNothingInAnEmptyTrie() {
        final LpmTrie trie = new LpmTrie(List.of());
        assertThat(trie.find4(1)).isEqualTo(LpmTrie.NONE);
        assertThat(trie.find6(1, 1)).isEqualTo(LpmTrie.NONE);
    }
}
