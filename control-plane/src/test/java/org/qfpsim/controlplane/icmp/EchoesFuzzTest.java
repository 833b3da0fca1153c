package org.qfpsim.controlplane.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.controlplane.neighbor.RecordingDatapath;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.Punt;

class EchoesFuzzTest {
    @FuzzTest
    void shouldNeverThrow(final byte[] packet) {
        final int[] told = new int[1];
        final Echoes echoes = new Echoes(new RecordingDatapath(), new Timers());
        echoes.start(new Echoes.Request(IpAddress.v4(1), IpAddress.v4(2), 100, 2, false, 2_000_000_000L), (sign, nanos) -> {
            told[0]++;
            return true;
        });
        final boolean taken = echoes.punted(new Punt(PuntCause.FOR_US_DATA.id(), 0, false, 0, null, 0), new UnsafeBuffer(packet), 0,
            packet.length);
        assertThat(told[0]).isEqualTo(taken ? 1 : 0);
    }
}
