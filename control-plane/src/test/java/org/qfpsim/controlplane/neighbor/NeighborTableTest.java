package org.qfpsim.controlplane.neighbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.icmp.IcmpResponder;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.MacAddress;
import org.qfpsim.datapath.route.Punt;
import org.qfpsim.datapath.route.RoutedConfig;

/** ARP and neighbour discovery of one router on one network; the frames of the other stations are written out. */
class NeighborTableTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String US = "020000000001";
    private static final String PEER = "0200000000aa";
    private static final IpAddress PEER_ADDRESS = IpAddress.parse("10.1.0.2");

    private final RecordingDatapath datapath = new RecordingDatapath();
    private final Timers timers = new Timers();
    private final List<String> messages = new ArrayList<>();
    private final IcmpResponder icmp = new IcmpResponder(datapath, timers);
    private final NeighborTable table = new NeighborTable(datapath, timers, new EventLog() {
        @Override
        public void message(final String facility, final int severity, final String mnemonic, final String text) {
            messages.add("%" + facility + "-" + severity + "-" + mnemonic + ": " + text);
        }

        @Override
        public void debug(final Debug category, final @Nullable IpAddress peer, final Supplier<String> line) {
        }
    }, icmp);

    @BeforeEach
    void configure() {
        datapath.configure(RoutedConfig.of(List.of(
            InterfaceSpec.ethernet(0, "Gi0", MacAddress.parse("0200.0000.0001"), "10.1.0.1/24", "2001:db8::1/64", "fe80::1/64"))));
        table.interfacesChanged();
    }

    private List<String> sent() {
        return datapath.take().stream().map(frame -> HexFormat.of().formatHex(frame.octets())).toList();
    }

    private static String arp(final String to, final String from, final int operation, final String senderIp, final String targetMac,
                              final String targetIp) {
        return to + from + "0806" + "0001080006040" + "00" + operation + from + senderIp + targetMac + targetIp;
    }

    private boolean receive(final String hex) {
        final byte[] frame = HexFormat.of().parseHex(hex);
        return table.punted(new Punt(PuntCause.ARP_REQUEST_OR_RESPONSE.id(), 0, true, 0, null, 0), new UnsafeBuffer(frame), 0, frame.length);
    }

    private void waits(final byte[] packet, final IpAddress hop) {
        table.punted(new Punt(PuntCause.GLEAN_ADJACENCY.id(), 0, false, 0, hop, 0), new UnsafeBuffer(packet), 0, packet.length);
    }

    private static byte[] packet(final int number) {
        final byte[] packet = new byte[28];
        packet[0] = 0x45;
        packet[12] = 10;
        packet[27] = (byte) number;
        return packet;
    }

    @Test
    void shouldAnnounceItsAddressesWhenAnInterfaceComesUp() {
        final List<String> announced = sent();
        assertThat(announced).hasSize(3);
        assertThat(announced.getFirst()).isEqualTo(arp("ffffffffffff", US, 1, "0a010001", "ffffffffffff", "0a010001"));
        assertThat(announced.get(1)).startsWith("333300000001" + US + "86dd6000000000203aff20010db8");
        table.interfacesChanged();
        assertThat(sent()).isEmpty();
    }

    @Test
    void shouldFindANeighbourAndSendWhatHasWaited() {
        sent();
        for (int i = 0; i < 10; i++) {
            waits(packet(i), PEER_ADDRESS);
        }
        assertThat(sent()).containsExactly(arp("ffffffffffff", US, 1, "0a010001", "000000000000", "0a010002"));
        assertThat(receive(arp(US, PEER, 2, "0a010002", US, "0a010001"))).isTrue();
        assertThat(sent()).hasSize(8).first().isEqualTo(PEER + US + "0800" + HexFormat.of().formatHex(packet(2)));
        assertThat(table.lost()).isEqualTo(2);
        assertThat(datapath.configuration().adjacencies()).singleElement()
            .satisfies(adjacency -> assertThat(adjacency.mac()).hasToString("0200.0000.00aa"));
        assertThat(timers.next()).isEqualTo(NeighborTable.LIFETIME_NANOS);
        timers.advance(NeighborTable.LIFETIME_NANOS + 3 * SECOND);
        assertThat(sent()).hasSize(3);
        assertThat(datapath.configuration().adjacencies()).isEmpty();
        assertThat(table.entries()).isEmpty();
    }

    @Test
    void shouldGiveUpAndSaySo() {
        sent();
        waits(packet(1), PEER_ADDRESS);
        timers.advance(2 * SECOND);
        assertThat(sent()).hasSize(3);
        assertThat(datapath.packets).isEmpty();
        timers.advance(3 * SECOND);
        assertThat(sent()).isEmpty();
        assertThat(datapath.packets).singleElement().satisfies(error -> assertThat(Arrays.copyOfRange(error, 20, 22)).containsExactly(3, 1));
        waits(packet(2), PEER_ADDRESS);
        assertThat(sent()).as("asks anew").hasSize(1);
    }

    @Test
    void shouldAnswerAndLearnFromRequests() {
        sent();
        receive(arp("ffffffffffff", PEER, 1, "0a010002", "000000000000", "0a010001"));
        assertThat(sent()).containsExactly(arp(PEER, US, 2, "0a010001", PEER, "0a010002"));
        assertThat(table.entries()).extracting(NeighborTable.Entry::address).containsExactly(PEER_ADDRESS);
        // Somebody else's business; and a neighbour that has another card now.
        receive(arp("ffffffffffff", "0200000000bb", 1, "0a010003", "000000000000", "0a010009"));
        assertThat(table.entries()).hasSize(1);
        receive(arp("ffffffffffff", "0200000000cc", 1, "0a010002", "ffffffffffff", "0a010002"));
        assertThat(table.entries()).extracting(entry -> entry.mac().toString()).containsExactly("0200.0000.00cc");
        receive(arp("ffffffffffff", PEER, 1, "0a010001", "ffffffffffff", "0a010001"));
        assertThat(messages).containsExactly("%IP-4-DUPADDR: Duplicate address 10.1.0.1 on Gi0, sourced by 0200.0000.00aa");
        datapath.configure(datapath.configuration().withInterfaces(List.of(datapath.configuration().interfaces().getFirst().withUp(false))));
        table.interfacesChanged();
        assertThat(datapath.configuration().adjacencies()).isEmpty();
    }

    private boolean receivePacket(final byte[] frame) {
        return table.punted(new Punt(PuntCause.FOR_US_CONTROL.id(), 0, false, 0, null, 0), new UnsafeBuffer(frame), 14, frame.length - 14);
    }

    @Test
    void shouldFindAndAnswerNeighboursOfIpv6() {
        sent();
        final IpAddress peer = IpAddress.parse("2001:db8::2");
        final IpAddress us = IpAddress.parse("2001:db8::1");
        final byte[] packet = new byte[40];
        packet[0] = 0x60;
        waits(packet, peer);
        assertThat(sent()).singleElement().satisfies(asked -> assertThat(asked).startsWith("3333ff000002" + US + "86dd")
            .contains("ff0200000000000000000001ff000002" + "87").endsWith("0101" + US));
        final MacAddress peerMac = MacAddress.parse("0200.0000.00aa");
        assertThat(receivePacket(new NeighborMessage(true, peer, us, peer, peerMac, true).frame(MacAddress.parse("0200.0000.0001"), peerMac)))
            .isTrue();
        assertThat(sent()).singleElement().satisfies(released -> assertThat(released).startsWith(PEER + US + "86dd6000"));
        receivePacket(new NeighborMessage(false, peer, NeighborMessage.solicitedNode(us), us, peerMac, false)
            .frame(EthernetFrame.group(NeighborMessage.solicitedNode(us)), peerMac));
        final byte[] answer = datapath.take().getFirst().octets();
        assertThat(NeighborMessage.read(new UnsafeBuffer(answer), 14, answer.length - 14)).hasValueSatisfying(read -> {
            assertThat(read.target()).isEqualTo(us);
            assertThat(read.solicited()).isTrue();
            assertThat(read.mac()).hasToString("0200.0000.0001");
        });
    }

    @Test
    void shouldSurviveMutations() {
        final Random random = new Random(0x41525053L);
        final MacAddress mac = MacAddress.parse("0200.0000.00aa");
        final IpAddress us = IpAddress.parse("2001:db8::1");
        final byte[] request = HexFormat.of().parseHex(arp("ffffffffffff", PEER, 1, "0a010002", "000000000000", "0a010001"));
        final byte[] solicitation = new NeighborMessage(false, IpAddress.parse("2001:db8::2"), us, us, mac, false).frame(mac, mac);
        int valid = 0;
        for (int i = 0; i < 20_000; i++) {
            final byte[] original = i % 2 == 0 ? request : solicitation;
            final byte[] frame = Arrays.copyOf(original, random.nextInt(4) == 0 ? random.nextInt(original.length + 9) : original.length);
            for (int n = random.nextInt(3); n > 0 && frame.length > 0; n--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            if (i % 2 == 0) {
                receive(HexFormat.of().formatHex(frame));
            } else if (frame.length > 14) {
                receivePacket(frame);
            }
            valid += datapath.take().size();
        }
        assertThat(valid).isBetween(1_000, 19_000);
    }
}
