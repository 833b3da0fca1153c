package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.TunnelConfig.Mode;
import org.qfpsim.controlplane.ipsec.RekeyMargins;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.recovery.Decision;
import org.qfpsim.controlplane.recovery.SpiEntry;
import org.qfpsim.controlplane.support.StandInDatapath;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.CryptoMapRule;
import org.qfpsim.datapath.route.InterfaceKind;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.MacAddress;
import org.qfpsim.datapath.route.NhrpMapping;
import org.qfpsim.datapath.route.Notification;
import org.qfpsim.datapath.route.Notification.Kind;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedSa;
import org.qfpsim.datapath.route.TunnelSpec;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.trace.CaptureBuffer;
import org.qfpsim.datapath.trace.TraceBuffer;

/** What the adapter asks of a routed datapath. */
class RoutedIpsecTest {
    private static final String HERE = "10.0.0.2";
    private static final String PEER = "10.0.0.1";

    private final Datapath datapath = new Datapath();
    private final List<byte[]> sent = new ArrayList<>();
    private RouterConfig config = TestConfig.at(HERE).build();

    /** Remembers what it is told. */
    private static final class Datapath extends StandInDatapath {
        private final List<String> said = new ArrayList<>();

        private record Sa(SaSpec spec, int flow, boolean inbound) implements RoutedSa {
            @Override
            public boolean isRetired() {
                return false;
            }

            @Override
            public long packets() {
                return 1;
            }

            @Override
            public long octets() {
                return 2;
            }

            @Override
            public long sequence() {
                return 3;
            }

            @Override
            public long lastUsedNanos() {
                return 4;
            }

            @Override
            public long replayDrops() {
                return 5;
            }

            @Override
            public long icvDrops() {
                return 6;
            }
        }

        @Override
        public RoutedSa installInbound(final SaSpec spec, final int flow, final int interfaceIndex) {
            said.add("in " + flow + " " + interfaceIndex);
            return new Sa(spec, flow, true);
        }

        @Override
        public RoutedSa installOutbound(final SaSpec spec, final int flow) {
            said.add("out " + flow);
            return new Sa(spec, flow, false);
        }

        @Override
        public void retire(final RoutedSa sa) {
            said.add("retire " + (sa.inbound() ? "in " : "out ") + sa.flow());
        }

        @Override
        public boolean inject(final DirectBuffer packet, final int offset, final int length, final long nanos) {
            return true;
        }

        @Override
        public boolean injectFrame(final int index, final DirectBuffer frame, final int offset, final int length, final long nanos) {
            return true;
        }

        @Override
        public boolean injectTunnel(final int index, final IpAddress nbma, final int flow, final int type, final DirectBuffer payload,
                                    final int offset, final int length, final long nanos) {
            return true;
        }
    }

    private final List<SaSpec> keys = new ArrayList<>();
    private RoutedIpsec adapter;
    private ControlPlane plane;

    private void start(final RouterConfig startup) {
        config = startup;
        adapter = new RoutedIpsec(datapath, () -> config, keys::add);
        plane = new ControlPlane(new ControlPlaneParts(new Timers(), adapter, sent::add, EventLog.SILENT, new Random(1), SaStore.NONE,
            RekeyMargins.IOS, List.of((settings, engine, transport, timers, log, random) ->
                new ScriptedIke(1, new HashMap<>(), IpAddress.parse(HERE), engine, timers))), startup);
    }

    private static InterfaceSpec outside(final int index) {
        return InterfaceSpec.ethernet(index, TestConfig.OUTSIDE, MacAddress.parse("0200.0000.0001"), HERE + "/24");
    }

    private static Notification notification(final Kind kind, final int spi, final int port, final int flow) {
        return new Notification(kind, IpAddress.parse(PEER), IpAddress.parse(HERE), port == 0 ? 50 : 17, spi, port, port, 0, flow, 7, 0, 0,
            0);
    }

    @Test
    void shouldMakeRulesOfACryptoMapAndInstallSessionKeys() {
        datapath.configure(RoutedConfig.of(List.of(outside(0))));
        start(TestConfig.at(HERE).networks("192.168.2.0/24", "192.168.1.0/24").manualMap(PEER, 0x1000, 0x2000).build());
        adapter.flush();
        assertThat(datapath.configuration().cryptoMap()).singleElement().satisfies(rule -> {
            assertThat(rule.action()).isEqualTo(CryptoMapRule.Action.PROTECT);
            assertThat(rule.flow()).isEqualTo(plane.flows().getFirst().policy().id());
            assertThat(rule.interfaceIndex()).isZero();
        });
        assertThat(datapath.said).containsExactly("in 0 0", "out 0");
        assertThat(plane.ipsec().pairs().iterator().next().inboundUse().dropped()).isEqualTo(11);
        plane.configure(TestConfig.at(HERE).build());
        adapter.flush();
        assertThat(datapath.said).contains("retire in 0", "retire out 0");
        assertThat(datapath.configuration().cryptoMap()).isEmpty();
    }

    @Test
    void shouldPutFlowsIntoTunnelsAndMappings() {
        start(TestConfig.at(HERE).tunnel(Mode.GRE_MULTIPOINT, null, PEER).tunnel(Mode.GRE_IP, "10.0.0.9").build());
        final int toPeer = plane.flows().getFirst().policy().id();
        final int pointToPoint = plane.flows().getLast().policy().id();
        final IpAddress inside = IpAddress.parse("172.16.0.10");
        final RoutedConfig base = RoutedConfig.of(List.of(
            InterfaceSpec.tunnel(0, "Tunnel0", InterfaceKind.TUNNEL_MGRE, new TunnelSpec(IpAddress.parse(HERE), null, TunnelSpec.NO_KEY,
                false, 1000), 1400, "172.16.0.1/24"),
            InterfaceSpec.tunnel(1, "Tunnel1", InterfaceKind.TUNNEL_GRE, new TunnelSpec(IpAddress.parse(HERE), IpAddress.parse("10.0.0.9"),
                TunnelSpec.NO_KEY, false, RoutedConfig.NO_FLOW), 1400, "172.17.0.1/24")))
            .withNhrp(List.of(new NhrpMapping(0, inside, IpAddress.parse(PEER), RoutedConfig.NO_FLOW)));
        final RoutedConfig done = adapter.policy(base);
        assertThat(done.nhrp().getFirst().flow()).isEqualTo(toPeer);
        assertThat(done.interfaces().get(1).tunnel()).extracting(TunnelSpec::flow).isEqualTo(pointToPoint);
        assertThat(done.interfaces().get(0)).as("nothing to change").isSameAs(base.interfaces().get(0));
        datapath.configure(done);
        // A peer without flow gets one when a packet wants to go there.
        final int before = plane.ipsec().flows().size();
        adapter.notified(new Notification(Kind.NO_SA, IpAddress.parse(HERE), IpAddress.parse("10.0.0.77"), 47, 0, 0, 0, 0, 1000, 1,
            0, 0, 0));
        assertThat(plane.ipsec().flows()).hasSize(before + 1);
    }

    @Test
    void shouldPassOnWhatTheDatapathTells() {
        datapath.configure(RoutedConfig.of(List.of(outside(0))));
        start(TestConfig.at(HERE).networks("192.168.2.0/24", "192.168.1.0/24").manualMap(PEER, 0x1000, 0x2000).build());
        assertThat(adapter.notified(notification(Kind.UNKNOWN_SPI, 0x3000, 4500, RoutedConfig.NO_FLOW))).isTrue();
        final SpiEntry entry = plane.recovery().entries().getFirst();
        assertThat(entry.packets()).isEqualTo(7);
        assertThat(entry.decision()).as("ESP, whatever it came in").isNotNull().isNotEqualTo(Decision.NOT_ESP);
        assertThat(adapter.notified(notification(Kind.OVERFLOW, 0, 0, RoutedConfig.NO_FLOW))).isTrue();
        assertThat(adapter.unnamed()).isEqualTo(7);
        assertThat(adapter.notified(notification(Kind.REPLAY, 0x1000, 0, 0))).isFalse();
        assertThat(adapter.notified(notification(Kind.HARD_EXPIRY, 0x1000, 0, 0))).isTrue();
        assertThat(plane.ipsec().pairs()).isEmpty();
    }

    @Test
    void shouldCountPacketsThatFoundNoSa() {
        datapath.configure(RoutedConfig.of(List.of(outside(0))));
        start(TestConfig.at(HERE).networks("192.168.2.0/24", "192.168.1.0/24").manualMap(PEER, 0x1000, 0x2000).build());
        final int flow = plane.flows().getFirst().policy().id();
        assertThat(adapter.withoutSa(flow)).isZero();
        adapter.notified(notification(Kind.NO_SA, 0, 0, flow));
        adapter.notified(notification(Kind.NO_SA, 0, 0, flow));
        assertThat(adapter.withoutSa(flow)).isEqualTo(14);
        plane.configure(TestConfig.at(HERE).build());
        assertThat(adapter.withoutSa(flow)).isZero();
    }
}
