package org.qfpsim.controlplane.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.exec.ProcessTimes.Process;
import org.qfpsim.controlplane.platform.Machine;

class ProcessTimesTest {
    private static final long MILLI = 1_000_000;

    @Test
    void shouldMultiplyWhereTimeIsVirtual() {
        final ProcessTimes times = new ProcessTimes(Machine.modelled(2 * MILLI));
        for (int i = 0; i < 12; i++) {
            times.begin();
            assertThat(times.did(Process.TIMERS, 25)).isEqualTo(25);
            times.did(Process.PACKETS, 0);
            times.sample();
        }
        assertThat(times.invoked(Process.TIMERS)).isEqualTo(300);
        assertThat(times.nanos(Process.TIMERS)).isEqualTo(600 * MILLI);
        assertThat(times.percent(Process.TIMERS, 5)).isEqualTo(1);
        assertThat(times.percent(60)).isEqualTo(1);
        assertThat(times.percent(Process.PACKETS, 60)).isZero();
    }

    @Test
    void shouldMeasureWhereTimeIsReal() {
        final AtomicLong clock = new AtomicLong();
        final ProcessTimes times = new ProcessTimes(Machine.measured(clock::get, () -> 0));
        times.begin();
        clock.addAndGet(3 * MILLI);
        times.did(Process.TIMERS, 1);
        clock.addAndGet(500 * MILLI);
        times.did(Process.PACKETS, 7);
        clock.addAndGet(9 * MILLI);
        times.did(Process.TERMINALS, 0);
        times.sample();
        assertThat(times.nanos(Process.TIMERS)).isEqualTo(3 * MILLI);
        assertThat(times.nanos(Process.PACKETS)).isEqualTo(500 * MILLI);
        assertThat(times.nanos(Process.TERMINALS)).as("found nothing to do").isZero();
        assertThat(times.percent(Process.PACKETS, 60)).isEqualTo(10);
    }
}
