package org.qfpsim.controlplane.qfp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.ipsec.IpsecMessages.Kind;
import org.qfpsim.controlplane.qfp.hardware.InterfaceDrops;
import org.qfpsim.controlplane.qfp.punt.PuntSource.Policer;
import org.qfpsim.controlplane.show.ShowCommands;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.InjectCause;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.route.PacketBuffers;
import org.qfpsim.datapath.route.PortCounters.Column;

/**
 * Tables are read back from their text by parsers that know nothing of how they were made, and what is read is what the router has: for
 * random states, with numbers of up to 20 digits.
 */
class RereadTest {
    private static final String QFP = "show platform hardware qfp active ";

    private final FakeQfp router = new FakeQfp();

    /** A count of any size: of 64 bits without a sign. */
    private static long count(final Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(10);
            case 1 -> random.nextInt(1_000_000);
            case 2 -> random.nextLong(Long.MAX_VALUE);
            default -> random.nextLong() | Long.MIN_VALUE;
        };
    }

    /** Lines of a form, their groups. */
    private static List<List<String>> rows(final String text, final String form) {
        final Pattern pattern = Pattern.compile(form);
        final List<List<String>> rows = new ArrayList<>();
        text.lines().map(pattern::matcher).filter(Matcher::matches).forEach(row -> {
            final List<String> groups = new ArrayList<>();
            for (int i = 1; i <= row.groupCount(); i++) {
                groups.add(row.group(i).strip());
            }
            rows.add(groups);
        });
        return rows;
    }

    private static String number(final long value) {
        return Long.toUnsignedString(value);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldReadTheSoftwareDataplaneBack(final long seed) {
        final Random random = new Random(seed);
        final ShowCommands commands = router.commands("software", "17.13.1a");
        final int engines = 1 + random.nextInt(8);
        final List<Long> used = new ArrayList<>();
        long inUse = 0;
        for (int i = 0; i < engines; i++) {
            router.engines[i] = random.nextLong(1L << 40);
            used.add((long) random.nextInt(257));
            inUse += used.getLast();
        }
        final int injected = random.nextInt(1 << 16);
        router.buffers = new PacketBuffers(256, 2048, 32, random.nextBoolean(), used, 1 << 16, injected);
        final long free = 256L * engines - inUse;
        final String credits = commands.execute(QFP + "datapath infrastructure sw-cio");
        final String held = used.stream().map(String::valueOf).collect(Collectors.joining(" "));
        assertThat(rows(credits, " +2 +fpe +1: +([0-9]+) +((?:[0-9]+ +){" + engines + "})([0-9]+)").getFirst().stream()
            .map(each -> each.replaceAll(" +", " "))).as("seed " + seed).containsExactly(number(free), held, number(256L * engines));
        assertThat(rows(credits, " +1 vxe_punti +1: +([0-9]+) .* ([0-9]+)")).containsExactly(List.of(number((1 << 16) - injected), "65536"));
        final List<List<String>> packets = new ArrayList<>();
        for (int i = 0; i < engines; i++) {
            packets.add(List.of(number(i), number(router.engines[i] / 2), number(router.engines[i]), number(router.engines[i])));
        }
        assertThat(rows(commands.execute(QFP + "datapath infrastructure sw-distrib"),
            " +([0-9]+) +([0-9]+) +([0-9]+) +[0-9]+ +[0-9]+ +([0-9]+)")).isEqualTo(packets);
        assertThat(rows(commands.execute(QFP + "datapath infrastructure sw-pktmem"),
            "PMD pool buffer size 2048, free ([0-9]+) of ([0-9]+), util .*")).containsExactly(List.of(number(free), number(256L * engines)));
    }

    /** Cores: what is not idle is work, and the engines share theirs by the packets that they have taken. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadMeasuredLoadBack(final long seed) {
        final Random random = new Random(seed);
        final ShowCommands commands = router.commands("software", "17.13.1a");
        router.engines[0] = 100;
        router.engines[1] = 300;
        final long percent = 1 + random.nextInt(40);
        router.busy = OptionalLong.of(percent * 50_000_000L);
        router.pass(5);
        assertThat(rows(commands.execute(QFP + "datapath utilization"), "Processing: Load \\(pct\\) +([0-9]+).*"))
            .containsExactly(List.of(number(percent)));
        final List<String> cores = rows(commands.execute(QFP + "datapath infrastructure sw-cio"), "    % PP: +([0-9.]+) +([0-9.]+) +.*")
            .getFirst();
        assertThat(Double.parseDouble(cores.get(0))).isEqualTo(percent * 0.5);
        assertThat(Double.parseDouble(cores.get(1))).isEqualTo(Math.min(100, percent * 1.5));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldReadDropsBack(final long seed) {
        final Random random = new Random(seed);
        final ShowCommands commands = router.commands("esp20", "17.13.1a");
        final List<List<String>> wanted = new ArrayList<>();
        final Map<String, List<String>> byName = new TreeMap<>();
        for (final GlobalDrop drop : GlobalDrop.values()) {
            if (drop.id() <= 494 && random.nextInt(4) == 0) {
                router.packets[drop.id()] = count(random) | 1;
                router.octets[drop.id()] = count(random);
                byName.put(drop.cliName(), List.of(drop.cliName(), number(router.packets[drop.id()]), number(router.octets[drop.id()])));
            }
        }
        wanted.addAll(byName.values());
        final String table = commands.execute(QFP + "statistics drop");
        assertThat(rows(table, "(\\S+) +([0-9]+) +([0-9]+)")).as("seed " + seed).isEqualTo(wanted);
        assertThat(table.lines().skip(2)).as("a name of more than 28 characters and 20 digits need more room")
            .allMatch(line -> line.length() == 73 || line.indexOf(' ') > 28);
        assertThat(rows(commands.execute(QFP + "statistics drop detail"), " *([0-9]+)  (\\S+) +([0-9]+) +([0-9]+)"))
            .allSatisfy(row -> assertThat(row.subList(2, 4)).containsExactly(
                number(router.packets[Integer.parseInt(row.get(0))]), number(router.octets[Integer.parseInt(row.get(0))])))
            .hasSameSizeAs(wanted);
        commands.execute(QFP + "statistics drop clear");
        final int id = GlobalDrop.IPSEC_INPUT.id();
        router.packets[id] += 17;
        router.octets[id] += 1700;
        assertThat(rows(commands.execute(QFP + "statistics drop"), "(\\S+) +([0-9]+) +([0-9]+)"))
            .isEqualTo(List.of(List.of("IpsecInput", "17", "1700")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldReadIpsecDropsBack(final long seed) {
        final Random random = new Random(seed);
        final ShowCommands commands = router.commands("esp20", "17.13.1a");
        final Map<Integer, Long> at = new HashMap<>();
        for (final IpsecDrop drop : IpsecDrop.values()) {
            if (drop.printedBy(EngineToken.OCT)) {
                router.ipsec[drop.id()] = count(random);
                at.put(drop.id(), router.ipsec[drop.id()]);
            }
        }
        final List<List<String>> read = rows(commands.execute(QFP + "feature ipsec datapath drops all"), " *([0-9]+)  (\\S+) +([0-9]+)");
        assertThat(read).as("seed " + seed).hasSameSizeAs(at.keySet())
            .allSatisfy(row -> assertThat(row.get(2)).isEqualTo(number(router.ipsec[Integer.parseInt(row.get(0))])));
        commands.execute(QFP + "feature ipsec datapath drops clear");
        at.keySet().forEach(id -> router.ipsec[id] += id);
        assertThat(rows(commands.execute(QFP + "feature ipsec datapath drops all"), " *([0-9]+)  (\\S+) +([0-9]+)"))
            .allSatisfy(row -> assertThat(row.get(2)).isEqualTo(row.get(0)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadTheHistoryBack(final long seed) {
        final Random random = new Random(seed);
        final ShowCommands commands = router.commands("esp20", "17.13.1a");
        final int id = GlobalDrop.IPSEC_INPUT.id();
        final long[] perSecond = new long[3000];
        for (int second = 0; second < perSecond.length; second++) {
            perSecond[second] = random.nextInt(3) == 0 ? random.nextInt(1000) : 0;
            router.packets[id] += perSecond[second];
            router.pass(1);
            if (second % 5 == 4 && random.nextInt(20) == 0) {
                final int now = second + 1;
                final List<String> wanted = new ArrayList<>(List.of("IpsecInput"));
                for (final int minutes : new int[] {1, 5, 30}) {
                    wanted.add(number(Arrays.stream(perSecond, Math.max(0, now - 60 * minutes), now).sum()));
                }
                wanted.add(number(router.packets[id]));
                assertThat(rows(commands.execute(QFP + "statistics drop history"), "(\\S+) +([0-9]+) +([0-9]+) +([0-9]+) +([0-9]+)"))
                    .as("seed " + seed + ", second " + now).isEqualTo(List.of(wanted));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldReadPuntsBack(final long seed) {
        final Random random = new Random(seed);
        final ShowCommands commands = router.commands("esp20", "17.13.1a");
        final Map<String, List<String>> causes = new HashMap<>();
        final Map<String, List<String>> lost = new HashMap<>();
        for (final PuntCause cause : PuntCause.values()) {
            final long sent = random.nextLong(Long.MAX_VALUE);
            final long gone = random.nextInt(3) == 0 ? random.nextLong(Long.MAX_VALUE) : 0;
            router.punts.put(cause, new long[] {sent + gone, sent});
            causes.put("punt " + cause.id(), List.of(cause.cliName(), number(sent + gone), number(sent)));
            if (gone != 0) {
                lost.put("" + cause.id(), List.of(cause.cliName(), number(gone)));
            }
        }
        for (final InjectCause cause : InjectCause.values()) {
            router.injections.put(cause, new long[] {count(random) | 1, 0});
            causes.put("inject " + cause.id(), List.of(cause.cliName(), number(router.injections.get(cause)[0]), "0"));
        }
        final Map<String, List<String>> read = new HashMap<>();
        String part = "";
        for (final String line : commands.execute(QFP + "infrastructure punt statistics type per-cause").lines().toList()) {
            part = line.startsWith("  Per ") ? line.contains("Inject") ? "inject " : "punt " : part;
            final Matcher row = Pattern.compile("  ([0-9]{3}) {9}(.{42})([0-9]+) +([0-9]+)").matcher(line);
            if (row.matches()) {
                read.put(part + Integer.parseInt(row.group(1)), List.of(row.group(2).strip(), row.group(3), row.group(4)));
            }
        }
        assertThat(read).as("seed " + seed).isEqualTo(causes);
        final Map<String, List<String>> dropped = new HashMap<>();
        rows(commands.execute(QFP + "infrastructure punt statistics type punt-drop"), "  ([0-9]{3}) {9}(.{42})([0-9]+)")
            .forEach(row -> dropped.put("" + Integer.parseInt(row.get(0)), row.subList(1, 3)));
        assertThat(dropped).isEqualTo(lost);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldReadPolicersBack(final long seed) {
        final Random random = new Random(seed);
        final ShowCommands commands = router.commands("esp20", "17.13.1a");
        final List<List<String>> wanted = new ArrayList<>();
        for (final PuntCause cause : PuntCause.values()) {
            final Policer normal = new Policer(1 + random.nextInt(146_484), random.nextInt(146_484), count(random), count(random));
            final Policer high = new Policer(1 + random.nextInt(146_484), random.nextInt(146_484), count(random), count(random));
            router.policers.put(cause, new Policer[] {normal, high});
            wanted.add(List.of("" + cause.id(), cause.cliName(), "" + normal.rate(), "" + high.rate(), number(normal.conform()),
                number(high.conform()), number(normal.dropped()), number(high.dropped()), "" + normal.burst(), "" + high.burst()));
        }
        assertThat(rows(commands.execute("show platform software punt-policer"),
            " *([0-9]+)    (.{30})([0-9]+) +([0-9]+) +([0-9]+) +([0-9]+) +([0-9]+) +([0-9]+) +([0-9]+) +([0-9]+) +Off +Off"))
            .as("seed " + seed).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadUtilizationBack(final long seed) {
        final Random random = new Random(seed);
        final ShowCommands commands = router.commands("esp100", "17.13.1a");
        final int samples = 800;
        final long[][][] steps = new long[2][Column.values().length][samples];
        for (int sample = 0; sample < samples; sample++) {
            for (int qfp = 0; qfp < 2; qfp++) {
                for (final Column column : Column.values()) {
                    final boolean priority = column.name().contains("PRIORITY");
                    steps[qfp][column.ordinal()][sample] = random.nextInt(1 << 20) + (priority ? 0 : 1 << 20);
                    router.traffic[qfp][column.ordinal()] += steps[qfp][column.ordinal()][sample];
                }
            }
            router.pass(5);
        }
        final List<List<String>> read = rows(commands.execute(QFP + "datapath utilization"),
            "(.{0,17}(?:\\(pps\\)|\\(bps\\))) {1,12}([0-9]+) {1,12}([0-9]+) {1,12}([0-9]+) {1,12}([0-9]+)");
        assertThat(read).hasSize(24);
        int row = 0;
        for (int qfp = 0; qfp < 2; qfp++) {
            for (final List<Column> columns : List.of(
                List.of(Column.RX_PRIORITY_PACKETS, Column.RX_PRIORITY_OCTETS, Column.RX_PACKETS, Column.RX_OCTETS),
                List.of(Column.TX_PRIORITY_PACKETS, Column.TX_PRIORITY_OCTETS, Column.TX_PACKETS, Column.TX_OCTETS))) {
                for (int column = 0; column < 4; column++) {
                    // Rows: priority, non-priority, total; two units each.
                    final int at = row + (column < 2 ? column : 2 + column);
                    final long[] counted = steps[qfp][columns.get(column).ordinal()];
                    final int window = random.nextInt(4);
                    final int over = new int[] {1, 12, 60, 720}[window];
                    final double rate = Arrays.stream(counted, samples - over, samples).average().orElseThrow() / 5
                        * (column % 2 == 0 ? 1 : 8);
                    assertThat(Long.parseLong(read.get(at).get(1 + window))).as("seed " + seed + ", row " + at).isEqualTo(Math.round(rate));
                }
                row += 6;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadTheRestBack(final long seed) {
        final Random random = new Random(seed);
        final ShowCommands commands = router.commands("esp200", "17.13.1a");
        final List<List<String>> drops = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            final InterfaceDrops each = new InterfaceDrops("GigabitEthernet0/0/" + i, count(random), count(random));
            router.interfaces.add(each);
            drops.add(List.of(each.name(), number(each.received()), number(each.sent())));
        }
        assertThat(rows(commands.execute(QFP + "interface all statistics drop_summary"), "(.{35})([ 0-9]{20})([ 0-9]{20})"))
            .as("by columns, which 20 digits fill: seed " + seed).isEqualTo(drops);
        final List<List<String>> messages = new ArrayList<>();
        for (final Kind kind : Kind.values()) {
            final int ok = random.nextInt(1000);
            final int errors = random.nextInt(3);
            for (int i = 0; i < ok; i++) {
                router.messages.taken(kind);
            }
            for (int i = 0; i < errors; i++) {
                router.messages.refused(kind);
            }
            messages.add(List.of(kind.label(), "" + (ok + errors), "" + ok, "" + errors));
        }
        assertThat(rows(commands.execute(QFP + "feature ipsec state"), "  (.{22})([0-9]+) +([0-9]+) +([0-9]+) *")).isEqualTo(messages);
        router.resource = random.nextInt(1 << 30);
        final List<List<String>> memory = rows(commands.execute(QFP + "infrastructure exmem statistics"), "  (\\S[^:]*): ([0-9]+)");
        assertThat(memory.stream().filter(line -> line.get(0).equals("InUse")).mapToLong(line -> Long.parseLong(line.get(1))).sum())
            .isEqualTo(router.resource);
    }
}
