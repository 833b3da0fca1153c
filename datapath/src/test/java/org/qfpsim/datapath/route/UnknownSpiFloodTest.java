package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.report.DropReport;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.RoutedFixture;
import org.qfpsim.datapath.support.Sa;

/** Packets of unknown SPIs in rows are counted as they are when each is looked at: by every counter, told as often, reported as often. */
class UnknownSpiFloodTest {
    private static final long SEED = 0x464c4f4fL;
    private static final int FRAMES = 4_000 * Integer.getInteger("qfp.test.scale", 1);
    private static final int TURN_EVERY = 48;
    private static final MacAddress[] STATIONS = {RoutedFixture.mac(2, TwoRouters.WAN), RoutedFixture.mac(2, TwoRouters.WAN),
        RoutedFixture.mac(9, 9), new MacAddress(0xffff_ffff_ffffL), new MacAddress(0x0100_5e00_0001L)};

    /** All that is known afterwards. */
    private record Accounts(Map<String, Long> counters, List<Map<PortCounters.Column, Long>> ports, Map<String, Long> told,
                            List<DropReport.Row> report) {
    }

    /** A frame, its interface and its time; or, without a frame, an interface that goes down or comes up. */
    private record Step(byte[] frame, int port, long nanos) {
    }

    private static List<Step> steps(final Random random) {
        final List<Step> steps = new ArrayList<>();
        byte[] frame = frame(random);
        int port = TwoRouters.WAN;
        for (int i = 0; i < FRAMES; i++) {
            if (random.nextInt(6) == 0) {
                frame = frame(random);
                port = random.nextInt(4) == 0 ? TwoRouters.LAN : TwoRouters.WAN;
            }
            if (random.nextInt(100) == 0) {
                steps.add(new Step(new byte[0], random.nextInt(2), i));
            }
            steps.add(new Step(frame, port, 1_000L * i));
        }
        return steps;
    }

    private static byte[] frame(final Random random) {
        final byte[] esp = ByteBuffer.allocate(40 + 4 * random.nextInt(3)).putInt(0x900 + random.nextInt(2)).putInt(random.nextInt()).array();
        final byte[] packet = Packets.ipv4(random.nextBoolean() ? Sa.PEER : "192.0.2.77", random.nextInt(8) == 0 ? "10.9.9.9" : Sa.US, 50,
            esp, random.nextInt(3) * 0x60, new byte[0]);
        final byte[] frame = RoutedFixture.frame(STATIONS[random.nextInt(STATIONS.length)], packet);
        return random.nextInt(16) == 0 ? Packets.damaged(frame, 20) : frame;
    }

    private static Accounts run(final List<Step> steps, final boolean observed) {
        try (RoutedFixture fixture = RoutedStream.prepare(new RoutedFixture(PipelineFixture.config().notificationRows(1024), observed))) {
            final RoutedConfig up = fixture.router().configuration();
            for (int i = 0; i < steps.size(); i++) {
                final Step step = steps.get(i);
                if (step.frame.length == 0) {
                    final List<InterfaceSpec> interfaces = new ArrayList<>(up.interfaces());
                    interfaces.set(step.port, interfaces.get(step.port).withUp(step.nanos % 2 == 0));
                    fixture.configure(up.withInterfaces(interfaces));
                    fixture.router().flush();
                } else {
                    fixture.time(step.nanos).offerFrame(step.port, step.frame);
                }
                if (i % TURN_EVERY == 0) {
                    fixture.turn();
                }
            }
            fixture.drain();
            fixture.assertConserved();
            return accounts(fixture);
        }
    }

    private static Accounts accounts(final RoutedFixture fixture) {
        final Map<String, Long> counters = new TreeMap<>();
        for (final GlobalDrop drop : GlobalDrop.values()) {
            counters.put(drop.name(), fixture.drops(drop));
            counters.put(drop.name() + " octets", fixture.counters().globalOctets(drop.id()));
        }
        for (final IpsecDrop drop : IpsecDrop.values()) {
            counters.put(drop.name(), fixture.drops(drop));
        }
        counters.values().removeIf(value -> value == 0);
        final List<Map<PortCounters.Column, Long>> ports = new ArrayList<>();
        for (int port = 0; port < 2; port++) {
            final Map<PortCounters.Column, Long> columns = new TreeMap<>();
            for (final PortCounters.Column column : PortCounters.Column.values()) {
                columns.put(column, fixture.router().portCounters(port).get(column));
            }
            ports.add(columns);
        }
        final Map<String, Long> told = new TreeMap<>();
        fixture.told().forEach(n -> told.put("%s %x %s %d first %d last %d".formatted(n.kind(), n.spi(), n.source(), n.interfaceIndex(),
            n.firstNanos(), n.lastNanos()), n.count()));
        return new Accounts(counters, ports, told, fixture.router().pipeline().dropReport().snapshot());
    }

    @Test
    void shouldCountAsIfEachWereLookedAt() {
        System.out.println("flood, seed " + SEED);
        final List<Step> steps = steps(new Random(SEED));
        final Accounts each = run(steps, true);
        final Accounts together = run(steps, false);
        assertThat(each.counters).containsKeys("IN_US_V4_PKT_SA_NOT_FOUND_SPI", "IPSEC_INPUT", "DISABLED", "SW_MAC_FILTER");
        assertThat(each.told).hasSizeGreaterThan(4);
        assertThat(together.counters).isEqualTo(each.counters);
        assertThat(together.ports).isEqualTo(each.ports);
        assertThat(together.told).isEqualTo(each.told);
        assertThat(together.report).isEqualTo(each.report);
    }
}
