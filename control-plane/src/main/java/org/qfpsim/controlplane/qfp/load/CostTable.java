package org.qfpsim.controlplane.qfp.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qfpsim.datapath.counters.Cost;
import org.qfpsim.datapath.counters.CostLook;

/** {@code show qfp-sim cost}: what features and engines take, sampled. Also for reports and JSON. */
public final class CostTable {
    private static final String ROW = "%-30s %10s %12s %12s %10s %8s%n";
    private static final double PERCENT = 100;

    private CostTable() {
    }

    /**
     * The table.
     *
     * @param look at the costs.
     * @return the text.
     */
    public static String text(final CostLook look) {
        final StringBuilder text = new StringBuilder("""
            Nanoseconds of this machine's clock, in batches sampled at random; measured, whatever time the router lives in.
            """);
        final List<CostLook.Row> rows = look.rows();
        if (rows.isEmpty()) {
            return text.append("No batch has been sampled yet.\n").toString();
        }
        final double total = CostLook.total(rows);
        text.append(String.format(Locale.ROOT, "Reading the clock takes %.1f ns, and is taken off. Batches that were interrupted, and are"
            + " left out: %d.%n%n", look.clockNanos(), look.leftOut()));
        text.append(String.format(Locale.ROOT, ROW, "Feature", "Samples", "Packets", "ns/packet", "ns of all", "Percent"));
        for (final CostLook.Row row : rows) {
            text.append(String.format(Locale.ROOT, ROW, row.cost().feature(), row.intervals(), row.packets(), number(row.perPacket()),
                number(row.ofAll()), number(share(row.ofAll(), total))));
        }
        text.append(String.format(Locale.ROOT, ROW, "All", "", "", "", number(total), number(PERCENT)));
        text.append('\n').append(String.format(Locale.ROOT, ROW, "PPE", "Batches", "Packets", "ns/packet", "in gather", ""));
        for (int ppe = 0; ppe < look.ppes(); ppe++) {
            text.append(String.format(Locale.ROOT, ROW, ppe, look.batches(ppe).intervals(), look.batches(ppe).packets(),
                number(stage(look, ppe, Cost.Stage.ENGINE)), number(stage(look, ppe, Cost.Stage.GATHER)), ""));
        }
        return text.toString().replaceAll(" +(?=\n)", "");
    }

    private static double stage(final CostLook look, final int ppe, final Cost.Stage stage) {
        return CostLook.total(look.rows(ppe).stream().filter(row -> row.cost().stage() == stage).toList());
    }

    private static double share(final double part, final double total) {
        return total == 0 ? 0 : PERCENT * part / total;
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /**
     * The same for JSON.
     *
     * @param look at the costs.
     * @return maps, lists, numbers.
     */
    public static Map<String, Object> toMap(final CostLook look) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("unit", "nanoseconds of this machine's clock a packet, in sampled batches");
        map.put("batches", look.batches().intervals());
        map.put("left_out", look.leftOut());
        map.put("clock", look.clockNanos());
        map.put("total", CostLook.total(look.rows()));
        map.put("features", features(look.rows()));
        final List<Object> engines = new ArrayList<>();
        for (int ppe = 0; ppe < look.ppes(); ppe++) {
            final Map<String, Object> engine = new LinkedHashMap<>();
            engine.put("ppe", ppe);
            engine.put("batches", look.batches(ppe).intervals());
            engine.put("packets", look.batches(ppe).packets());
            engine.put("engine", stage(look, ppe, Cost.Stage.ENGINE));
            engine.put("gather", stage(look, ppe, Cost.Stage.GATHER));
            engine.put("features", features(look.rows(ppe)));
            engines.add(engine);
        }
        map.put("ppes", engines);
        return map;
    }

    private static Map<String, Object> features(final List<CostLook.Row> rows) {
        final Map<String, Object> map = new LinkedHashMap<>();
        for (final CostLook.Row row : rows) {
            final Map<String, Object> feature = new LinkedHashMap<>();
            feature.put("feature", row.cost().feature());
            feature.put("samples", row.intervals());
            feature.put("packets", row.packets());
            feature.put("per_packet", row.perPacket());
            feature.put("of_all", row.ofAll());
            map.put(row.cost().label(), feature);
        }
        return map;
    }
}
