package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class UdpPacketFuzzTest {
    @FuzzTest
    void shouldNeverThrow(final byte[] packet) {
        UdpPacket.parse(packet).ifPresent(read -> assertThat(read.payload().length).isLessThan(packet.length));
    }
}
