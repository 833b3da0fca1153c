package org.qfpsim.sim.throughput.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    @Test
    void shouldSendBurstsAtLineRateAndKeepTheAverage() {
        // A million frames a second of 125 octets, so 100 ns each on a line of 10 Gb/s.
        final Schedule schedule = new Bursts(4, 10).schedule(1e6, 125);
        assertThat(schedule.nanos(0)).isZero();
        assertThat(schedule.nanos(3)).isEqualTo(300);
        assertThat(schedule.nanos(4)).isEqualTo(4000);
        assertThat(schedule.nanos(4_000_001)).isCloseTo(4e9 + 100, Offset.offset(0.01));
        assertThat(schedule.due(0)).isEqualTo(1);
        assertThat(schedule.due(299)).isEqualTo(3);
        assertThat(schedule.due(300)).isEqualTo(4);
        assertThat(schedule.due(3999)).isEqualTo(4);
        assertThat(schedule.due(4000)).isEqualTo(5);
    }

    @Test
    void shouldHaveNoGapsWhereTheLineIsSlowerThanTheLoad() {
        final Schedule schedule = new Bursts(4, 1).schedule(10e6, 1250);
        for (int frame = 0; frame < 20; frame++) {
            assertThat(schedule.nanos(frame)).isEqualTo(frame * 100.0);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 10, 3.7e6", "32, 10, 1e6", "7, 0.5, 123456", "256, 100, 2.5e7"})
    void shouldCountThoseWhoseTimeHasCome(final int burst, final double gigabits, final double load) {
        final Schedule schedule = new Bursts(burst, gigabits).schedule(load, 158);
        for (int frame = 0; frame < 5000; frame++) {
            final long nanos = (long) Math.ceil(schedule.nanos(frame));
            assertThat(schedule.due(nanos + 1)).as("frame %s", frame).isGreaterThan(frame);
            if (nanos > 2) {
                assertThat(schedule.due(nanos - 2)).as("frame %s", frame).isLessThanOrEqualTo(frame);
            }
        }
    }
}
