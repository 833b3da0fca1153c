package org.qfpsim.controlplane.qfp.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.counters.Cost;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.counters.CostSum;

class CostTableTest {
    /** Two engines, of which the second was interrupted once; a clock of 25 ns, and features of round numbers behind it. */
    private static final CostLook LOOK = new CostLook(List.of(
        Map.of(Cost.DISPATCH_CLOCK, sum(2, 0, 128), Cost.DISPATCH, sum(2, 128 * 12, 128)),
        Map.of(Cost.ENGINE_CLOCK, sum(1, 0, 64), Cost.INPUT, sum(1, 64 * 8, 64), Cost.DECRYPT, sum(1, 32 * 40, 32),
            Cost.GATHER_CLOCK, sum(4, 0, 64), Cost.OUTPUT, sum(4, 32 * 4, 32), Cost.DROP, sum(4, 32 * 20, 32)),
        Map.of(Cost.ENGINE_CLOCK, new CostSum(25, 64, 1, 1), Cost.INPUT, sum(1, 64 * 12, 64), Cost.DECRYPT, sum(1, 32 * 44, 32))));

    private static CostSum sum(final int intervals, final long own, final int packets) {
        return new CostSum(own + 25L * intervals, packets, intervals, 0);
    }

    @Test
    void shouldTakeTheClockOffAndAddUp() {
        assertThat(CostTable.text(LOOK)).isEqualTo("""
            Nanoseconds of this machine's clock, in batches sampled at random; measured, whatever time the router lives in.
            Reading the clock takes 25.0 ns, and is taken off. Batches that were interrupted, and are left out: 1.

            Feature                           Samples      Packets    ns/packet  ns of all  Percent
            DISPATCH                                2          128         12.0       12.0     21.8
            IP_INPUT_CLASSIFY                       2          128         10.0       10.0     18.2
            IPSEC_INPUT_DECRYPT                     2           64         42.0       21.0     38.2
            OUTPUT_HANDOVER                         4           32          4.0        2.0      3.6
            DROP_OR_CONSUME                         4           32         20.0       10.0     18.2
            All                                                                       55.0    100.0

            PPE                               Batches      Packets    ns/packet  in gather
            0                                       1           64         28.0       12.0
            1                                       1           64         34.0        0.0
            """);
    }

    @Test
    void shouldSayTheSameInJson() {
        final Map<String, Object> map = CostTable.toMap(LOOK);
        assertThat(map).containsEntry("batches", 2L).containsEntry("left_out", 1L).containsEntry("clock", 25.0);
        assertThat(map.get("features")).asInstanceOf(InstanceOfAssertFactories.MAP)
            .containsOnlyKeys("dispatch", "input", "decrypt", "output", "drop");
    }

    @Test
    void shouldSayThatNothingWasSampled() {
        assertThat(CostTable.text(CostLook.NOTHING)).endsWith("\nNo batch has been sampled yet.\n");
        assertThat(CostTable.toMap(CostLook.NOTHING)).containsEntry("batches", 0L).containsEntry("total", 0.0);
    }
}
