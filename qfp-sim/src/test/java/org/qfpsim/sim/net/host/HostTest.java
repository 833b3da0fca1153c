package org.qfpsim.sim.net.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.sim.net.Link;
import org.qfpsim.sim.net.LinkSettings;
import org.qfpsim.sim.net.LinkTap;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.net.VirtualNetwork;

/** Hosts on one wire: addresses are resolved, pings answered, streams measured to the packet. */
class HostTest {
    private static final long SECOND = 1_000_000_000;

    private final VirtualNetwork network = new VirtualNetwork(NetworkClock.VIRTUAL);
    private final Streams streams = new Streams();
    private final Host a = host("a", 0x0200_0000_0001L, "10.1.1.1/24", "2001:db8::1/64");
    private final Host b = host("b", 0x0200_0000_0002L, "10.1.1.2/24", "2001:db8::2/64");

    private Host host(final String name, final long mac, final String... addresses) {
        final List<HostAddress> parsed = new ArrayList<>();
        for (final String address : addresses) {
            parsed.add(HostAddress.parse(address, null));
        }
        return new Host(name, mac, parsed, streams);
    }

    @AfterEach
    void close() {
        network.close();
    }

    private Link connect(final LinkSettings settings) {
        network.add(a);
        network.add(b);
        final Link link = network.link("wire", settings, 1);
        network.plug(link, a, 0);
        network.plug(link, b, 0);
        return link;
    }

    private StreamMeter stream(final StreamSpec.Kind kind, final String from, final String to, final int rate, final int size,
                               final long limit) {
        final StreamMeter meter = a.source(new StreamSpec(1, "s", kind, IpAddress.parse(from), IpAddress.parse(to), rate, size, limit, 9,
            kind == StreamSpec.Kind.ESP ? IpPrefix.parse("198.18.0.0/15") : null, 0));
        network.at(SECOND, () -> network.with(a, () -> {
            a.stream(meter, true, network.nanos());
            return true;
        }));
        return meter;
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.1.1 10.1.1.2 UDP", "2001:db8::1 2001:db8::2 UDP", "10.1.1.1 10.1.1.2 PING",
        "2001:db8::1 2001:db8::2 PING"})
    void shouldDeliverEveryPacketOfACleanWire(final String what) {
        final String[] words = what.split(" ");
        connect(LinkSettings.DEFAULT);
        final StreamMeter meter = stream(StreamSpec.Kind.valueOf(words[2]), words[0], words[1], 1000, 201, 500);
        network.run(3 * SECOND);
        assertThat(meter.sent()).isEqualTo(500);
        assertThat(meter.received()).isEqualTo(500);
        assertThat(meter.lost()).isZero();
        assertThat(meter.damaged() + meter.duplicates() + meter.reordered()).isZero();
        assertThat(meter.longestOutage().packets()).isZero();
        assertThat(a.counter("unresolved")).hasValue(0);
        assertThat(b.counter("echo-requests")).hasValue(words[2].equals("PING") ? 500 : 0);
        assertThat(a.counter("no such")).isEmpty();
    }

    @Test
    void shouldMeasureAnOutageToThePacket() {
        final Link link = connect(LinkSettings.DEFAULT);
        final StreamMeter meter = stream(StreamSpec.Kind.UDP, "10.1.1.1", "10.1.1.2", 100, 100, 1000);
        // Packet n is sent at 1 s + n * 10 ms and takes 1 ms: 300 to 449 find the link down.
        network.at(4 * SECOND - 1, () -> network.up(link, false));
        network.at(5 * SECOND + SECOND / 2 - 1, () -> network.up(link, true));
        network.run(20 * SECOND);
        assertThat(meter.lost()).isEqualTo(150);
        assertThat(meter.outages(10)).singleElement()
            .isEqualTo(new StreamMeter.Outage(300, 150, 4 * SECOND, 5 * SECOND + SECOND / 2));
        assertThat(meter.longestOutage().nanos()).isEqualTo(SECOND + SECOND / 2);
    }

    @Test
    void shouldTellLossReorderingDuplicatesAndDamageApart() {
        final Link link = connect(LinkSettings.DEFAULT.withLoss(0.05).withDuplicate(0.05).withReorder(0.05, 20_000_000).withCorrupt(0.05));
        final StreamMeter meter = stream(StreamSpec.Kind.UDP, "10.1.1.1", "10.1.1.2", 1000, 300, 20_000);
        network.run(30 * SECOND);
        final long copies = link.counters().delivered();
        assertThat(link.counters().conserved()).isTrue();
        assertThat(meter.duplicates()).isBetween(700L, 1100L);
        assertThat(meter.reordered()).isBetween(500L, 1100L);
        // Damage is found by checksums, so it is a loss; a flipped Ethernet type or unchecked bit is not found so.
        assertThat(meter.lost()).isBetween(1_600L, 2_400L);
        assertThat(meter.received() - meter.duplicates()).isEqualTo(meter.sent() - meter.lost());
        assertThat(b.counter("bad-checksum").orElse(0)).isBetween(600L, 1200L);
        assertThat(copies).isGreaterThan(meter.received());
        assertThat(meter.outages(3)).hasSize(3);
    }

    @Test
    void shouldCountRunsOfAStreamThatPauses() {
        connect(LinkSettings.DEFAULT);
        final StreamMeter meter = stream(StreamSpec.Kind.UDP, "10.1.1.1", "10.1.1.2", 10, 100, 1000);
        for (final long at : new long[] {2, 10}) {
            network.at(at * SECOND + 1, () -> network.with(a, () -> {
                a.stream(meter, at == 10, network.nanos());
                return true;
            }));
        }
        network.at(12 * SECOND, b::crash);
        network.run(13 * SECOND);
        // 1.0 to 2.0 s: 11 packets; from 10 s on one each 100 ms up to 12.9; those from 12.0 on are lost.
        assertThat(meter.sent()).isEqualTo(11 + 30);
        assertThat(meter.longestOutage().fromNanos()).isEqualTo(12 * SECOND + 1);
        assertThat(meter.lost()).isEqualTo(10);
    }

    @Test
    void shouldGiveUpANeighbourThatDoesNotAnswer() {
        connect(LinkSettings.DEFAULT);
        final StreamMeter meter = stream(StreamSpec.Kind.UDP, "10.1.1.1", "10.1.1.77", 100, 100, 100);
        network.run(10 * SECOND);
        assertThat(a.counter("unresolved")).hasValue(100);
        assertThat(meter.lost()).isEqualTo(100);
        assertThat(a.execute("show arp")).isEmpty();
        assertThat(a.execute("show it")).startsWith("%");
    }

    @Test
    void shouldSpoofWithinThePrefix() {
        final List<String> seen = new ArrayList<>();
        connect(LinkSettings.DEFAULT);
        network.tap(new LinkTap() {
            @Override
            public void delivered(final Link link, final int to, final long nanos, final byte[] frame) {
                final UnsafeBuffer buffer = new UnsafeBuffer(frame);
                final IpView packet = IpView.of(buffer, 0, frame.length);
                if (packet != null) {
                    assertThat(packet.protocol()).isEqualTo(50);
                    assertThat(new IpPrefix(packet.source(), 15)).isEqualTo(IpPrefix.parse("198.18.0.0/15"));
                    seen.add(packet.source() + " " + buffer.getInt(packet.payload()));
                }
            }
        });
        final StreamMeter meter = stream(StreamSpec.Kind.ESP, "10.1.1.1", "10.1.1.2", 100_000, 100, 20_000);
        network.run(2 * SECOND);
        assertThat(meter.sent()).isEqualTo(20_000);
        // Some wait for the first answer to ARP, 64 do.
        assertThat(seen).hasSizeGreaterThan(19_000).hasSize(20_000 - (int) a.counter("unresolved").orElse(0));
        assertThat(seen.stream().distinct().count()).isEqualTo(seen.size());
    }

    @Test
    void shouldRefuseStreamsThatCannotBeMeasured() {
        assertThatThrownBy(() -> stream(StreamSpec.Kind.UDP, "10.1.1.1", "10.1.1.2", 10, 51, 10))
            .hasMessage("size 51 is not within 52 to 9000");
        assertThatThrownBy(() -> stream(StreamSpec.Kind.UDP, "10.1.1.1", "2001:db8::2", 10, 100, 10))
            .hasMessage("source 10.1.1.1 and destination 2001:db8::2 are of different families");
    }
}
