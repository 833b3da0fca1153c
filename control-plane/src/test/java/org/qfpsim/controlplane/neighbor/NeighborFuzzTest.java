package org.qfpsim.controlplane.neighbor;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.agrona.concurrent.UnsafeBuffer;

/** Arbitrary bytes as ARP frames and as neighbour discovery. */
class NeighborFuzzTest {
    @FuzzTest
    void fuzzDecoders(final byte[] data) {
        final UnsafeBuffer buffer = new UnsafeBuffer(data);
        ArpPacket.read(buffer, 0, data.length).ifPresent(arp -> arp.frame(arp.senderMac()));
        NeighborMessage.read(buffer, 0, data.length).ifPresent(message -> {
            if (message.mac() != null) {
                message.frame(message.mac(), message.mac());
            }
        });
    }
}
