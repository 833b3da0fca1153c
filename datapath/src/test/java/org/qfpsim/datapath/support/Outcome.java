package org.qfpsim.datapath.support;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.report.DropReport;
import org.qfpsim.datapath.sa.InboundSa;

/**
 * All that must not depend on how many engines worked, in what batches, on which threads or with which crypto library.
 *
 * @param events   the verdicts in the order in which they became final.
 * @param counters every counter that is not 0, but for those that tell of the work itself.
 * @param report   the drop report.
 * @param tops     the highest sequence number of each SA, with its counters.
 * @param sent     what left, in order: lengths and hashes.
 */
public record Outcome(List<Event> events, Map<String, Long> counters, List<DropReport.Row> report, List<List<Long>> tops,
                      List<List<Integer>> sent) {
    /** Looks at a pipeline at rest. */
    public static Outcome of(final PipelineFixture fixture) {
        return new Outcome(List.copyOf(fixture.recorder().events()), counters(fixture.counters()), fixture.pipeline().dropReport().snapshot(),
            fixture.pipeline().installer().installed().stream().filter(sa -> !sa.isFreed()).map(sa -> List.of(InboundSa.top(sa.record()),
                InboundSa.packets(sa.record()), InboundSa.octets(sa.record()), InboundSa.replayDrops(sa.record()),
                InboundSa.icvDrops(sa.record()))).toList(),
            fixture.recorder().sent().stream().map(packet -> List.of(packet.length, Arrays.hashCode(packet))).toList());
    }

    private static Map<String, Long> counters(final CounterReader reader) {
        final Map<String, Long> counters = new LinkedHashMap<>();
        for (final Total total : Total.values()) {
            if (total != Total.BATCHES && total != Total.ESP_REOPENED) {
                counters.put(total.label(), reader.total(total));
            }
        }
        for (final GlobalDrop drop : GlobalDrop.values()) {
            counters.put(drop.name(), reader.globalPackets(drop.id()));
            counters.put(drop.name() + " octets", reader.globalOctets(drop.id()));
        }
        for (final IpsecDrop drop : IpsecDrop.values()) {
            counters.put(drop.name(), reader.ipsecPackets(drop.id()));
        }
        for (final PuntCause cause : PuntCause.values()) {
            counters.put("punt received " + cause, reader.puntReceived(cause.id()));
            counters.put("punt transmitted " + cause, reader.puntTransmitted(cause.id()));
        }
        counters.values().removeIf(value -> value == 0);
        return counters;
    }
}
