package org.qfpsim.datapath.support;

import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.sa.SaSpec;

/** The peer's side of an inbound SA: makes good ESP packets with {@link OutboundSa}, and strange ones by hand. */
public final class Sender implements AutoCloseable {
    private final SaSpec spec;
    private final CryptoBackend backend;
    private final EspTransform transform;
    private final long key;
    private final OutboundSa sa;
    private boolean closed;
    private final UnsafeBuffer out = new UnsafeBuffer(BufferUtil.allocateDirectAligned(70_000, 64));

    /** A sender that starts behind the SA's initial sequence number. */
    public Sender(final SaSpec spec) {
        this.spec = spec;
        backend = Crypto.sender(spec.suite());
        transform = Crypto.transform(spec.suite());
        key = backend.install(spec.suite(), spec.keys());
        sa = new OutboundSa(spec, transform, key);
    }

    /** What both sides were configured with. */
    public SaSpec spec() {
        return spec;
    }

    /** Wraps an IP packet with the next sequence number. */
    public byte[] wrap(final byte[] packet) {
        return wrap(sa, packet, 0, false);
    }

    /** Wraps an IP packet with TFC padding behind it. */
    public byte[] wrapWithTfc(final byte[] packet, final int tfc) {
        return wrap(sa, packet, tfc, false);
    }

    /** Wraps an IP packet with a sequence number of choice. */
    public byte[] wrapAt(final long sequence, final byte[] packet) {
        final SaSpec at = new SaSpec(spec.name(), spec.spi(), spec.source(), spec.destination(), spec.mode(), spec.suite(), spec.keys(),
            spec.esn(), spec.replayWindow(), sequence - 1, spec.udpEncap(), spec.selectors(), spec.lifetime());
        return wrap(new OutboundSa(at, transform, key), packet, 0, false);
    }

    private byte[] wrap(final OutboundSa with, final byte[] packet, final int tfc, final boolean df) {
        final int[] header = header(packet);
        final int length = with.wrap(out, 0, new UnsafeBuffer(packet), 0, packet.length, header[0], header[1], tfc, df);
        if (length < 0) {
            throw new IllegalStateException("wrap failed: " + length);
        }
        final byte[] wrapped = new byte[length];
        out.getBytes(0, wrapped);
        return wrapped;
    }

    /** Octets of the IP header with its extension headers, and where it names the upper protocol. */
    private static int[] header(final byte[] packet) {
        if (packet[0] >> 4 == 4) {
            return new int[] {(packet[0] & 15) << 2, 9};
        }
        int at = 40;
        int field = 6;
        while (packet[field] == Net.PROTO_HOP_BY_HOP || packet[field] == Net.PROTO_DESTINATION_OPTIONS
            || packet[field] == Net.PROTO_ROUTING) {
            field = at;
            at += (packet[at + 1] & 0xff) + 1 << 3;
        }
        return new int[] {at, field};
    }

    /** A good ESP packet, from SPI to ICV, over any plaintext, which is a multiple of the suite's block. */
    public byte[] esp(final long sequence, final byte[] plaintext) {
        final EspSuite suite = spec.suite();
        final int payload = EspSuite.ESP_HEADER_BYTES + suite.ivBytes();
        final int length = payload + plaintext.length + suite.icvBytes();
        out.putInt(0, spec.spi(), ByteOrder.BIG_ENDIAN);
        out.putInt(4, (int) sequence, ByteOrder.BIG_ENDIAN);
        out.putBytes(payload, plaintext);
        transform.writeIv(key, out.addressOffset() + EspSuite.ESP_HEADER_BYTES, sequence);
        if (transform.seal(key, out.addressOffset(), length, spec.esn(), (int) (sequence >>> 32)) != EspTransform.OK) {
            throw new IllegalStateException("seal failed");
        }
        final byte[] esp = new byte[length];
        out.getBytes(0, esp);
        return esp;
    }

    /** Payload, right padding to the suite's block, and a trailer. */
    public byte[] plaintext(final byte[] payload, final int nextHeader) {
        final int block = spec.suite().blockBytes();
        final int pad = (payload.length + 2 + block - 1) / block * block - payload.length - 2;
        final byte[] padding = Packets.counting(pad + 1);
        final byte[] trailer = {(byte) pad, (byte) nextHeader};
        return Packets.concat(payload, java.util.Arrays.copyOfRange(padding, 1, pad + 1), trailer);
    }

    /** An ESP packet in the SA's outer IP header. */
    public byte[] outer(final byte[] esp) {
        return outer(esp, 0);
    }

    /** An ESP packet in the SA's outer IP header with a traffic class. */
    public byte[] outer(final byte[] esp, final int trafficClass) {
        final boolean udp = spec.udpEncap() != null;
        final byte[] payload = udp ? Packets.udp(4500, 4500, esp) : esp;
        final int protocol = udp ? Net.PROTO_UDP : Net.PROTO_ESP;
        return spec.source().v6()
            ? Packets.ipv6(spec.source().toString(), spec.destination().toString(), protocol, payload, trafficClass)
            : Packets.ipv4(spec.source().toString(), spec.destination().toString(), protocol, payload, trafficClass, new byte[0]);
    }

    @Override
    public void close() {
        if (closed) {
            throw new IllegalStateException("closed twice: its key's memory may be another sender's by now");
        }
        closed = true;
        backend.release(spec.suite(), key);
    }
}
