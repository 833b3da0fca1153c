package org.qfpsim.sim.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.qfpsim.sim.live.Looks.SECOND;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.live.RouterLook.Event;
import org.qfpsim.controlplane.live.RouterLook.Kind;

/** Rates, restarts, windows and events from looks. */
class HistoryTest {
    private final History history = new History();
    private final Looks looks = new Looks();

    private Point now() {
        return Objects.requireNonNull(history.now());
    }

    @Test
    void shouldMakeRatesOfTwoLooks() {
        history.add(looks.engines(2).pass(10 * SECOND).forward(1000).drop(56, 10).type(4, 10).look());
        assertThat(history.now()).isNull();
        assertThat(history.drops()).containsExactly(new DropRow("IpsecInput", 10, 0, false),
            new DropRow("4 IN_US_V4_PKT_SA_NOT_FOUND_SPI", 10, 0, true));
        history.add(looks.pass(2 * SECOND).forward(100).punt(6).drop(56, 4).type(4, 4).drop(23, 20).look());
        assertThat(now().all()).isEqualTo(new Rates(65, 50, 12, 3, 0));
        assertThat(now().engines()).containsExactly(new Rates(32.5, 25, 6, 1.5, 0), new Rates(32.5, 25, 6, 1.5, 0));
        assertThat(now().drops()).isEqualTo(Map.of("IpsecInput", 2.0, "TailDrop", 10.0));
        assertThat(now().ipsec()).isEqualTo(Map.of("4 IN_US_V4_PKT_SA_NOT_FOUND_SPI", 2.0));
        assertThat(history.drops()).extracting(DropRow::name).containsExactly("TailDrop", "IpsecInput", "4 IN_US_V4_PKT_SA_NOT_FOUND_SPI");
        // What has ended stays in the table, and has no rate.
        history.add(looks.pass(SECOND).look());
        assertThat(now().all()).isEqualTo(new Rates(0, 0, 0, 0, 0));
        assertThat(history.drops()).extracting(DropRow::rate).containsOnly(0.0);
    }

    @Test
    void shouldCountFromZeroAfterARestart() {
        history.add(looks.pass(10 * SECOND).forward(1_000_000).event(Kind.SYSLOG, 7, 5, "before").look());
        history.down();
        assertThat(history.up()).isFalse();
        looks.pass(5 * SECOND).restart();
        history.add(looks.pass(2 * SECOND).forward(10).event(Kind.SYSLOG, 1, 5, "after").look());
        assertThat(history.up()).isTrue();
        assertThat(now().all().forwarded()).isEqualTo(5);
        assertThat(now().seconds()).isEqualTo(2);
        assertThat(history.events()).extracting(Event::text).containsExactly("before", "after");
    }

    @Test
    void shouldIgnoreALookThatIsNoLater() {
        history.add(looks.pass(SECOND).look());
        history.add(looks.forward(5).look());
        assertThat(history.now()).isNull();
        history.add(looks.pass(SECOND).look());
        assertThat(now().all().forwarded()).isEqualTo(5);
    }

    @Test
    void shouldAverageOverEqualPartsOfTheWindow() {
        history.add(looks.look());
        history.add(looks.pass(4 * SECOND).forward(40).look());
        history.add(looks.pass(SECOND).forward(30).look());
        // Six parts of two seconds each, of which the last five seconds are known: 10, 10, 10, 10, 30 a second.
        final double[] series = history.series(point -> point.all().forwarded(), 6, 12 * SECOND);
        assertThat(series[0]).isNaN();
        assertThat(series[2]).isNaN();
        assertThat(series[3]).isEqualTo(10, within(1e-9));
        assertThat(series[4]).isEqualTo(10, within(1e-9));
        assertThat(series[5]).isEqualTo(20, within(1e-9));
        assertThat(new History().series(point -> 1, 2, SECOND)).containsOnly(Double.NaN);
    }

    @Test
    void shouldKeepNoMoreThanItsBounds() {
        for (int i = 0; i < History.MAX_POINTS + 50; i++) {
            history.add(looks.restart().pass(SECOND).event(Kind.SYSLOG, 1, 5, "line " + i).look());
        }
        assertThat(history.points(0)).hasSize(History.MAX_POINTS);
        assertThat(history.points(history.lastNumber() - 3)).extracting(Point::number)
            .containsExactly(history.lastNumber() - 2, history.lastNumber() - 1, history.lastNumber());
        assertThat(history.events()).hasSize(History.MAX_EVENTS);
        assertThat(history.events().getLast().text()).isEqualTo("line " + (History.MAX_POINTS + 49));
    }

    @Test
    void shouldTakeEachEventOnceAndPutRepetitionsTogether() {
        history.add(looks.pass(SECOND).event(Kind.SYSLOG, 1, 4, "line").event(Kind.IKE, 1, 6, "asks").event(Kind.IPSEC, 2, 6, "sends")
            .look());
        history.add(looks.pass(SECOND).event(Kind.IKE, 3, 6, "asks").event(Kind.IPSEC, 4, 6, "sends").event(Kind.SYSLOG, 2, 4, "line")
            .look());
        final List<Event> events = history.events();
        assertThat(events).extracting(Event::text).containsExactly("line", "asks", "sends", "line");
        assertThat(events.get(1).nanos()).isEqualTo(SECOND);
        assertThat(events.get(1).lastNanos()).isEqualTo(2 * SECOND);
        history.add(looks.pass(SECOND).look());
        assertThat(history.events()).isEqualTo(events);
    }
}
