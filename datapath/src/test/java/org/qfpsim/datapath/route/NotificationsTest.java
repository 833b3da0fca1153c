package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Every event is told once, in a table that does not grow. */
class NotificationsTest {
    private static final long SEED = 0x4e4f54L;

    private final Notifications notifications = new Notifications(64);
    private final Notifications.Subject about = new Notifications.Subject();

    private void spi(final int spi, final long nanos) {
        about.spi = spi;
        about.srcLow = spi * 7L;
        notifications.count(Notification.Kind.UNKNOWN_SPI, about, nanos);
    }

    private List<Notification> drain() {
        final List<Notification> told = new ArrayList<>();
        notifications.drain(told::add, Integer.MAX_VALUE);
        return told;
    }

    @Test
    void shouldCountWhatWasNotToldYet() {
        for (int i = 0; i < 5; i++) {
            spi(1, 100 + i);
        }
        spi(2, 200);
        assertThat(drain()).extracting(Notification::spi, Notification::count, Notification::firstNanos, Notification::lastNanos)
            .containsExactly(tuple(1, 5L, 100L, 104L), tuple(2, 1L, 200L, 200L));
        assertThat(drain()).isEmpty();
        spi(1, 300);
        assertThat(drain()).singleElement().satisfies(again -> {
            assertThat(again.count()).isEqualTo(1);
            assertThat(again.firstNanos()).isEqualTo(100);
        });
    }

    @Test
    void shouldCountAFloodInOneRowWhenThereIsNoRoom() {
        final Random random = new Random(SEED);
        long told = 0;
        for (int i = 0; i < 100_000; i++) {
            spi(random.nextInt(), i);
            if (i % 10_000 == 0) {
                told += drain().stream().mapToLong(Notification::count).sum();
            }
        }
        final List<Notification> last = drain();
        assertThat(last).hasSizeBetween(2, 65).filteredOn(notification -> notification.kind() == Notification.Kind.OVERFLOW).hasSize(1);
        assertThat(told + last.stream().mapToLong(Notification::count).sum()).isEqualTo(100_000);
    }

    @RepeatedTest(40)
    void shouldTellEveryEventOnceWhateverTheThreadsDo() throws InterruptedException {
        final AtomicBoolean done = new AtomicBoolean();
        final Map<Integer, Long> told = new HashMap<>();
        final Thread control = new Thread(() -> {
            boolean last;
            do {
                last = done.get();
                notifications.drain(n -> told.merge(n.kind() == Notification.Kind.OVERFLOW ? -1 : n.spi(), n.count(), Long::sum), 100);
                Thread.onSpinWait();
            } while (!last);
        });
        control.start();
        final Random random = new Random(SEED);
        for (int i = 0; i < 300_000; i++) {
            spi(random.nextInt(200), i);
        }
        done.set(true);
        control.join();
        drain().forEach(n -> told.merge(n.spi(), n.count(), Long::sum));
        assertThat(told.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(300_000);
    }
}
