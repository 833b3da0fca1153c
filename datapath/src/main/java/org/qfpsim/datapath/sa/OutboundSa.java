package org.qfpsim.datapath.sa;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.memory.RawMemory;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.Net;

/**
 * An outbound SA: gives packets a sequence number and wraps them (RFC 4303 section 3.3). Owned by the thread that seals, which is gather in
 * a router: sequence numbers follow the order of arrival. No thread but the owner may call anything here.
 */
public final class OutboundSa {
    /** The sequence number is used up: the SA must be replaced (RFC 4303 section 3.3.3). */
    public static final int SEQUENCE_EXHAUSTED = -1;
    /** The crypto library failed. */
    public static final int ENGINE_ERROR = -2;

    private static final long MAX_SEQUENCE_32 = 0xffff_ffffL;

    private final SaSpec spec;
    private final EspTransform transform;
    private final long keyHandle;
    private final boolean tunnel;
    private final boolean esn;
    private final int spi;
    private final int icvBytes;
    private final int blockBytes;
    private final int headerBytes;
    private final long maxSequence;
    private final SaSpec.Lifetime lifetime;
    private final SaSpec.@Nullable UdpEncap udp;
    private final OuterHeader outer;
    private long sequence;
    private long packets;
    private long octets;
    private boolean softTold;

    /**
     * Makes an SA ready to seal.
     *
     * @param spec      what was configured or negotiated.
     * @param transform of the owner's crypto lane.
     * @param keyHandle of the keys.
     */
    public OutboundSa(final SaSpec spec, final EspTransform transform, final long keyHandle) {
        this.spec = spec;
        this.transform = transform;
        this.keyHandle = keyHandle;
        tunnel = spec.mode() != SaSpec.Mode.TRANSPORT;
        esn = spec.esn();
        spi = spec.spi();
        icvBytes = spec.suite().icvBytes();
        blockBytes = spec.suite().blockBytes();
        udp = spec.udpEncap();
        headerBytes = (udp == null ? 0 : Net.UDP_HEADER_BYTES) + EspSuite.ESP_HEADER_BYTES + spec.suite().ivBytes();
        maxSequence = esn ? -1L : MAX_SEQUENCE_32;
        lifetime = spec.lifetime();
        outer = new OuterHeader(spec);
        sequence = spec.initialSequence();
    }

    /** What was configured or negotiated. */
    public SaSpec spec() {
        return spec;
    }

    /** Sequence number of the last packet sealed. */
    public long sequence() {
        return sequence;
    }

    /** Packets sealed. */
    public long packets() {
        return packets;
    }

    /** Octets of the packets before they were wrapped. */
    public long octets() {
        return octets;
    }

    /**
     * Octets that a packet will have when it is wrapped.
     *
     * @param innerBytes octets of the IP packet.
     * @param ipHeader   octets of its IP header, which transport mode keeps outside.
     * @return octets of the outer IP packet.
     */
    public int outerBytes(final int innerBytes, final int ipHeader) {
        return (tunnel ? outer.bytes() : ipHeader) + headerBytes + ciphertextBytes(tunnel ? innerBytes : innerBytes - ipHeader) + icvBytes;
    }

    private int ciphertextBytes(final int payload) {
        return payload + EspSuite.ESP_TRAILER_BYTES + blockBytes - 1 & -blockBytes;
    }

    /**
     * The longest inner packet of tunnel mode whose outer packet fits.
     *
     * @param mtu octets of the outer packet.
     * @return octets of the inner packet.
     */
    public int plaintextMtu(final int mtu) {
        final int room = mtu - outer.bytes() - headerBytes - icvBytes;
        return (room & -blockBytes) - EspSuite.ESP_TRAILER_BYTES;
    }

    /**
     * Whether a limit of the SA's life has passed.
     *
     * @param nanos time of the packet.
     * @return true if nothing may leave through it any more.
     */
    public boolean expired(final long nanos) {
        final long hard = lifetime.hardBytes();
        return nanos >= lifetime.hardNanos() || hard != 0 && octets >= hard;
    }

    /** True once, when the soft volume limit has passed. */
    public boolean tellSoftExpiry() {
        final long soft = lifetime.softBytes();
        final boolean tell = soft != 0 && !softTold && octets >= soft;
        softTold |= tell;
        return tell;
    }

    /**
     * Wraps an IP packet with the next sequence number.
     *
     * @param out     where the outer packet goes; off heap, with room for {@link #outerBytes} and the TFC padding.
     * @param at      its first octet.
     * @param in      where the IP packet is; not the same memory.
     * @param from    its first octet.
     * @param length  its octets.
     * @param header  octets of its IP header with options and extension headers; only transport mode looks.
     * @param protocolField offset from {@code from} of the octet that names the upper protocol; only transport mode looks.
     * @param tfc     octets of traffic-flow confidentiality padding behind the inner packet (RFC 4303 section 2.7); tunnel mode only.
     * @param dontFragment whether the DF bit of an outer IPv4 header is set.
     * @return octets of the outer packet, or {@link #SEQUENCE_EXHAUSTED} or {@link #ENGINE_ERROR}.
     */
    public int wrap(final UnsafeBuffer out, final int at, final DirectBuffer in, final int from, final int length, final int header,
                    final int protocolField, final int tfc, final boolean dontFragment) {
        if (sequence == maxSequence) {
            return SEQUENCE_EXHAUSTED;
        }
        sequence++;
        final int outerHeader = tunnel ? outer.bytes() : header;
        final int skipped = tunnel ? 0 : header;
        final int first = in.getInt(from, ByteOrder.BIG_ENDIAN);
        final int nextHeader = !tunnel ? Net.u8(in, from + protocolField) : first >>> 28 == 4 ? Net.PROTO_IPV4 : Net.PROTO_IPV6;
        final int payloadBytes = length - skipped + tfc;
        final int total = outerHeader + headerBytes + ciphertextBytes(payloadBytes) + icvBytes;
        out.boundsCheck(at, total);
        final int payload = at + outerHeader + headerBytes;
        out.putBytes(payload, in, from + skipped, length - skipped);
        if (tfc != 0) {
            out.setMemory(payload + length - skipped, tfc, (byte) 0);
        }
        final long ip = out.addressOffset() + at;
        if (finishEsp(ip + outerHeader, total - outerHeader, payloadBytes, nextHeader) != EspTransform.OK) {
            return ENGINE_ERROR;
        }
        if (tunnel) {
            outer.write(ip, total, first, dontFragment);
        } else {
            keepHeader(out, at, total, in, from, header, protocolField);
        }
        if (udp != null) {
            writeUdp(out, at, at + outerHeader, total - outerHeader, udp);
        }
        packets++;
        octets += length;
        return total;
    }

    /** Header, padding, trailer, IV, encryption and ICV of what follows the outer IP header, its UDP header included. */
    private int finishEsp(final long afterIp, final int bytes, final int payloadBytes, final int nextHeader) {
        final long end = afterIp + bytes - icvBytes;
        final long padding = afterIp + headerBytes + payloadBytes;
        final int padLength = (int) (end - padding) - EspSuite.ESP_TRAILER_BYTES;
        for (int i = 0; i < padLength; i++) {
            RawMemory.putByte(padding + i, i + 1);
        }
        RawMemory.putByte(end - 2, padLength);
        RawMemory.putByte(end - 1, nextHeader);
        final long esp = udp == null ? afterIp : afterIp + Net.UDP_HEADER_BYTES;
        // In one piece, as a combined mode reads it.
        RawMemory.putNetworkLong(esp, (long) spi << 32 | sequence & 0xffff_ffffL);
        transform.writeIv(keyHandle, esp + EspSuite.ESP_HEADER_BYTES, sequence);
        return transform.seal(keyHandle, esp, (int) (end - esp) + icvBytes, esn, (int) (sequence >>> 32));
    }

    private void keepHeader(final UnsafeBuffer out, final int at, final int total, final DirectBuffer in, final int from, final int header,
                            final int protocolField) {
        out.putBytes(at, in, from, header);
        out.putByte(at + protocolField, (byte) (udp == null ? Net.PROTO_ESP : Net.PROTO_UDP));
        if (Net.u8(in, from) >> 4 == 4) {
            out.putShort(at + 2, (short) total, ByteOrder.BIG_ENDIAN);
            Checksum.write(out, at, header);
        } else {
            out.putShort(at + 4, (short) (total - Net.IPV6_HEADER_BYTES), ByteOrder.BIG_ENDIAN);
        }
    }

    /** RFC 3948 section 2.1: the checksum is zero; but over IPv6 a host drops that (RFC 8200 section 8.1). ESP is whole words. */
    private static void writeUdp(final UnsafeBuffer out, final int ip, final int at, final int bytes, final SaSpec.UdpEncap ports) {
        out.putInt(at, ports.sourcePort() << 16 | ports.destinationPort(), ByteOrder.BIG_ENDIAN);
        out.putInt(at + 4, bytes << 16, ByteOrder.BIG_ENDIAN);
        if (Net.u8(out, ip) >> 4 == 6) {
            final int sum = ~Checksum.fold(Checksum.sum(out, ip + 8, 32) + Checksum.sum(out, at, bytes) + bytes + Net.PROTO_UDP) & 0xffff;
            out.putShort(at + 6, (short) (sum == 0 ? 0xffff : sum), ByteOrder.BIG_ENDIAN);
        }
    }
}
