package org.qfpsim.datapath.route;

/** ICMP errors as the forwarder asks for them: type &lt;&lt; 24 | code &lt;&lt; 16 | MTU (RFC 792, RFC 1191, RFC 4443). */
final class IcmpError {
    private static final int TTL_EXCEEDED = 11 << 24;
    private static final int TTL_EXCEEDED_6 = 3 << 24;
    /** Host unreachable. */
    private static final int UNREACHABLE = 3 << 24 | 1 << 16;
    /** No route to destination. */
    private static final int UNREACHABLE_6 = 1 << 24;
    private static final int TOO_BIG = 3 << 24 | 4 << 16;
    private static final int TOO_BIG_6 = 2 << 24;

    private IcmpError() {
    }

    static int ttlExceeded(final boolean v6) {
        return v6 ? TTL_EXCEEDED_6 : TTL_EXCEEDED;
    }

    static int unreachable(final boolean v6) {
        return v6 ? UNREACHABLE_6 : UNREACHABLE;
    }

    static int tooBig(final boolean v6, final int mtu) {
        return (v6 ? TOO_BIG_6 : TOO_BIG) | mtu & 0xffff;
    }
}
