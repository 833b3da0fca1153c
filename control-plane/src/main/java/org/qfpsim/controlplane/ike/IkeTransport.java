package org.qfpsim.controlplane.ike;

/** Sends IKE messages as UDP datagrams. */
@FunctionalInterface
public interface IkeTransport {
    /**
     * Sends one message.
     *
     * @param path    where to; the transport adds the non-ESP marker when {@link IkePath#marked}.
     * @param message from the initiator's cookie or SPI to the end; one octet 0xff is a NAT-T keepalive and gets no marker.
     */
    void send(IkePath path, byte[] message);
}
