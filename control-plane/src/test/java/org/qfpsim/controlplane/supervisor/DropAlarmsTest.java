package org.qfpsim.controlplane.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.config.model.PlatformConfig;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.packet.IpAddress;

/** Alarms ring when the rate of a minute is above the threshold, say so again, and say when it is over. */
class DropAlarmsTest {
    private final Timers timers = new Timers();
    private final CounterStore store = CounterStore.inMemory(1);
    private final List<String> messages = new ArrayList<>();
    private final DropAlarms alarms = new DropAlarms(timers, new EventLog() {
        @Override
        public void message(final String facility, final int severity, final String mnemonic, final String text) {
            messages.add("%" + facility + "-" + severity + "-" + mnemonic + ": " + text);
        }

        @Override
        public void debug(final Debug category, final @Nullable IpAddress peer, final Supplier<String> line) {
            throw new AssertionError("no debug line");
        }
    }, store.reader());

    @AfterEach
    void close() {
        store.close();
    }

    private void configure(final Map<Integer, Integer> perCause, final @Nullable Integer total) {
        alarms.configure(new PlatformConfig(perCause, total, Map.of(), Map.of()));
    }

    /** A minute in which so many packets are dropped. */
    private void minute(final GlobalDrop cause, final int packets) {
        for (int i = 0; i < packets; i++) {
            store.ppe(0).dropGlobal(cause.id(), 1, 100);
        }
        timers.advance(timers.nanos() + DropAlarms.INTERVAL);
    }

    @Test
    void shouldRingAboveTheThresholdOnly() {
        minute(GlobalDrop.IPV4_NO_ROUTE, 100_000);
        configure(Map.of(19, 30), null);
        minute(GlobalDrop.IPV4_NO_ROUTE, 30 * 60);
        minute(GlobalDrop.IPV4_NO_ADJ, 100 * 60);
        assertThat(messages).as("what was before does not count, nor what is on the line, nor another cause").isEmpty();
        minute(GlobalDrop.IPV4_NO_ROUTE, 30 * 60 + 1);
        assertThat(messages).containsExactly(
            "%IOSXE_QFP-4-DROP_EXCEED: Slot: 0, QFP:0, Drop 19 (Ipv4NoRoute) 30 pps exceeds the setting threshold 30 pps.");
    }

    @Test
    void shouldRingEachMinuteAndBeReadyAgain() {
        configure(Map.of(), 10);
        minute(GlobalDrop.IPV4_NO_ROUTE, 20 * 60);
        minute(GlobalDrop.IPV4_NO_ADJ, 30 * 60);
        minute(GlobalDrop.IPV4_NO_ADJ, 60);
        minute(GlobalDrop.IPV4_NO_ADJ, 0);
        minute(GlobalDrop.IPV4_NO_ADJ, 11 * 60);
        assertThat(messages).containsExactly(
            "%IOSXE_QFP-4-DROP_EXCEED: Slot: 0, QFP:0, Total drops 20 pps exceeds the setting threshold 10 pps.",
            "%IOSXE_QFP-4-DROP_EXCEED: Slot: 0, QFP:0, Total drops 30 pps exceeds the setting threshold 10 pps.",
            "%IOSXE_QFP-4-DROP_RECOVER: Slot: 0, QFP:0, Total drops 1 pps recovered.",
            "%IOSXE_QFP-4-DROP_EXCEED: Slot: 0, QFP:0, Total drops 11 pps exceeds the setting threshold 10 pps.");
    }

    @Test
    void shouldStopWithItsConfiguration() {
        configure(Map.of(19, 30), null);
        assertThat(timers.next()).isEqualTo(DropAlarms.INTERVAL);
        configure(Map.of(), null);
        assertThat(timers.next()).as("a router without thresholds sleeps").isEqualTo(Long.MAX_VALUE);
        minute(GlobalDrop.IPV4_NO_ROUTE, 10_000);
        configure(Map.of(19, 30), null);
        minute(GlobalDrop.IPV4_NO_ROUTE, 60);
        assertThat(messages).isEmpty();
    }
}
