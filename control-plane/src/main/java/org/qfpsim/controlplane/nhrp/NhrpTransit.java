package org.qfpsim.controlplane.nhrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/** Passes packets on that are for another station, and writes into them that it has (RFC 2332 sections 5.1, 5.3.2, 5.3.3). */
final class NhrpTransit {
    private final NhrpWire wire;

    NhrpTransit(final NhrpWire wire) {
        this.wire = wire;
    }

    /**
     * Passes a packet on.
     *
     * @param received the packet.
     * @param nbma     outer address of the next station.
     */
    void pass(final NhrpReceived received, final IpAddress nbma) {
        final NhrpPacket packet = received.packet();
        if (packet.hops() == 0) {
            wire.error(received, NhrpNames.ERROR_HOPS, 9);
            return;
        }
        final int record = packet.kind().isReply() ? NhrpExtension.REVERSE_RECORD : NhrpExtension.FORWARD_RECORD;
        final List<NhrpExtension> extensions = new ArrayList<>();
        int offset = NhrpEncoder.extensionOffset(packet);
        for (final NhrpExtension extension : packet.extensions()) {
            final NhrpExtension next = extension.type() == record ? recorded(received, extension) : extension;
            if (next == null) {
                wire.error(received, NhrpNames.ERROR_LOOP, offset);
                return;
            }
            // The tunnel's authentication is put in again when the packet is sent.
            if (next.type() != NhrpExtension.AUTHENTICATION) {
                extensions.add(next);
            }
            offset += extension.bytes();
        }
        wire.counted(NhrpCounter.FORWARDED);
        wire.send(received.tunnel(), nbma, packet.passedOn(extensions));
    }

    /** A record with us in it; null if we are in it already, or it is full. */
    private static @Nullable NhrpExtension recorded(final NhrpReceived received, final NhrpExtension extension) {
        final NhrpTunnel tunnel = received.tunnel();
        final IpAddress own = tunnel.own(received.packet().v6());
        final Optional<List<NhrpCie>> passed = NhrpDecoder.entries(extension.value(), tunnel.source().bits() >> 3,
            received.packet().source().bits() >> 3);
        if (own == null || passed.isEmpty() || passed.get().size() >= NhrpDecoder.MAX_CIES
            || passed.get().stream().anyMatch(cie -> tunnel.source().equals(cie.nbma()))) {
            return null;
        }
        final List<NhrpCie> next = new ArrayList<>(passed.get());
        next.add(tunnel.self(own));
        return new NhrpExtension(extension.compulsory(), extension.type(), NhrpEncoder.entries(next));
    }
}
