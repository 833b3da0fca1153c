package org.qfpsim.controlplane.nhrp;

import java.util.function.Supplier;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.datapath.packet.IpAddress;

/** The lines of {@code debug nhrp}; made only if somebody looks. */
final class NhrpDebug {
    private final EventLog log;
    private final IpAddress peer;

    private NhrpDebug(final EventLog log, final IpAddress peer) {
        this.log = log;
        this.peer = peer;
    }

    /** A packet that was sent or received, part by part: (F)ixed, (M)andatory, (C)lient information. */
    static void packet(final EventLog log, final String verb, final NhrpTunnel tunnel, final IpAddress nbma, final NhrpPacket packet,
                       final int size) {
        final NhrpDebug debug = new NhrpDebug(log, nbma);
        debug.line(() -> "NHRP: " + verb + " " + NhrpNames.kind(packet.kind()) + " via " + tunnel.name() + " vrf 0, packet size: " + size);
        debug.line(() -> " (F) afn: " + (tunnel.source().v6() ? "AF_IP6(2)" : "AF_IP(1)") + ", type: "
            + (packet.v6() ? "IPV6(86DD)" : "IP(800)") + ", hop: " + packet.hops() + ", ver: 1");
        debug.line(() -> "     pktsz: " + size + " extoff: "
            + (packet.extensions().isEmpty() ? 0 : NhrpEncoder.extensionOffset(packet)));
        debug.line(() -> packet.kind() == NhrpPacket.Kind.ERROR_INDICATION
            ? " (M) error code: " + NhrpNames.error(packet.errorCode()) + ", offset: " + packet.errorOffset()
            : " (M) flags: \"" + NhrpNames.flags(packet) + "\", reqid: " + Integer.toUnsignedString(packet.requestId()));
        debug.line(() -> "     src NBMA: " + packet.sourceNbma());
        debug.line(() -> "     src protocol: " + packet.source() + ", dst protocol: " + packet.destination());
        for (int i = 0; i < packet.cies().size(); i++) {
            final NhrpCie cie = packet.cies().get(i);
            final int number = i + 1;
            debug.line(() -> " (C-" + number + ") code: " + NhrpNames.code(cie.code()));
            debug.line(() -> "       prefix: " + cie.prefixLength() + ", mtu: " + cie.mtu() + ", hd_time: " + cie.holdingTime());
            if (cie.nbma() != null) {
                debug.line(() -> "       client NBMA: " + cie.nbma());
            }
            if (cie.protocol() != null) {
                debug.line(() -> "       client protocol: " + cie.protocol());
            }
        }
    }

    /** What happened to an entry of the cache. */
    static void cache(final EventLog log, final NhrpTunnel tunnel, final String what, final NhrpEntry entry) {
        final IpAddress nbma = entry.nbma;
        log.debug(Debug.NHRP, nbma, () -> "NHRP: " + tunnel.name() + ": Cache " + what + " for target " + entry.key.protocol() + "/"
            + entry.key.protocol().bits() + " next-hop " + entry.via + (nbma == null ? "" : " NBMA " + nbma));
    }

    private void line(final Supplier<String> text) {
        log.debug(Debug.NHRP, peer, text);
    }
}
