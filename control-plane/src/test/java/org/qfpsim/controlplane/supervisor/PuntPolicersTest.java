package org.qfpsim.controlplane.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.config.model.PlatformConfig;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.route.RoutedDatapath;

/** Rates go to the datapath, and back to what they were; rows say what they are and what was counted. */
class PuntPolicersTest {
    private final CounterStore store = CounterStore.inMemory(2);
    private final List<String> told = new ArrayList<>();
    private final PuntPolicers policers = new PuntPolicers((RoutedDatapath) Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[] {RoutedDatapath.class}, (proxy, method, arguments) -> {
            told.add(method.getName() + Arrays.toString(arguments));
            return null;
        }), store.reader());

    @AfterEach
    void close() {
        store.close();
    }

    private void configure(final Map<PuntCause, Integer> normal, final Map<PuntCause, Integer> high) {
        told.clear();
        policers.configure(new PlatformConfig(Map.of(), null, normal, high));
    }

    @Test
    void shouldTellTheDatapathWhatChanges() {
        configure(Map.of(), Map.of());
        assertThat(told).as("the platform's rates are there from the start").isEmpty();
        configure(Map.of(PuntCause.FOR_US_DATA, 100), Map.of(PuntCause.FOR_US_CONTROL, 50));
        assertThat(told).containsExactly("policer[FOR_US_DATA, false, 100]", "policer[FOR_US_CONTROL, true, 50]");
        configure(Map.of(PuntCause.FOR_US_DATA, 100), Map.of());
        assertThat(told).containsExactly("policer[FOR_US_CONTROL, true, 20000]");
        configure(Map.of(PuntCause.RP_QFP_KEEPALIVE, 10), Map.of());
        assertThat(told).containsExactly("policer[FOR_US_DATA, false, 40000]", "policer[RP_QFP_KEEPALIVE, false, 10]");
        configure(Map.of(), Map.of());
        assertThat(told).as("not policed again").containsExactly("policer[RP_QFP_KEEPALIVE, false, 0]");
    }

    @Test
    void shouldSayWhatIsSetAndWhatWasCounted() {
        configure(Map.of(), Map.of(PuntCause.FOR_US_CONTROL, 50));
        for (int i = 0; i < 7; i++) {
            store.ppe(i % 2).policed(PuntCause.FOR_US_CONTROL.id(), true, i < 5);
        }
        store.ppe(0).policed(PuntCause.FOR_US_CONTROL.id(), false, true);
        assertThat(policers.row(PuntCause.FOR_US_CONTROL, true)).isEqualTo(new PuntPolicers.Row(PuntCause.FOR_US_CONTROL, true, 50, 50, 5, 2));
        assertThat(policers.row(PuntCause.FOR_US_CONTROL, false))
            .isEqualTo(new PuntPolicers.Row(PuntCause.FOR_US_CONTROL, false, 20_000, 20_000, 1, 0));
        assertThat(policers.rows()).hasSize(2 * PuntCause.COUNT).extracting(PuntPolicers.Row::cause).startsWith(PuntCause.IPV4_OPTIONS,
            PuntCause.IPV4_OPTIONS, PuntCause.LAYER2_CONTROL_AND_LEGACY);
    }
}
