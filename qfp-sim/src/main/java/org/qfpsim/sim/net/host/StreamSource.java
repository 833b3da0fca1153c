package org.qfpsim.sim.net.host;

import java.nio.ByteOrder;
import java.util.Objects;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.packet.Net;

/** Makes the packets of one stream at their times. One thread. */
final class StreamSource {
    private static final int FIRST_PORT = 40_000;
    private static final int PORTS = 20_000;
    private static final long MIN_SPI = 256;

    private final StreamSpec spec;
    private final StreamMeter meter;
    private final SplittableRandom random;
    private boolean running;

    StreamSource(final StreamMeter meter) {
        this.spec = meter.spec();
        this.meter = meter;
        this.random = new SplittableRandom(spec.seed());
    }

    StreamMeter meter() {
        return meter;
    }

    boolean running() {
        return running;
    }

    void start(final long nanos) {
        if (!running) {
            running = true;
            meter.started(nanos);
        }
    }

    void stop() {
        running = false;
    }

    long nextDeadline() {
        return running && meter.sent() < spec.limit() ? meter.dueNanos() : Long.MAX_VALUE;
    }

    /** The packet that is due: a frame without Ethernet addresses. */
    byte[] next(final long nanos) {
        final long packet = meter.send();
        final int port = FIRST_PORT + spec.id() % PORTS;
        final int header = Packets.header(spec.destination().v6());
        final int room = spec.size() - header - Net.UDP_HEADER_BYTES;
        return switch (spec.kind()) {
            case UDP -> Packets.udp(spec.source(), spec.destination(), port, port, Payload.of(spec, packet, nanos, room), (int) packet);
            case PING -> Packets.echo(spec.source(), spec.destination(), Packets.echoRequest(spec.source().v6()),
                echoBody(packet, Payload.of(spec, packet, nanos, room)), (int) packet);
            case ESP -> esp(packet, spec.size() - header);
        };
    }

    private byte[] echoBody(final long packet, final byte[] payload) {
        final byte[] body = new byte[4 + payload.length];
        body[0] = (byte) (spec.id() >>> 8);
        body[1] = (byte) spec.id();
        body[2] = (byte) (packet >>> 8);
        body[3] = (byte) packet;
        System.arraycopy(payload, 0, body, 4, payload.length);
        return body;
    }

    private byte[] esp(final long packet, final int length) {
        final byte[] frame = Packets.ip(pretended(Objects.requireNonNull(spec.spoof())), spec.destination(), Net.PROTO_ESP, length,
            Packets.TTL, (int) packet);
        final byte[] octets = new byte[length];
        random.nextBytes(octets);
        final UnsafeBuffer buffer = new UnsafeBuffer(octets);
        final long spi = spec.spi() != 0 ? spec.spi() : random.nextLong(MIN_SPI, 1L << 32);
        buffer.putInt(0, (int) spi, ByteOrder.BIG_ENDIAN);
        buffer.putInt(4, (int) packet + 1, ByteOrder.BIG_ENDIAN);
        System.arraycopy(octets, 0, frame, frame.length - length, length);
        return frame;
    }

    private IpAddress pretended(final IpPrefix prefix) {
        final boolean v6 = prefix.address().v6();
        final long high = v6 ? random.nextLong() & ~prefix.maskHigh() : 0;
        final long low = random.nextLong() & ~prefix.maskLow() & (v6 ? -1L : 0xffff_ffffL);
        return new IpAddress(v6, prefix.address().high() | high, prefix.address().low() | low);
    }
}
