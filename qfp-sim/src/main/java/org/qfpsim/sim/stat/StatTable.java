package org.qfpsim.sim.stat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.qfpsim.controlplane.live.CounterLook;
import org.qfpsim.controlplane.qfp.load.CostTable;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;

/**
 * One look at the counters, copied out.
 *
 * @param pid      the router's process.
 * @param inFlight received and not decided yet.
 * @param totals   by label.
 * @param global   packets of the global drops that occurred, by name.
 * @param ipsec    packets of the IPsec types that occurred, by number and name.
 * @param ppes     totals of each engine, by label.
 * @param costs    what was sampled of the cost of features.
 */
record StatTable(long pid, long inFlight, Map<String, Long> totals, Map<String, Long> global, Map<String, Long> ipsec,
                 List<Map<String, Long>> ppes, CostLook costs) {
    private static final List<String> ROWS = List.of("received", "forwarded", "dropped", "punted", "consumed");

    static StatTable read(final CounterReader counters, final EngineToken token) {
        final CounterLook look = CounterLook.read(counters);
        final Map<String, Long> global = new LinkedHashMap<>();
        look.global().forEach((id, drops) -> global.put(Objects.requireNonNull(GlobalDrop.byId(id)).cliName(), drops.packets()));
        final Map<String, Long> ipsec = new LinkedHashMap<>();
        look.ipsec().forEach((id, packets) -> ipsec.put(id + " " + Objects.requireNonNull(IpsecDrop.byId(id)).name(token), packets));
        final Map<String, Long> totals = new LinkedHashMap<>();
        ROWS.forEach(row -> totals.put(row, look.total(row)));
        return new StatTable(counters.pid(), look.inFlight(), totals, global, ipsec, look.engines(), look.costs());
    }

    /** For JSON, in the form of the reports of runs and replays as far as it goes. */
    Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("pid", pid);
        map.put("source", "measured");
        map.put("totals", totals);
        map.put("in_flight", inFlight);
        final Map<String, Object> globalRows = new LinkedHashMap<>();
        global.forEach((name, packets) -> globalRows.put(name, Map.of("packets", packets)));
        map.put("global_drops", globalRows);
        map.put("ipsec_drops", ipsecRows());
        map.put("ppes", ppes);
        map.put("cost", CostTable.toMap(costs));
        return map;
    }

    /** By type number, which stands in front of the name. */
    private Map<String, Object> ipsecRows() {
        final Map<String, Object> rows = new LinkedHashMap<>();
        ipsec.forEach((row, packets) -> {
            final int blank = row.indexOf(' ');
            final Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", row.substring(blank + 1));
            fields.put("packets", packets);
            rows.put(row.substring(0, blank), fields);
        });
        return rows;
    }

    /**
     * For people.
     *
     * @param before  an earlier look, for the rates; the same look means none.
     * @param seconds between the two.
     */
    List<String> lines(final StatTable before, final double seconds) {
        final List<String> lines = new ArrayList<>();
        lines.add("process %d, %d PPE, %,d packets in flight".formatted(pid, ppes.size(), inFlight));
        lines.add("%-44s%20s%14s".formatted("", "Packets", "a second"));
        for (final String name : ROWS) {
            lines.add(row(name, totals.getOrDefault(name, 0L), before.totals.getOrDefault(name, 0L), seconds));
        }
        section(lines, "Global drops", global, before.global, seconds);
        section(lines, "IPsec drops", ipsec, before.ipsec, seconds);
        lines.add("");
        lines.add("%-8s%18s%18s%18s%18s".formatted("PPE", "forwarded", "dropped", "punted", "consumed"));
        for (int i = 0; i < ppes.size(); i++) {
            final Map<String, Long> ppe = ppes.get(i);
            lines.add("%-8d%18d%18d%18d%18d".formatted(i, ppe.get("forwarded"), ppe.get("dropped"), ppe.get("punted"),
                ppe.get("consumed")));
        }
        lines.add("");
        CostTable.text(costs).lines().forEach(lines::add);
        return lines;
    }

    private static void section(final List<String> lines, final String title, final Map<String, Long> now, final Map<String, Long> before,
                                final double seconds) {
        if (!now.isEmpty()) {
            lines.add("");
            lines.add(title);
            now.forEach((name, packets) -> lines.add(row("  " + name, packets, before.getOrDefault(name, 0L), seconds)));
        }
    }

    private static String row(final String name, final long now, final long before, final double seconds) {
        return "%-44s%20d%14s".formatted(name, now, seconds == 0 ? "" : "%.0f".formatted((now - before) / seconds));
    }
}
