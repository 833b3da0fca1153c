package org.qfpsim.sim.scenario.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.sim.net.host.StreamMeter;
import org.qfpsim.sim.net.host.StreamSpec;

/** What tables print, read back by small parsers of this test's own, is what the router was given. */
class ReReadingTest {
    private static final Pattern ROUTE = Pattern.compile("([CLS])\\*? +(\\d+\\.\\d+\\.\\d+\\.\\d+)(?:/(\\d+))? "
        + "(?:\\[(\\d+)/0\\] via (\\S+?)(?:, (\\S+))?|is directly connected, (\\S+))");
    private static final Pattern SUBNETS = Pattern.compile(" +(\\S+)/(\\d+) is (variably )?subnetted, (\\d+) subnets.*");
    private static final Pattern PACKETS = Pattern.compile(" +(\\d+) packets (input|output), (\\d+) bytes.*");

    /** A route as a person reads it: {@code S 10.1.0.0/16 1 via 20.1.1.5}. */
    private static String route(final String code, final String prefix, final int distance, final @Nullable String hop,
                                final @Nullable String output) {
        return code + " " + prefix + " " + distance + (hop == null ? "" : " via " + hop) + (output == null ? "" : " " + output);
    }

    private static String prefix(final int address, final int length) {
        final int bits = length == 0 ? 0 : address & -1 << 32 - length;
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255) + "/" + length;
    }

    private static String mask(final int length) {
        return prefix(length == 0 ? 0 : -1 << 32 - length, 32).replace("/32", "");
    }

    /** Interfaces and routes that nobody has thought of. */
    private static final class Given {
        final StringBuilder config = new StringBuilder("hostname R1\nlogging buffered 65536\n");
        final Map<String, String> brief = new HashMap<>();
        final Map<String, String> routes = new TreeMap<>();

        Given(final SplittableRandom random) {
            final List<String> lines = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                loopback(random, i, lines);
            }
            port("GigabitEthernet0/0/0", "20.1.1.1", true, lines);
            port("GigabitEthernet0/0/1", "192.168.1.1", true, lines);
            port("GigabitEthernet0/0/2", "192.168.77.1", random.nextBoolean(), lines);
            final int count = random.nextInt(5, 60);
            for (int i = 0; i < count; i++) {
                statics(random, lines);
            }
            lines.forEach(line -> config.append(line).append('\n'));
            config.append("end\n");
        }

        private void loopback(final SplittableRandom random, final int number, final List<String> lines) {
            final int length = random.nextInt(24, 33);
            final int address = 10 << 24 | random.nextInt(1 << 8) << 16 | number << 8 | random.nextInt(1, 255);
            final boolean shutdown = random.nextInt(4) == 0;
            final String text = prefix(address, 32).replace("/32", "");
            lines.add("interface Loopback" + number);
            lines.add(" ip address " + text + " " + mask(length));
            if (shutdown) {
                lines.add(" shutdown");
            } else {
                if (length < 32) {
                    routes.put(text + "/32", route("L", text + "/32", 0, null, "Loopback" + number));
                }
                routes.put(prefix(address, length), route("C", prefix(address, length), 0, null, "Loopback" + number));
            }
            brief.put("Loopback" + number, text + (shutdown ? " administratively down down" : " up up"));
        }

        private void port(final String name, final String address, final boolean on, final List<String> lines) {
            lines.add("interface " + name);
            lines.add(" ip address " + address + " 255.255.255.0");
            if (!on) {
                lines.add(" shutdown");
            }
            final boolean linked = !name.endsWith("2");
            if (linked) {
                final String network = address.replaceAll("\\d+$", "0/24");
                routes.put(network, route("C", network, 0, null, name));
                routes.put(address + "/32", route("L", address + "/32", 0, null, name));
            }
            brief.put(name, address + (!on ? " administratively down down" : linked ? " up up" : " down down"));
        }

        /** To a neighbour, to nowhere, or behind a neighbour that nothing leads to. Never to a connected network. */
        private void statics(final SplittableRandom random, final List<String> lines) {
            final int length = random.nextInt(9, 33);
            final String prefix = prefix(random.nextInt(30, 220) << 24 | random.nextInt(1 << 24), length);
            final int distance = random.nextBoolean() ? 1 : random.nextInt(2, 255);
            final String to = switch (random.nextInt(4)) {
                case 0 -> "Null0";
                case 1 -> "192.168.1." + random.nextInt(2, 255);
                case 2 -> "GigabitEthernet0/0/0 20.1.1." + random.nextInt(2, 255);
                default -> "7.7.7.7";
            };
            if (routes.containsKey(prefix)) {
                return;
            }
            lines.add("ip route " + prefix.replaceAll("/.*", "") + " " + mask(length) + " " + to + (distance == 1 ? "" : " " + distance));
            final String[] words = to.split(" ");
            if (to.startsWith("192")) {
                routes.put(prefix, route("S", prefix, distance, to, null));
            } else if (words.length == 2) {
                routes.put(prefix, route("S", prefix, distance, words[1], words[0]));
            } else if (!to.startsWith("7")) {
                routes.put(prefix, route("S", prefix, 0, null, to));
            }
        }
    }

    /** Reads the routing table back; networks of one mask are printed without it. */
    private static Map<String, String> routes(final String text) {
        final Map<String, String> routes = new TreeMap<>();
        String length = "";
        int promised = 0;
        for (final String line : text.lines().dropWhile(line -> !line.startsWith("Gateway")).skip(2).toList()) {
            final Matcher subnets = SUBNETS.matcher(line);
            if (subnets.matches()) {
                assertThat(promised).as(line).isZero();
                length = subnets.group(3) == null ? subnets.group(2) : "";
                promised = Integer.parseInt(subnets.group(4));
                continue;
            }
            final Matcher row = ROUTE.matcher(line);
            assertThat(row.matches()).as(line).isTrue();
            promised -= promised > 0 ? 1 : 0;
            final String prefix = row.group(2) + "/" + (row.group(3) == null ? length : row.group(3));
            routes.put(prefix, row.group(5) == null ? route(row.group(1), prefix, 0, null, row.group(7))
                : route(row.group(1), prefix, Integer.parseInt(row.group(4)), row.group(5), row.group(6)));
        }
        assertThat(promised).isZero();
        return routes;
    }

    @RepeatedTest(12)
    void shouldPrintTheRoutesAndInterfacesThatItHas(final RepetitionInfo repetition) {
        final Given given = new Given(new SplittableRandom(repetition.getCurrentRepetition()));
        try (ShowLab lab = new ShowLab(given.config.toString())) {
            lab.pass(ShowLab.SECOND);
            assertThat(routes(lab.type("show ip route"))).as("seed %d", repetition.getCurrentRepetition()).isEqualTo(given.routes);
            final Map<String, String> brief = new HashMap<>();
            lab.type("show ip interface brief").lines().skip(1).forEach(line -> brief.put(line.substring(0, 22).strip(),
                line.substring(23, 38).strip() + " " + line.substring(50, 71).strip() + " " + line.substring(72).strip()));
            assertThat(brief).isEqualTo(given.brief);
        }
    }

    private static Map<String, long[]> traffic(final String text) {
        final Map<String, long[]> traffic = new HashMap<>();
        String name = "";
        for (final String line : text.lines().toList()) {
            if (!line.startsWith(" ")) {
                name = line.substring(0, line.indexOf(' '));
                traffic.put(name, new long[4]);
            }
            final Matcher packets = PACKETS.matcher(line);
            if (packets.matches()) {
                final int at = packets.group(2).equals("input") ? 0 : 2;
                final long[] row = Objects.requireNonNull(traffic.get(name));
                row[at] = Long.parseLong(packets.group(1));
                row[at + 1] = Long.parseLong(packets.group(3));
            }
        }
        return traffic;
    }

    private static long[] of(final Map<String, long[]> traffic, final String name) {
        return Objects.requireNonNull(traffic.get(name));
    }

    /** What one end says that it has sent is what the other says that it has received; the tunnel carries the streams and nothing else. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldPrintTheTrafficThatThereWas(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        try (ShowLab lab = new ShowLab()) {
            final List<StreamMeter> meters = new ArrayList<>();
            long sent = 0;
            long octets = 0;
            for (int i = 0; i < 4; i++) {
                final int size = random.nextInt(60, 1400);
                final StreamMeter meter = lab.send(StreamSpec.Kind.UDP, "192.168.2." + (10 + i), random.nextInt(1, 300), size,
                    random.nextInt(1, 500));
                lab.pass(random.nextLong(5 * ShowLab.SECOND));
                meters.add(meter);
                sent += meter.sent();
                octets += meter.sent() * size;
            }
            lab.pass(600 * ShowLab.SECOND);
            final long late = meters.stream().mapToLong(StreamMeter::sent).sum() - sent;
            assertThat(late).isNotNegative();
            final Map<String, long[]> one = traffic(lab.type("show interfaces"));
            final Map<String, long[]> other = traffic(lab.type(lab.r2, "show interfaces"));
            assertThat(of(one, "Tunnel0")[2]).isEqualTo(meters.stream().mapToLong(StreamMeter::sent).sum());
            assertThat(of(one, "Tunnel0")[3]).isGreaterThanOrEqualTo(octets);
            assertThat(of(other, "Tunnel0")[0]).isEqualTo(of(one, "Tunnel0")[2]);
            assertThat(of(other, "Tunnel0")[1]).isEqualTo(of(one, "Tunnel0")[3]);
            for (int i = 0; i < 2; i++) {
                assertThat(of(other, "GigabitEthernet0/0/0")[i]).isEqualTo(of(one, "GigabitEthernet0/0/0")[i + 2]);
                assertThat(of(one, "GigabitEthernet0/0/0")[i]).isEqualTo(of(other, "GigabitEthernet0/0/0")[i + 2]);
            }
            final List<String> names = one.keySet().stream().sorted(Comparator.naturalOrder()).toList();
            assertThat(names).contains("Loopback0", "Tunnel1", "TenGigabitEthernet0/1/0");
            assertThat(of(one, "Loopback0")).containsOnly(0);
        }
    }

    private static List<Matcher> matches(final String text, final String line) {
        return Pattern.compile("(?m)^" + line + " *$").matcher(text).results().<Matcher>map(found -> {
            final Matcher matcher = Pattern.compile(line).matcher(found.group().stripTrailing());
            assertThat(matcher.matches()).isTrue();
            return matcher;
        }).toList();
    }

    @RepeatedTest(3)
    void shouldPrintMemoryAsThereAreInterfacesAndNeighbours(final RepetitionInfo repetition) {
        final Given given = new Given(new SplittableRandom(repetition.getCurrentRepetition()));
        try (ShowLab lab = new ShowLab(given.config.toString())) {
            lab.send(StreamSpec.Kind.PING, "192.168.2.10", 10, 100, 5);
            lab.pass(10 * ShowLab.SECOND);
            final Map<String, Long> holding = new HashMap<>();
            final String processes = lab.type("show processes memory");
            for (final Matcher row : matches(processes, " *\\d+ +0 +(\\d+) +0 +(\\d+) +0 +0 (\\S.*?)")) {
                assertThat(row.group(1)).as("nothing was given back").isEqualTo(row.group(2));
                holding.put(row.group(3), Long.parseLong(row.group(2)));
            }
            final long neighbours = lab.type("show arp").lines().filter(line -> line.startsWith("Internet") && !line.contains(" - ")).count();
            assertThat(neighbours).isPositive();
            assertThat(holding).containsEntry("IF-MGR", 128L * (lab.type("show ip interface brief").lines().count() - 1))
                .containsEntry("ARP Input", 64 * neighbours);
            final long sum = holding.values().stream().mapToLong(Long::longValue).sum();
            assertThat(matches(processes, " *(\\d+) Total")).singleElement().extracting(row -> row.group(1)).isEqualTo(Long.toString(sum));
            final List<Matcher> pools = matches(lab.type("show memory"), " *(\\S+) +0+((?: +\\d+){5})");
            assertThat(pools).extracting(row -> row.group(1)).containsExactly("Processor", "lsmpi_io");
            final String[] processor = pools.getFirst().group(2).strip().split(" +");
            assertThat(Long.parseLong(processor[1])).as("used").isEqualTo(sum);
            for (final Matcher pool : pools) {
                final String[] octets = pool.group(2).strip().split(" +");
                assertThat(Long.parseLong(octets[1]) + Long.parseLong(octets[2])).isEqualTo(Long.parseLong(octets[0]));
                assertThat(Long.parseLong(octets[3])).as("lowest").isLessThanOrEqualTo(Long.parseLong(octets[2]));
            }
            final List<Matcher> brief = matches(lab.type("show platform software status control-processor brief"),
                " +RP0 Healthy +(\\d+) +(\\d+) \\(.*");
            assertThat(brief).singleElement().satisfies(row -> {
                assertThat(Long.parseLong(row.group(1))).isEqualTo(Long.parseLong(processor[0]) >> 10);
                assertThat(Long.parseLong(row.group(2))).isEqualTo(sum >> 10);
            });
        }
    }
}
