package org.qfpsim.controlplane.kmi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.kmi.EventTraces.Source;
import org.qfpsim.controlplane.time.Timers;

class EventTracesTest {
    private final Timers timers = new Timers();
    private final EventTraces traces = new EventTraces(timers);

    @Test
    void shouldForgetTheOldestFirst() {
        for (int i = 0; i < 3 * EventTraces.ROOM; i++) {
            timers.advance(i);
            final String text = "event " + i;
            traces.add(Source.IPSEC, () -> text);
        }
        assertThat(traces.read(Source.IPSEC, false)).hasSize(EventTraces.ROOM).first()
            .satisfies(event -> assertThat(event.text()).isEqualTo("event " + 2 * EventTraces.ROOM))
            .satisfies(event -> assertThat(event.nanos()).isEqualTo(2L * EventTraces.ROOM));
        assertThat(traces.read(Source.ISAKMP, false)).isEmpty();
    }

    @Test
    void shouldTellTheLatestOfEachSourceOnce() {
        traces.add(Source.IPSEC, () -> "a");
        traces.add(Source.IKEV2, () -> "b");
        assertThat(traces.read(Source.IPSEC, true)).extracting(EventTraces.Event::text).containsExactly("a");
        assertThat(traces.read(Source.IPSEC, true)).isEmpty();
        traces.add(Source.IPSEC, () -> "c");
        assertThat(traces.read(Source.IPSEC, true)).extracting(EventTraces.Event::text).containsExactly("c");
        assertThat(traces.read(Source.IPSEC, false)).extracting(EventTraces.Event::text).containsExactly("a", "c");
        assertThat(traces.read(Source.IKEV2, true)).extracting(EventTraces.Event::text).containsExactly("b");
    }
}
