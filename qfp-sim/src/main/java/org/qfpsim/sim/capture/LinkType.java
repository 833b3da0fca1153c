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

    static String unsupported(final long number) {
        return "link type " + number + " is not supported; record again on an interface of one of "
            + Arrays.stream(values()).map(t -> t + " (" + t.number + ")").collect(Collectors.joining(", "));
    }
}
