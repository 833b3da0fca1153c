package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.RoutedFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;
import org.qfpsim.datapath.support.Traces;
import org.qfpsim.datapath.trace.Condition;
import org.qfpsim.datapath.trace.Direction;
import org.qfpsim.datapath.trace.TraceBuffer;
import org.qfpsim.datapath.trace.TraceRecord;
import org.qfpsim.datapath.trace.TraceSpec;
import org.qfpsim.datapath.trace.TraceStep;

/** What a trace records of packets that end in every way: their state, their path, their octets. */
class PacketTraceTest {
    private static final MacAddress LEFT_LAN = RoutedFixture.mac(1, TwoRouters.LAN);
    private static final MacAddress RIGHT_WAN = RoutedFixture.mac(2, TwoRouters.WAN);
    private static final MacAddress RIGHT_LAN = RoutedFixture.mac(2, TwoRouters.LAN);

    private long clock;
    private final TwoRouters routers = new TwoRouters(PipelineFixture.config().traceClock(() -> clock += 10));
    private final Sender sender = new Sender(Sa.spi(0x100).mode(SaSpec.Mode.TRANSPORT).build());
    private final Sender unknown = new Sender(Sa.spi(9).build());

    @BeforeEach
    void connect() {
        routers.tunnels(InterfaceKind.TUNNEL_GRE, 7, false, TwoRouters.FLOW).pair(0x100, SaSpec.Mode.TRANSPORT, TwoRouters.TUNNEL);
    }

    @AfterEach
    void close() {
        sender.close();
        unknown.close();
        routers.close();
    }

    private static Condition prefix(final String text, final Direction direction) {
        return new Condition(Condition.ANY_INTERFACE, IpPrefix.parse(text), direction);
    }

    private TraceBuffer traceRight(final Condition... conditions) {
        final TraceBuffer trace = Traces.everything(16, false, conditions);
        routers.right.router().watch(trace, List.of());
        return trace;
    }

    private byte[] protectedPacket() {
        final byte[] gre = Packets.concat(new byte[] {0x20, 0, 8, 0, 0, 0, 0, 7}, TwoRouters.rightwards(60));
        return sender.wrap(Packets.ipv4(Sa.PEER, Sa.US, 47, gre));
    }

    /** A frame for each end that a packet can have, on the right router. */
    private enum End {
        FORWARDED(Verdict.FORWARD), UNKNOWN_SPI(Expect.drop(IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI)),
        BAD_ICV(Expect.drop(IpsecDrop.IN_MAC_EXCEPTION)), REPLAYED(Expect.drop(IpsecDrop.IN_ANTI_REPLAY_FAIL)),
        NO_ROUTE(Expect.drop(GlobalDrop.IPV4_NO_ROUTE)), TTL(Expect.drop(GlobalDrop.IP_TTL_EXCEEDED)),
        MAC(Expect.drop(GlobalDrop.SW_MAC_FILTER)), BAD_LENGTH(Expect.drop(GlobalDrop.BAD_LEN)),
        NOT_PROTECTED(Expect.drop(IpsecDrop.IN_US_CL_V4_PKT_FAILED_POLICY)),
        FOR_US(Verdict.PUNT | PuntCause.FOR_US_DATA.id()), ARP(Verdict.PUNT | PuntCause.ARP_REQUEST_OR_RESPONSE.id()),
        KEEPALIVE(Verdict.CONSUME | Verdict.CONSUMED_KEEPALIVE), FRAGMENT(Verdict.CONSUME | Verdict.CONSUMED_FRAGMENT);

        private final int verdict;

        End(final int verdict) {
            this.verdict = verdict;
        }
    }

    private byte[] frame(final End end) {
        final byte[] packet = switch (end) {
            case FORWARDED, REPLAYED, MAC -> protectedPacket();
            case UNKNOWN_SPI -> unknown.wrap(TwoRouters.rightwards(9));
            case BAD_ICV -> Packets.damaged(protectedPacket(), -1);
            case NO_ROUTE -> Packets.ipv4("10.9.0.1", "192.0.2.1", 17, new byte[30]);
            case TTL -> Packets.checksummed(Packets.with(Packets.ipv4("10.9.0.1", "10.2.0.5", 17, new byte[30]), 8, 1));
            case BAD_LENGTH -> Packets.checksummed(Packets.with(Packets.ipv4("10.9.0.1", "10.2.0.5", 17, new byte[30]), 2, 9));
            case NOT_PROTECTED -> Packets.ipv4(Sa.PEER, Sa.US, 47, Packets.concat(new byte[] {0x20, 0, 8, 0, 0, 0, 0, 7},
                TwoRouters.rightwards(60)));
            case FOR_US -> Packets.ipv4("10.9.0.1", Sa.US, 1, new byte[30]);
            case ARP -> new byte[0];
            case KEEPALIVE -> Packets.ipv4(Sa.PEER, Sa.US, 17, Packets.udp(4500, 4500, new byte[] {-1}));
            case FRAGMENT -> Packets.ipv4Fragment(Packets.ipv4("10.9.0.1", Sa.US, 17, new byte[32]), 5, Packets.MORE, 0);
        };
        return end == End.ARP ? Packets.ethernet(0x0806, new byte[28]).clone()
            : RoutedFixture.frame(end == End.MAC ? RIGHT_LAN : RIGHT_WAN, packet);
    }

    private byte[] addressed(final byte[] frame) {
        final byte[] copy = frame.clone();
        Arrays.fill(copy, 0, 6, (byte) 0xff);
        return copy;
    }

    @ParameterizedTest
    @EnumSource
    void shouldRecordWhateverBecomesOfAPacket(final End end) {
        final byte[] frame = end == End.ARP ? addressed(frame(end)) : frame(end);
        if (end == End.REPLAYED) {
            routers.right.offerFrame(TwoRouters.WAN, frame).drain();
        }
        final TraceBuffer trace = traceRight(Traces.EVERY);
        routers.right.offerFrame(TwoRouters.WAN, frame).drain();
        assertThat(Traces.records(trace)).singleElement().satisfies(record -> {
            assertThat(record.verdict()).isEqualTo(end.verdict);
            assertThat(record.input()).isEqualTo(TwoRouters.WAN);
            assertThat(record.in().octets()).as("the frame as it came, before it was opened").isEqualTo(frame);
            assertThat(record.in().length()).isEqualTo(frame.length);
            assertThat(record.lapsedNanos()).isPositive();
        });
        assertThat(trace.statistics().matched()).isEqualTo(1);
        assertThat(trace.statistics().ingress()).isEqualTo(1);
        final boolean dropped = Verdict.kind(end.verdict) == Verdict.DROP_GLOBAL || Verdict.kind(end.verdict) == Verdict.DROP_IPSEC;
        assertThat(trace.statistics().dropped()).isEqualTo(dropped ? 1 : 0);
        assertThat(trace.statistics().punted()).isEqualTo(Verdict.kind(end.verdict) == Verdict.PUNT ? 1 : 0);
        assertThat(trace.statistics().consumed()).isEqualTo(Verdict.kind(end.verdict) == Verdict.CONSUME ? 1 : 0);
        assertThat(trace.statistics().forwarded()).isEqualTo(end.verdict == Verdict.FORWARD ? 1 : 0);
        if (end == End.UNKNOWN_SPI) {
            assertThat(trace.statistics().dropped(GlobalDrop.IPSEC_INPUT.id())).isEqualTo(1);
        }
    }

    @Test
    void shouldFollowAPacketOutOfEspAndGre() {
        final TraceBuffer trace = traceRight(prefix(Sa.US + "/32", Direction.INGRESS));
        routers.right.offer(TwoRouters.WAN, RIGHT_WAN, protectedPacket()).drain();
        final TraceRecord record = Traces.records(trace).getFirst();
        assertThat(Traces.steps(record)).containsExactly(TraceStep.IP_INPUT, TraceStep.SA_LOOKUP, TraceStep.IPSEC_INPUT, TraceStep.IP_INPUT,
            TraceStep.GRE_INPUT, TraceStep.IP_INPUT, TraceStep.LOOKUP, TraceStep.L2_REWRITE);
        assertThat(record.step(2).numbers()[0]).as("SPI, ICV is right").isEqualTo(0x100);
        assertThat(record.step(2).numbers()[1]).isEqualTo(1);
        assertThat(record.step(2).numbers()[6]).as("SA number + 1").isEqualTo(1);
        assertThat(record.step(4).numbers()).startsWith(0x0800, 7, TwoRouters.TUNNEL);
        assertThat(record.step(5).input()).isEqualTo(TwoRouters.TUNNEL);
        assertThat(record.step(5).address(4, false)).hasToString("10.2.0.5");
        assertThat(record.step(7).output()).isEqualTo(TwoRouters.LAN);
        assertThat(IntStream.range(0, 8).map(i -> record.step(i).nanos())).as("each step was timed").allMatch(nanos -> nanos > 0);
        final byte[] left = routers.right.next().frame();
        assertThat(record.out().octets()).isEqualTo(left);
    }

    @Test
    void shouldFollowAPacketIntoGreAndEsp() {
        final TraceBuffer trace = Traces.everything(16, false, Traces.EVERY);
        routers.left.router().watch(trace, List.of());
        routers.left.offer(TwoRouters.LAN, LEFT_LAN, TwoRouters.rightwards(80)).drain();
        final TraceRecord record = Traces.records(trace).getFirst();
        assertThat(Traces.steps(record)).containsExactly(TraceStep.IP_INPUT, TraceStep.LOOKUP, TraceStep.GRE_OUTPUT, TraceStep.IPSEC_OUTPUT,
            TraceStep.LOOKUP, TraceStep.L2_REWRITE);
        assertThat(record.step(3).numbers()).startsWith(0x100, 1);
        assertThat(record.step(3).address(4, false)).hasToString(TwoRouters.RIGHT);
        assertThat(record.output()).isEqualTo(TwoRouters.WAN);
    }

    @Test
    void shouldShowTheNextHopOfAMultipointTunnel() {
        routers.tunnels(InterfaceKind.TUNNEL_MGRE, 7, false, RoutedConfig.NO_FLOW);
        final TraceBuffer trace = Traces.everything(16, false, Traces.EVERY);
        routers.left.router().watch(trace, List.of());
        routers.left.offer(TwoRouters.LAN, LEFT_LAN, TwoRouters.rightwards(80)).drain();
        routers.left.offer(TwoRouters.LAN, LEFT_LAN, Packets.ipv4("10.1.0.5", "172.16.0.9", 17, new byte[30])).drain();
        assertThat(Traces.records(trace)).satisfiesExactly(found -> {
            assertThat(found.step(2).kind()).isEqualTo(TraceStep.NHRP);
            assertThat(found.step(2).address(4, false)).hasToString(TwoRouters.RIGHT);
        }, missing -> {
            assertThat(missing.step(2).numbers()[0]).isZero();
            assertThat(missing.verdict()).isEqualTo(Expect.drop(GlobalDrop.IPV4_NO_ADJ));
        });
    }

    @ParameterizedTest
    @CsvSource({"20.1.1.1/32,INGRESS,true", "20.1.1.2/32,INGRESS,true", "20.1.1.0/24,EGRESS,false", "10.2.0.5/32,INGRESS,true",
        "10.2.0.5/32,EGRESS,true", "10.1.0.5/32,BOTH,true", "10.3.0.0/16,BOTH,false", "2001:db8::/32,BOTH,false", "0.0.0.0/0,EGRESS,true"})
    void shouldMatchAddressesOfTheOuterAndTheInnerPacket(final String prefix, final Direction direction, final boolean meant) {
        final TraceBuffer trace = traceRight(prefix(prefix, direction));
        routers.right.offer(TwoRouters.WAN, RIGHT_WAN, protectedPacket()).drain();
        assertThat(trace.statistics().matched()).isEqualTo(meant ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"1,INGRESS,true", "1,EGRESS,false", "0,INGRESS,false", "0,EGRESS,true", "2,INGRESS,true", "2,BOTH,true", "5,BOTH,false"})
    void shouldMatchInterfacesAndTunnels(final int port, final Direction direction, final boolean meant) {
        final TraceBuffer trace = traceRight(new Condition(port, null, direction));
        routers.right.offer(TwoRouters.WAN, RIGHT_WAN, protectedPacket()).drain();
        assertThat(trace.statistics().matched()).isEqualTo(meant ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"ALL,0,14", "DROPPED,0,7", "DROPPED,56,3", "PUNTED,0,2", "DROPPED,1,0"})
    void shouldRecordOnlyWhatWasAskedFor(final TraceSpec.Only only, final int code, final int recorded) {
        final TraceBuffer trace = Traces.only(only, code, Traces.EVERY);
        routers.right.router().watch(trace, List.of());
        for (final End end : End.values()) {
            final byte[] frame = frame(end);
            routers.right.offerFrame(TwoRouters.WAN, end == End.ARP ? addressed(frame) : frame);
        }
        routers.right.offerFrame(TwoRouters.WAN, frame(End.FORWARDED)).drain();
        assertThat(trace.statistics().matched()).isEqualTo(14);
        assertThat(trace.end()).as("the packet of REPLAYED is a new one here").isEqualTo(recorded);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void shouldKeepTheFirstOrTheLastPackets(final boolean circular) {
        final TraceBuffer trace = Traces.everything(16, circular, Traces.EVERY);
        routers.right.router().watch(trace, List.of());
        for (int i = 0; i < 40; i++) {
            routers.right.time(i);
            routers.right.offer(TwoRouters.WAN, RIGHT_WAN, Packets.ipv4("10.9.0.1", "192.0.2.1", 17, new byte[30]));
        }
        routers.right.drain();
        assertThat(Traces.records(trace)).extracting(TraceRecord::startNanos)
            .containsExactlyElementsOf(IntStream.range(circular ? 24 : 0, circular ? 40 : 16).mapToObj(i -> (long) i).toList());
        assertThat(trace.statistics().matched()).isEqualTo(40);
        assertThat(trace.read(circular ? 3 : 20)).isNull();
        assertThat(trace.read(-1)).isNull();
    }

    @Test
    void shouldRecordPacketsOfTheRoutersOwn() {
        final TraceBuffer trace = traceRight(prefix("10.2.0.0/24", Direction.EGRESS));
        final byte[] packet = Packets.ipv4("10.2.0.1", "10.2.0.5", 1, new byte[30]);
        routers.right.router().inject(new UnsafeBuffer(packet), 0, packet.length, 77);
        routers.right.drain();
        assertThat(Traces.records(trace)).singleElement().satisfies(record -> {
            assertThat(record.inject()).isEqualTo(2);
            assertThat(record.input()).isEqualTo(TraceRecord.NO_INTERFACE);
            assertThat(record.output()).isEqualTo(TwoRouters.LAN);
            assertThat(record.startNanos()).isEqualTo(77);
        });
        assertThat(trace.statistics().injected(2)).isEqualTo(1);
        assertThat(trace.statistics().ingress()).isZero();
    }

    @Test
    void shouldRecordFragmentsAndTheDatagramThatTheyMake() {
        final TraceBuffer trace = traceRight(Traces.EVERY);
        final byte[] esp = protectedPacket();
        final byte[] first = Packets.ipv4Fragment(Packets.ipv4(Sa.PEER, Sa.US, 50, Arrays.copyOfRange(esp, 20, 60)), 5, Packets.MORE, 0);
        final byte[] second = Packets.ipv4Fragment(Packets.ipv4(Sa.PEER, Sa.US, 50, Arrays.copyOfRange(esp, 60, esp.length)), 5, 0, 40);
        routers.right.offer(TwoRouters.WAN, RIGHT_WAN, first).offer(TwoRouters.WAN, RIGHT_WAN, second).drain();
        assertThat(Traces.records(trace)).extracting(record -> Verdict.kind(record.verdict()))
            .containsExactly(Verdict.CONSUME, Verdict.FORWARD, Verdict.CONSUME);
        assertThat(Traces.steps(Traces.records(trace).getFirst())).containsExactly(TraceStep.IP_INPUT, TraceStep.REASSEMBLY);
    }

    @ParameterizedTest
    @CsvSource({"L2,ETHERNET,0", "L3,IP,14", "L4,UPPER,34"})
    void shouldCopyFromTheLayerThatWasAskedFor(final TraceSpec.Layer layer, final TraceRecord.Form form, final int skipped) {
        final TraceBuffer trace = new TraceBuffer(new TraceSpec(List.of(Traces.EVERY), 16, false, false, 2048, TraceSpec.Only.ALL, 0, true,
            true, layer, 40));
        routers.right.router().watch(trace, List.of());
        final byte[] frame = RoutedFixture.frame(RIGHT_WAN, unknown.wrap(TwoRouters.rightwards(90)));
        routers.right.offerFrame(TwoRouters.WAN, frame).drain();
        final TraceRecord.Copy copy = Traces.records(trace).getFirst().in();
        assertThat(copy.form()).isEqualTo(form);
        assertThat(copy.octets()).isEqualTo(Arrays.copyOfRange(frame, skipped, skipped + 40));
        assertThat(copy.length()).isEqualTo(frame.length - skipped);
        assertThat(copy.type()).isEqualTo(layer == TraceSpec.Layer.L4 ? 50 : 0);
    }

    @Test
    void shouldSayWhatDidNotFit() {
        assertThatThrownBy(() -> new TraceSpec(List.of(), 8192, false, true, 16384, TraceSpec.Only.ALL, 0, true, true, TraceSpec.Layer.L2,
            2048)).hasMessageContaining("more than 67108864 octets");
        assertThatThrownBy(() -> new TraceSpec(List.of(), 15, false, true, 2048, TraceSpec.Only.ALL, 0, true, true, TraceSpec.Layer.L2, 64))
            .hasMessage("packets 15 is not within 16 to 8192");
    }

    @Test
    void shouldEndAndCostNothingAgain() {
        final TraceBuffer trace = traceRight(Traces.EVERY);
        routers.right.router().watch(null, List.of());
        routers.right.offer(TwoRouters.WAN, RIGHT_WAN, protectedPacket()).drain();
        assertThat(trace.statistics().matched()).isZero();
        routers.right.router().reclaim();
        routers.right.drain();
        assertThat(routers.right.router().watching()).isFalse();
    }
}
