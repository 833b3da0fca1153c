package org.qfpsim.datapath.trace;

import org.qfpsim.datapath.packet.Net;

/** The part of the control plane that a packet is for, or comes from. */
public enum TraceLayer {
    /** Frames that are neither IP nor ARP. */
    INFRA,
    /** IPv4 with TCP. */
    TCP,
    /** IPv4 with UDP. */
    UDP,
    /** Other IPv4. */
    IP,
    /** IPv6. */
    IPV6,
    /** ARP. */
    ARP;

    /** The layer of a packet that was looked at. */
    static TraceLayer of(final FrameView view) {
        return switch (view.version) {
            case 4 -> view.protocol == Net.PROTO_TCP ? TCP : view.protocol == Net.PROTO_UDP ? UDP : IP;
            case 6 -> IPV6;
            default -> view.arp ? ARP : INFRA;
        };
    }
}
