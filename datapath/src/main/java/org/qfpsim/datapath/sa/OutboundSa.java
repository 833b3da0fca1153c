package org.qfpsim.datapath.sa;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
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

    /** The TTL and hop limit of what we send (IOS uses 255). */
    private static final int TTL = 255;
    private static final long MAX_SEQUENCE_32 = 0xffff_ffffL;
    private static final int DF = 0x4000;

    private final SaSpec spec;
    private final EspTransform transform;
    private final long keyHandle;
    private final boolean v6;
    private final int headerBytes;
    private long sequence;
    private int identification;
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
        v6 = spec.destination().v6();
        sequence = spec.initialSequence();
        identification = spec.spi() & 0xffff;
        final SaSpec.@Nullable UdpEncap udp = spec.udpEncap();
        headerBytes = (udp == null ? 0 : Net.UDP_HEADER_BYTES) + EspSuite.ESP_HEADER_BYTES + spec.suite().ivBytes();
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
        final boolean tunnel = spec.mode() != SaSpec.Mode.TRANSPORT;
        final int outerHeader = tunnel ? v6 ? Net.IPV6_HEADER_BYTES : Net.IPV4_HEADER_BYTES : ipHeader;
        return outerHeader + headerBytes + ciphertextBytes(tunnel ? innerBytes : innerBytes - ipHeader) + spec.suite().icvBytes();
    }

    private int ciphertextBytes(final int payload) {
        final int block = spec.suite().blockBytes();
        return payload + EspSuite.ESP_TRAILER_BYTES + block - 1 & -block;
    }

    /**
     * The longest inner packet of tunnel mode whose outer packet fits.
     *
     * @param mtu octets of the outer packet.
     * @return octets of the inner packet.
     */
    public int plaintextMtu(final int mtu) {
        final int room = mtu - (v6 ? Net.IPV6_HEADER_BYTES : Net.IPV4_HEADER_BYTES) - headerBytes - spec.suite().icvBytes();
        return (room & -spec.suite().blockBytes()) - EspSuite.ESP_TRAILER_BYTES;
    }

    /**
     * Whether a limit of the SA's life has passed.
     *
     * @param nanos time of the packet.
     * @return true if nothing may leave through it any more.
     */
    public boolean expired(final long nanos) {
        final long hard = spec.lifetime().hardBytes();
        return nanos >= spec.lifetime().hardNanos() || hard != 0 && octets >= hard;
    }

    /** True once, when the soft volume limit has passed. */
    public boolean tellSoftExpiry() {
        final long soft = spec.lifetime().softBytes();
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
        if (sequence == (spec.esn() ? -1L : MAX_SEQUENCE_32)) {
            return SEQUENCE_EXHAUSTED;
        }
        sequence++;
        final boolean tunnel = spec.mode() != SaSpec.Mode.TRANSPORT;
        final int outerHeader = tunnel ? v6 ? Net.IPV6_HEADER_BYTES : Net.IPV4_HEADER_BYTES : header;
        final int skipped = tunnel ? 0 : header;
        final int nextHeader = !tunnel ? Net.u8(in, from + protocolField)
            : Net.u8(in, from) >> 4 == 4 ? Net.PROTO_IPV4 : Net.PROTO_IPV6;
        final int esp = at + outerHeader + headerBytes - EspSuite.ESP_HEADER_BYTES - spec.suite().ivBytes();
        final int payload = at + outerHeader + headerBytes;
        final int payloadBytes = length - skipped + tfc;
        out.putBytes(payload, in, from + skipped, length - skipped);
        if (tfc != 0) {
            out.setMemory(payload + length - skipped, tfc, (byte) 0);
        }
        final int espBytes = finishEsp(out, esp, payload, payloadBytes, nextHeader);
        if (espBytes < 0) {
            return ENGINE_ERROR;
        }
        final int total = esp + espBytes - at;
        if (tunnel) {
            writeTunnelHeader(out, at, total, in, from, dontFragment);
        } else {
            keepHeader(out, at, total, in, from, header, protocolField);
        }
        if (spec.udpEncap() != null) {
            writeUdp(out, at, at + outerHeader, total - outerHeader);
        }
        packets++;
        octets += length;
        return total;
    }

    /** Header, padding, trailer, IV, encryption and ICV; octets of the ESP packet, negative if the library failed. */
    private int finishEsp(final UnsafeBuffer out, final int esp, final int payload, final int payloadBytes, final int nextHeader) {
        final int ciphertext = ciphertextBytes(payloadBytes);
        final int padLength = ciphertext - payloadBytes - EspSuite.ESP_TRAILER_BYTES;
        for (int i = 0; i < padLength; i++) {
            out.putByte(payload + payloadBytes + i, (byte) (i + 1));
        }
        final int trailer = payload + payloadBytes + padLength;
        out.putByte(trailer, (byte) padLength);
        out.putByte(trailer + 1, (byte) nextHeader);
        // In one piece, as a combined mode reads it.
        out.putLong(esp, (long) spec.spi() << 32 | sequence & 0xffff_ffffL, ByteOrder.BIG_ENDIAN);
        final int bytes = payload - esp + ciphertext + spec.suite().icvBytes();
        transform.writeIv(keyHandle, out.addressOffset() + esp + EspSuite.ESP_HEADER_BYTES, sequence);
        final int status = transform.seal(keyHandle, out.addressOffset() + esp, bytes, spec.esn(), (int) (sequence >>> 32));
        return status == EspTransform.OK ? bytes : ENGINE_ERROR;
    }

    /** RFC 4301 section 5.1.2: traffic class with ECN is copied (RFC 6040 section 4.1, normal mode). */
    private void writeTunnelHeader(final UnsafeBuffer out, final int at, final int total, final DirectBuffer in, final int from,
                                   final boolean dontFragment) {
        final int first = Net.i32(in, from);
        final int trafficClass = first >>> 28 == 4 ? first >>> 16 & 0xff : first >>> 20 & 0xff;
        final int protocol = spec.udpEncap() == null ? Net.PROTO_ESP : Net.PROTO_UDP;
        if (v6) {
            out.putInt(at, 6 << 28 | trafficClass << 20, ByteOrder.BIG_ENDIAN);
            out.putInt(at + 4, total - Net.IPV6_HEADER_BYTES << 16 | protocol << 8 | TTL, ByteOrder.BIG_ENDIAN);
            putAddress6(out, at + 8, spec.source());
            putAddress6(out, at + 24, spec.destination());
        } else {
            out.putInt(at, 0x45 << 24 | trafficClass << 16 | total, ByteOrder.BIG_ENDIAN);
            out.putInt(at + 4, (identification++ & 0xffff) << 16 | (dontFragment ? DF : 0), ByteOrder.BIG_ENDIAN);
            out.putInt(at + 8, TTL << 24 | protocol << 16, ByteOrder.BIG_ENDIAN);
            out.putInt(at + 12, (int) spec.source().low(), ByteOrder.BIG_ENDIAN);
            out.putInt(at + 16, (int) spec.destination().low(), ByteOrder.BIG_ENDIAN);
            Checksum.write(out, at, Net.IPV4_HEADER_BYTES);
        }
    }

    private static void putAddress6(final UnsafeBuffer out, final int at, final IpAddress address) {
        out.putLong(at, address.high(), ByteOrder.BIG_ENDIAN);
        out.putLong(at + 8, address.low(), ByteOrder.BIG_ENDIAN);
    }

    private void keepHeader(final UnsafeBuffer out, final int at, final int total, final DirectBuffer in, final int from, final int header,
                            final int protocolField) {
        out.putBytes(at, in, from, header);
        out.putByte(at + protocolField, (byte) (spec.udpEncap() == null ? Net.PROTO_ESP : Net.PROTO_UDP));
        if (Net.u8(in, from) >> 4 == 4) {
            out.putShort(at + 2, (short) total, ByteOrder.BIG_ENDIAN);
            Checksum.write(out, at, header);
        } else {
            out.putShort(at + 4, (short) (total - Net.IPV6_HEADER_BYTES), ByteOrder.BIG_ENDIAN);
        }
    }

    /** RFC 3948 section 2.1: the checksum is zero; but over IPv6 a host drops that (RFC 8200 section 8.1). ESP is whole words. */
    private void writeUdp(final UnsafeBuffer out, final int ip, final int at, final int bytes) {
        final SaSpec.@Nullable UdpEncap udp = spec.udpEncap();
        if (udp != null) {
            out.putInt(at, udp.sourcePort() << 16 | udp.destinationPort(), ByteOrder.BIG_ENDIAN);
            out.putInt(at + 4, bytes << 16, ByteOrder.BIG_ENDIAN);
            if (Net.u8(out, ip) >> 4 == 6) {
                int sum = Checksum.sum(out, ip + 8, 32) + Checksum.sum(out, at, bytes) + bytes + Net.PROTO_UDP;
                sum = (sum & 0xffff) + (sum >>> 16);
                sum = ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
                out.putShort(at + 6, (short) (sum == 0 ? 0xffff : sum), ByteOrder.BIG_ENDIAN);
            }
        }
    }
}
