package org.qfpsim.controlplane.router;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.IkeTransport;

/**
 * Between IKE and IP packets: UDP 500 and 4500, the non-ESP marker (RFC 3948 section 2.2), and which version a message is of (the major
 * version is in the same place in both, RFC 2408 section 3.1 and RFC 7296 section 3.1).
 */
final class IkeWire implements IkeTransport {
    private static final int MARKER = 4;
    private static final int VERSION_AT = 17;

    private final Consumer<byte[]> output;
    private int identification;
    private long unknown;

    IkeWire(final Consumer<byte[]> output) {
        this.output = output;
    }

    @Override
    public void send(final IkePath path, final byte[] message) {
        byte[] payload = message;
        if (path.marked() && message.length > 1) {
            payload = new byte[MARKER + message.length];
            System.arraycopy(message, 0, payload, MARKER, message.length);
        }
        output.accept(new UdpPacket(path.local(), path.localPort(), path.remote(), path.remotePort(), payload)
            .octets(identification++ & 0xffff, UdpPacket.NETWORK_CONTROL));
    }

    /** Hands a datagram to the version that it is of; counts what is none of ours. */
    void receive(final UdpPacket packet, final List<IkeService> services) {
        final IkePath path = new IkePath(packet.destination(), packet.destinationPort(), packet.source(), packet.sourcePort());
        byte[] message = packet.payload();
        if (path.localPort() == IkePath.NAT_PORT) {
            final boolean marked = message.length >= MARKER && message[0] == 0 && message[1] == 0 && message[2] == 0 && message[3] == 0;
            message = marked ? Arrays.copyOfRange(message, MARKER, message.length) : new byte[0];
        } else if (path.localPort() != IkePath.IKE_PORT) {
            message = new byte[0];
        }
        final int version = message.length > VERSION_AT ? message[VERSION_AT] >> 4 & 15 : 0;
        for (final IkeService service : services) {
            if (service.version() == version) {
                service.receive(path, message);
                return;
            }
        }
        unknown++;
    }

    /** Datagrams that were no IKE message of a version that is here. */
    long unknown() {
        return unknown;
    }
}
