package org.qfpsim.sim.net.host;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;

/** An Ethernet address as a long, 48 bits. */
public final class MacAddress {
    /** Everybody. */
    public static final long BROADCAST = 0xffff_ffff_ffffL;
    /** The group bit is the lowest of the first octet. */
    private static final long GROUP = 0x0100_0000_0000L;
    private static final long IPV6_MULTICAST = 0x3333_0000_0000L;

    private MacAddress() {
    }

    /**
     * Reads an address.
     *
     * @param frame  has it.
     * @param offset of its first octet.
     * @return the address.
     */
    public static long get(final DirectBuffer frame, final int offset) {
        return (long) Net.u16(frame, offset) << 32 | Net.u32(frame, offset + 2);
    }

    /**
     * Writes an address.
     *
     * @param frame   gets it.
     * @param offset  of its first octet.
     * @param address 48 bits.
     */
    public static void put(final MutableDirectBuffer frame, final int offset, final long address) {
        for (int i = 0; i < 6; i++) {
            frame.putByte(offset + i, (byte) (address >>> 40 - 8 * i));
        }
    }

    static boolean isGroup(final long address) {
        return (address & GROUP) != 0;
    }

    /** RFC 2464 section 7. */
    static long ofMulticast(final IpAddress group) {
        return IPV6_MULTICAST | group.low() & 0xffff_ffffL;
    }
}
