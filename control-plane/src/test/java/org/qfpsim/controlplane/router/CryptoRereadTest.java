package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.FlowTotals;
import org.qfpsim.controlplane.ipsec.SaPair;

/** What the tables print, read back by a parser that knows nothing of how they are made, is what the router holds. */
class CryptoRereadTest {
    private static final Pattern NUMBER = Pattern.compile("#pkts ([a-z. ]+(?:\\((?:send|rcv|recv)\\))?):? ([0-9]+)");

    /** A flow as it was read: its counters and its SAs, by direction and SPI. */
    private record ReadFlow(String peer, Map<String, String> numbers, Map<String, ReadSa> sas) {
    }

    private record ReadSa(String connection, String kilobytes, String seconds, String settings, String transform) {
    }

    private static List<ReadFlow> parse(final String text) {
        final List<ReadFlow> flows = new ArrayList<>();
        Map<String, String> numbers = new HashMap<>();
        Map<String, ReadSa> sas = new LinkedHashMap<>();
        String way = "";
        final String[] lines = text.split("\n");
        for (int i = 0; i < lines.length; i++) {
            final String line = lines[i].strip();
            if (line.startsWith("current_peer ")) {
                numbers = new HashMap<>();
                sas = new LinkedHashMap<>();
                flows.add(new ReadFlow(line.split(" ")[1] + " " + line.split(" ")[3], numbers, sas));
            } else if (line.endsWith("bound esp sas:")) {
                way = line.split(" ")[0];
            } else if (line.startsWith("spi: ")) {
                final String spi = line.replaceAll(".*\\(|\\)", "");
                final Matcher time = Pattern.compile("\\((?:k/)?sec\\): \\(?(?:([0-9]+)/)?([0-9]+)").matcher(lines[i + 4]);
                assertThat(time.find()).as(lines[i + 4]).isTrue();
                sas.put(way + " " + spi, new ReadSa(lines[i + 3].replaceAll(".*conn id: |,.*", ""), String.valueOf(time.group(1)),
                    time.group(2), lines[i + 2].replaceAll(".*\\{|, \\}.*", ""), lines[i + 1].replaceAll(".*transform: | ,.*", "")));
            } else if (line.startsWith("#")) {
                final Matcher each = NUMBER.matcher(line);
                while (each.find()) {
                    numbers.put(each.group(1), each.group(2));
                }
            }
        }
        return flows;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldReadBackWhatIpsecSaPrints(final long seed) {
        final CryptoStates states = new CryptoStates(seed);
        states.populate(20);
        states.lab.run(50 * Lab.SECOND);
        final List<ReadFlow> read = parse(CryptoTerminal.run(states.hub, "show crypto ipsec sa detail"));
        final List<Flow> flows = new ArrayList<>(states.hub.plane.ipsec().flows());
        assertThat(read).hasSameSizeAs(flows);
        for (int i = 0; i < flows.size(); i++) {
            compare(read.get(i), flows.get(i), states);
        }
    }

    private static void compare(final ReadFlow read, final Flow flow, final CryptoStates states) {
        final FlowTotals totals = flow.totals();
        final SaPair shown = flow.active() == null ? flow.pairs().getLast() : flow.active();
        assertThat(read.peer()).isEqualTo(flow.policy().peer() + " " + shown.path().remotePort());
        for (final String name : List.of("encaps", "encrypt", "digest")) {
            assertThat(Long.parseUnsignedLong(read.numbers().get(name))).isEqualTo(totals.packetsOut());
        }
        for (final String name : List.of("decaps", "decrypt", "verify")) {
            assertThat(Long.parseUnsignedLong(read.numbers().get(name))).isEqualTo(totals.packetsIn());
        }
        assertThat(Long.parseUnsignedLong(read.numbers().get("verify failed"))).isEqualTo(totals.unverified());
        assertThat(Long.parseUnsignedLong(read.numbers().get("replay failed (rcv)"))).isEqualTo(totals.replayed());
        assertThat(Long.parseLong(read.numbers().get("no sa (send)"))).isEqualTo(states.hub.datapath.withoutSa(flow.id()));
        final Map<String, SaPair> expected = new LinkedHashMap<>();
        for (final SaPair pair : flow.pairs()) {
            expected.put("inbound " + Integer.toUnsignedString(pair.inboundSpi()), pair);
            if (pair.hasOutbound()) {
                expected.put("outbound " + Integer.toUnsignedString(pair.outboundSpi()), pair);
            }
        }
        assertThat(read.sas().keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((key, pair) -> compare(read.sas().get(key), pair, key.startsWith("in"), states));
    }

    private static void compare(final ReadSa read, final SaPair pair, final boolean inbound, final CryptoStates states) {
        final long octets = (inbound ? pair.inboundUse() : pair.outboundUse()).octets();
        final long left = Math.max(0, (pair.child().kilobytes() * 1024 - octets) / 1024);
        assertThat(read.connection()).isEqualTo(String.valueOf(pair.connection() + (inbound ? 0 : 1)));
        assertThat(read.kilobytes()).isEqualTo(String.valueOf(left));
        assertThat(read.seconds()).isEqualTo(String.valueOf((pair.hardNanos() - states.lab.now()) / Lab.SECOND));
        assertThat(read.settings()).isEqualTo(pair.child().udp() ? "Tunnel UDP-Encaps" : "Tunnel");
        assertThat(read.transform()).startsWith(pair.child().suite().name().startsWith("AES_GCM") ? "esp-gcm" : "esp-");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldReadBackSessionsSpisAndTheMib(final long seed) {
        final CryptoStates states = new CryptoStates(seed);
        final List<SaPair> pairs = states.populate(20);
        states.lab.run(Lab.SECOND);
        final Map<String, String> spis = new HashMap<>();
        CryptoTerminal.run(states.hub, "show crypto ipsec spi-lookup").lines().map(line -> line.strip().split(" +"))
            .filter(words -> words.length == 8 && "ESP".equals(words[1])).forEach(words -> spis.put(words[0], words[6]));
        assertThat(spis).hasSameSizeAs(pairs);
        pairs.forEach(pair -> assertThat(spis).containsEntry(String.format("%08X", pair.inboundSpi()), pair.path().remote().toString()));

        final Map<String, String> mib = new HashMap<>();
        CryptoTerminal.run(states.hub, "show crypto mib ipsec flowmib global").lines().map(line -> line.strip().split(": +"))
            .filter(words -> words.length == 2).forEach(words -> mib.put(words[0], words[1]));
        FlowTotals sum = FlowTotals.NONE;
        for (final SaPair pair : pairs) {
            sum = sum.plus(pair.inboundUse(), pair.outboundUse());
        }
        assertThat(mib).containsEntry("Active Tunnels", String.valueOf(pairs.size()))
            .containsEntry("In packets", Long.toUnsignedString(sum.packetsIn()))
            .containsEntry("Out octets", Long.toUnsignedString(sum.octetsOut()))
            .containsEntry("In replay drops", Long.toUnsignedString(sum.replayed()))
            .containsEntry("In authentication failures", Long.toUnsignedString(sum.unverified()));

        final String[] blocks = CryptoTerminal.run(states.hub, "show crypto session detail").split("\nInterface: ");
        final List<Flow> flows = new ArrayList<>(states.hub.plane.ipsec().flows());
        assertThat(blocks).hasSize(flows.size() + 1);
        for (int i = 0; i < flows.size(); i++) {
            final Flow flow = flows.get(i);
            final FlowTotals totals = flow.totals();
            assertThat(blocks[i + 1]).contains("\nPeer: " + flow.policy().peer() + " port ")
                .contains("Session status: " + (flow.active() == null ? "DOWN" : "UP-NO-IKE") + " ")
                .contains("#pkts dec'ed " + Long.toUnsignedString(totals.packetsIn()) + " drop ")
                .contains("#pkts enc'ed " + Long.toUnsignedString(totals.packetsOut()) + " drop ");
        }
    }
}
