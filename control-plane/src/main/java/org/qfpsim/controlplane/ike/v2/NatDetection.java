package org.qfpsim.controlplane.ike.v2;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.crypto.IkeHash;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Finds NATs (RFC 7296 section 2.23): each end sends hashes of the addresses and ports that it believes in; what arrives tells otherwise
 * if somebody has changed them.
 *
 * @param local  whether we are behind a NAT.
 * @param remote whether the peer is.
 */
record NatDetection(boolean local, boolean remote) {
    private static final int HASH_OCTETS = 20;

    boolean found() {
        return local || remote;
    }

    /** The two notifies of our message. */
    static List<Payload> notifies(final long initiatorSpi, final long responderSpi, final IkePath path) {
        return List.of(
            new Payload.Notify(NotifyType.NAT_DETECTION_SOURCE_IP, hash(initiatorSpi, responderSpi, path.local(), path.localPort())),
            new Payload.Notify(NotifyType.NAT_DETECTION_DESTINATION_IP,
                hash(initiatorSpi, responderSpi, path.remote(), path.remotePort())));
    }

    /** Compares what came with the path that it came by. A peer that sends none of them does without NAT traversal. */
    static NatDetection compare(final long initiatorSpi, final long responderSpi, final IkePath path, final Payloads payloads) {
        final byte[] source = hash(initiatorSpi, responderSpi, path.remote(), path.remotePort());
        final byte[] destination = hash(initiatorSpi, responderSpi, path.local(), path.localPort());
        return new NatDetection(differs(payloads, NotifyType.NAT_DETECTION_DESTINATION_IP, destination),
            differs(payloads, NotifyType.NAT_DETECTION_SOURCE_IP, source));
    }

    private static boolean differs(final Payloads payloads, final int code, final byte[] expected) {
        final List<byte[]> hashes = payloads.all(Payload.Notify.class).stream()
            .filter(notify -> notify.code() == code && notify.data().length == HASH_OCTETS).map(Payload.Notify::data).toList();
        return !hashes.isEmpty() && hashes.stream().noneMatch(hash -> Arrays.equals(hash, expected));
    }

    private static byte[] hash(final long initiatorSpi, final long responderSpi, final IpAddress address, final int port) {
        final byte[] spis = ByteBuffer.allocate(2 * Long.BYTES).putLong(initiatorSpi).putLong(responderSpi).array();
        return IkeHash.SHA1.digest(spis, address.octets(), new byte[] {(byte) (port >> 8), (byte) port});
    }
}
