package org.qfpsim.sim.net.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.sim.net.Link;
import org.qfpsim.sim.net.LinkSettings;
import org.qfpsim.sim.net.LinkTap;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.net.VirtualNetwork;

/** A host inside, a host outside, the box between them. */
class NatBoxTest {
    private static final long SECOND = 1_000_000_000;
    private static final IpAddress INSIDE = IpAddress.parse("192.168.1.10");
    private static final IpAddress OUTSIDE = IpAddress.parse("203.0.113.20");
    private static final IpAddress PUBLIC = IpAddress.parse("203.0.113.1");

    private final VirtualNetwork network = new VirtualNetwork(NetworkClock.VIRTUAL);
    private final Streams streams = new Streams();
    private final Host inside = new Host("in", 0x0200_0000_0001L,
        List.of(HostAddress.parse("192.168.1.10/24", IpAddress.parse("192.168.1.1"))), streams);
    private final Host outside = new Host("out", 0x0200_0000_0002L, List.of(HostAddress.parse("203.0.113.20/24", null)), streams);
    private final NatBox box = new NatBox("nat", 0x0200_0000_0010L, HostAddress.parse("192.168.1.1/24", null),
        HostAddress.parse("203.0.113.1/24", null), 60 * SECOND, 4);
    /** Source and port of each IP packet on the wire outside. */
    private final List<String> outer = new ArrayList<>();

    @BeforeEach
    void connect() {
        final Link left = network.link("left", LinkSettings.DEFAULT, 1);
        final Link right = network.link("right", LinkSettings.DEFAULT, 2);
        network.add(inside);
        network.add(outside);
        network.add(box);
        network.plug(left, inside, 0);
        network.plug(left, box, 0);
        network.plug(right, box, 1);
        network.plug(right, outside, 0);
        network.tap(new LinkTap() {
            @Override
            public void delivered(final Link link, final int to, final long nanos, final byte[] frame) {
                final IpView packet = IpView.of(new UnsafeBuffer(frame), 0, frame.length);
                if (packet != null) {
                    assertThat(packet.protocol() == Net.PROTO_ESP || packet.checksumRight()).isTrue();
                    if (link == right && link.node(to) == outside) {
                        outer.add(packet.source() + ":" + Net.u16(packet.buffer(), packet.payload()) + " ttl " + packet.ttl());
                    }
                }
            }
        });
    }

    @AfterEach
    void close() {
        network.close();
    }

    private StreamMeter stream(final Host from, final StreamSpec.Kind kind, final IpAddress source, final IpAddress to, final int id,
                               final int rate, final int limit) {
        final StreamMeter meter = from.source(new StreamSpec(id, "s" + id, kind, source, to, rate, 100, limit, id,
            kind == StreamSpec.Kind.ESP ? new IpPrefix(source, 32) : null, 0));
        network.at(SECOND, () -> network.with(from, () -> {
            from.stream(meter, true, network.nanos());
            return true;
        }));
        return meter;
    }

    @Test
    void shouldHideTheInsideAndKeepChecksumsRight() {
        final StreamMeter udp = stream(inside, StreamSpec.Kind.UDP, INSIDE, OUTSIDE, 1, 100, 200);
        final StreamMeter ping = stream(inside, StreamSpec.Kind.PING, INSIDE, OUTSIDE, 2, 100, 200);
        network.run(10 * SECOND);
        assertThat(udp.lost() + udp.damaged()).isZero();
        assertThat(ping.lost()).isZero();
        assertThat(ping.received()).isEqualTo(200);
        assertThat(outer).hasSize(400).allMatch(line -> line.startsWith(PUBLIC + ":") && line.endsWith(" ttl 63"));
        assertThat(box.counter("translated-out")).hasValue(400);
        assertThat(box.counter("translated-in")).hasValue(200);
        assertThat(box.execute("show translations").lines()).hasSize(2)
            .anyMatch(line -> line.matches("17 +192.168.1.10:40001 -> 203.0.113.1:\\d+"));
    }

    @Test
    void shouldChangePortsOnRebindAndForgetThemInTime() {
        stream(inside, StreamSpec.Kind.UDP, INSIDE, OUTSIDE, 1, 10, 20);
        network.at(2 * SECOND + 1, () -> network.with(box, () -> box.execute("rebind")));
        network.run(10 * SECOND);
        final Set<String> ports = new LinkedHashSet<>(outer);
        assertThat(ports).hasSize(2);
        assertThat(box.execute("rebind")).startsWith("1 mappings");
        stream(inside, StreamSpec.Kind.UDP, INSIDE, OUTSIDE, 2, 1, 1);
        network.run(100 * SECOND);
        assertThat(box.execute("show translations").lines()).hasSize(2);
        // 60 s after its last packet a mapping ends; the next packet finds out.
        final StreamMeter late = inside.source(new StreamSpec(3, "s3", StreamSpec.Kind.UDP, INSIDE, OUTSIDE, 1, 100, 1, 3, null, 0));
        network.at(200 * SECOND, () -> network.with(inside, () -> {
            inside.stream(late, true, network.nanos());
            return true;
        }));
        network.run(210 * SECOND);
        assertThat(box.execute("show translations").lines()).singleElement().asString().contains(":40003 ");
    }

    @Test
    void shouldDropWhatItHasNoMappingOrPortFor() {
        final StreamMeter uninvited = stream(outside, StreamSpec.Kind.UDP, OUTSIDE, PUBLIC, 1, 10, 10);
        stream(inside, StreamSpec.Kind.ESP, INSIDE, OUTSIDE, 2, 10, 10);
        network.run(10 * SECOND);
        assertThat(uninvited.lost()).isEqualTo(10);
        assertThat(box.counter("no-mapping")).hasValue(10);
        assertThat(box.counter("no-ports")).hasValue(10);
        assertThat(outer).isEmpty();
    }

    @Test
    void shouldForgetEverythingInACrash() {
        final StreamMeter ping = stream(inside, StreamSpec.Kind.PING, INSIDE, OUTSIDE, 1, 10, 50);
        network.at(2 * SECOND + 1, () -> network.with(box, () -> {
            box.crash();
            return true;
        }));
        network.at(3 * SECOND + 1, () -> network.with(box, () -> {
            box.restart(network.nanos());
            return true;
        }));
        network.run(20 * SECOND);
        // Those of 2.0 s, under way at the crash, to 2.9 s; that of 3.0 s arrives 1 ms after the restart.
        assertThat(ping.longestOutage().fromNanos()).isEqualTo(2 * SECOND);
        assertThat(ping.longestOutage().packets()).isEqualTo(10);
        assertThat(ping.lost()).isEqualTo(10);
    }

    @Test
    void shouldUpdateChecksumsAsIfTheyWereMadeAnew() {
        final SplittableRandom random = new SplittableRandom(1);
        final byte[] octets = new byte[60];
        final UnsafeBuffer buffer = new UnsafeBuffer(octets);
        for (int round = 0; round < 100_000; round++) {
            random.nextBytes(octets);
            final int before = InternetChecksum.finish(InternetChecksum.sum(buffer, 0, 60));
            final int at = 2 * random.nextInt(27);
            final long old = InternetChecksum.sum(buffer, at, 6);
            for (int i = 0; i < 6; i++) {
                octets[at + i] = random.nextInt(8) == 0 ? (byte) 0xff : (byte) random.nextInt();
            }
            final int updated = InternetChecksum.update(before, old, InternetChecksum.sum(buffer, at, 6));
            assertThat(updated).as("round " + round).isEqualTo(InternetChecksum.finish(InternetChecksum.sum(buffer, 0, 60)));
        }
    }
}
