package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.feature.LinkLayer;

class FrameVectorTest {
    @Test
    void shouldRefuseToLendFramesThatTheCollectorMoves() {
        final UnsafeBuffer heap = new UnsafeBuffer(new byte[64]);
        assertThatThrownBy(() -> new FrameVector(heap, LinkLayer.ETHERNET, new int[1], new int[1], new int[1], new long[1], true))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("only frames off heap can be lent");
    }
}
