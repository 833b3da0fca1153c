package org.qfpsim.datapath.packet;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Numbers and offsets of the headers that the datapath reads, and network-order access to them. */
public final class Net {
    /** Ethertype of IPv4. */
    public static final int ETHERTYPE_IPV4 = 0x0800;
    /** Ethertype of ARP. */
    public static final int ETHERTYPE_ARP = 0x0806;
    /** Ethertype of IPv6. */
    public static final int ETHERTYPE_IPV6 = 0x86dd;
    /** Ethertype of an 802.1Q tag. */
    public static final int ETHERTYPE_VLAN = 0x8100;
    /** Ethertype of an 802.1ad service tag. */
    public static final int ETHERTYPE_QINQ = 0x88a8;

    /** IPv6 hop-by-hop options (RFC 8200). */
    public static final int PROTO_HOP_BY_HOP = 0;
    /** IPv4 in IP. */
    public static final int PROTO_IPV4 = 4;
    /** TCP. */
    public static final int PROTO_TCP = 6;
    /** UDP. */
    public static final int PROTO_UDP = 17;
    /** IPv6 in IP. */
    public static final int PROTO_IPV6 = 41;
    /** IPv6 routing header. */
    public static final int PROTO_ROUTING = 43;
    /** IPv6 fragment header. */
    public static final int PROTO_FRAGMENT = 44;
    /** ESP (RFC 4303). */
    public static final int PROTO_ESP = 50;
    /** AH (RFC 4302). */
    public static final int PROTO_AH = 51;
    /** No next header; inside ESP a dummy packet (RFC 4303 section 2.6). */
    public static final int PROTO_NONE = 59;
    /** IPv6 destination options. */
    public static final int PROTO_DESTINATION_OPTIONS = 60;
    /** IPv6 mobility header (RFC 6275). */
    public static final int PROTO_MOBILITY = 135;

    /** Octets of an IPv4 header without options. */
    public static final int IPV4_HEADER_BYTES = 20;
    /** Octets of the fixed IPv6 header. */
    public static final int IPV6_HEADER_BYTES = 40;
    /** Octets of a UDP header. */
    public static final int UDP_HEADER_BYTES = 8;
    /** UDP port of IKE. */
    public static final int PORT_IKE = 500;
    /** UDP port of IKE and ESP behind a NAT (RFC 3948). */
    public static final int PORT_NATT = 4500;

    /** ECN codepoint: not ECN-capable. */
    public static final int ECN_NOT_ECT = 0;
    /** ECN codepoint ECT(1). */
    public static final int ECN_ECT1 = 1;
    /** ECN codepoint: congestion experienced. */
    public static final int ECN_CE = 3;

    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private Net() {
    }

    /**
     * Reads an unsigned octet.
     *
     * @param buffer the bytes.
     * @param index  where.
     * @return 0 to 255.
     */
    public static int u8(final DirectBuffer buffer, final int index) {
        return buffer.getByte(index) & 0xff;
    }

    /**
     * Reads an unsigned 16-bit number in network order.
     *
     * @param buffer the bytes.
     * @param index  where.
     * @return 0 to 65535.
     */
    public static int u16(final DirectBuffer buffer, final int index) {
        return buffer.getShort(index, ByteOrder.BIG_ENDIAN) & 0xffff;
    }

    /**
     * Reads a 32-bit number in network order.
     *
     * @param buffer the bytes.
     * @param index  where.
     * @return the number; negative from 2^31 on.
     */
    public static int i32(final DirectBuffer buffer, final int index) {
        return buffer.getInt(index, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Reads an IPv4 address as {@link IpAddress#low()} has it.
     *
     * @param buffer the bytes.
     * @param index  where.
     * @return 0 to 2^32-1.
     */
    public static long u32(final DirectBuffer buffer, final int index) {
        return i32(buffer, index) & 0xffff_ffffL;
    }

    /**
     * Reads a 64-bit number in network order.
     *
     * @param buffer the bytes.
     * @param index  where.
     * @return the number.
     */
    public static long i64(final DirectBuffer buffer, final int index) {
        return buffer.getLong(index, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Reads an unsigned octet.
     *
     * @param memory the bytes.
     * @param index  where.
     * @return 0 to 255.
     */
    public static int u8(final PacketMemory memory, final long index) {
        return memory.getByte(index) & 0xff;
    }

    /**
     * Reads an unsigned 16-bit number in network order.
     *
     * @param memory the bytes.
     * @param index  where.
     * @return 0 to 65535.
     */
    public static int u16(final PacketMemory memory, final long index) {
        return (LITTLE_ENDIAN ? Short.reverseBytes(memory.getShort(index)) : memory.getShort(index)) & 0xffff;
    }

    /**
     * Reads a 32-bit number in network order.
     *
     * @param memory the bytes.
     * @param index  where.
     * @return the number; negative from 2^31 on.
     */
    public static int i32(final PacketMemory memory, final long index) {
        return LITTLE_ENDIAN ? Integer.reverseBytes(memory.getInt(index)) : memory.getInt(index);
    }

    /**
     * Reads an IPv4 address as {@link IpAddress#low()} has it.
     *
     * @param memory the bytes.
     * @param index  where.
     * @return 0 to 2^32-1.
     */
    public static long u32(final PacketMemory memory, final long index) {
        return i32(memory, index) & 0xffff_ffffL;
    }

    /**
     * Reads a 64-bit number in network order.
     *
     * @param memory the bytes.
     * @param index  where.
     * @return the number.
     */
    public static long i64(final PacketMemory memory, final long index) {
        return LITTLE_ENDIAN ? Long.reverseBytes(memory.getLong(index)) : memory.getLong(index);
    }
}
