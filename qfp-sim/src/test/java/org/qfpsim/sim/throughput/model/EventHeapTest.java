package org.qfpsim.sim.throughput.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The queue of events against sorting. */
class EventHeapTest {
    private static final long SEED = 20261126;

    private record Event(double time, int number) {
    }

    @Test
    void shouldGiveEventsInOrderOfTimeThenOfArrival() {
        final Random random = new Random(SEED);
        final EventHeap heap = new EventHeap();
        final List<Event> expected = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            final Event event = new Event(random.nextInt(500), i);
            expected.add(event);
            heap.put(event.time(), event.number());
        }
        expected.sort(Comparator.comparingDouble(Event::time));
        for (final Event event : expected) {
            assertThat(heap.time()).isEqualTo(event.time());
            assertThat(heap.take()).as("seed %d", SEED).isEqualTo(event.number());
        }
        assertThat(heap.isEmpty()).isTrue();
    }
}
