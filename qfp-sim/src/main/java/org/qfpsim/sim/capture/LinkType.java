package org.qfpsim.sim.capture;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The link layers that a capture may have, by their number in the file (LINKTYPE_ values of the pcap specification). */
public enum LinkType {
    /** Ethernet II or IEEE 802.3, with or without VLAN tags. */
    ETHERNET(1),
    /** Starts with an IPv4 or IPv6 header; files also say 12 or 14 (the DLT_RAW of some systems). */
    RAW(101),
    /** Linux "cooked" capture, 16-octet header. */
    LINUX_SLL(113),
    /** Starts with an IPv4 header. */
    IPV4(228),
    /** Starts with an IPv6 header. */
    IPV6(229),
    /** Linux "cooked" capture version 2, 20-octet header. */
    LINUX_SLL2(276);

    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int MAX_VLAN_TAGS = 8;

    private final int number;

    LinkType(final int number) {
        this.number = number;
    }

    /** The number that is written to files. */
    public int number() {
        return number;
    }

    /**
     * Finds a link type.
     *
     * @param number as it is in a file.
     * @return the link type, or null if we do not know it.
     */
    public static @Nullable LinkType of(final int number) {
        return switch (number) {
            case 1 -> ETHERNET;
            case 12, 14, 101 -> RAW;
            case 113 -> LINUX_SLL;
            case 228 -> IPV4;
            case 229 -> IPV6;
            case 276 -> LINUX_SLL2;
            default -> null;
        };
    }

    /**
     * Where the IP header of a frame starts. Passes over up to {@value #MAX_VLAN_TAGS} VLAN tags.
     *
     * @param frame  its octets.
     * @param length how many count.
     * @return the offset of at least one octet that says version 4 or 6, in agreement with the link layer; -1 if there is none.
     */
    public int ipOffset(final byte[] frame, final int length) {
        return switch (this) {
            case RAW -> versioned(frame, length, 0, 0);
            case IPV4 -> versioned(frame, length, 0, ETHERTYPE_IPV4);
            case IPV6 -> versioned(frame, length, 0, ETHERTYPE_IPV6);
            case ETHERNET -> tagged(frame, length, 12, 14);
            case LINUX_SLL -> tagged(frame, length, 14, 16);
            case LINUX_SLL2 -> tagged(frame, length, 0, 20);
        };
    }

    private static int tagged(final byte[] frame, final int length, final int typeAt, final int payloadAt) {
        int type = payloadAt <= length ? u16(frame, typeAt) : 0;
        int offset = payloadAt;
        for (int tags = 0; tags < MAX_VLAN_TAGS && (type == 0x8100 || type == 0x88a8 || type == 0x9100); tags++) {
            type = offset + 4 <= length ? u16(frame, offset + 2) : 0;
            offset += 4;
        }
        return type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6 ? versioned(frame, length, offset, type) : -1;
    }

    private static int versioned(final byte[] frame, final int length, final int offset, final int type) {
        final int version = offset < length ? (frame[offset] & 255) >>> 4 : 0;
        final boolean v4 = version == 4 && type != ETHERTYPE_IPV6;
        final boolean v6 = version == 6 && type != ETHERTYPE_IPV4;
        return v4 || v6 ? offset : -1;
    }

    private static int u16(final byte[] frame, final int offset) {
        return (frame[offset] & 255) << 8 | frame[offset + 1] & 255;
    }

    static String unsupported(final long number) {
        return "link type " + number + " is not supported; record again on an interface of one of "
            + Arrays.stream(values()).map(t -> t + " (" + t.number + ")").collect(Collectors.joining(", "));
    }
}
