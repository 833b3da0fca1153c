package org.qfpsim.sim.throughput.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.sim.throughput.experiment.PointResult;
import org.qfpsim.sim.throughput.load.Device;

/** What each feature took of a packet's time: a bar for each point, and the numbers. From the facts alone, as they are in JSON. */
final class CostReport {
    /** A point's features by name, nanoseconds for each packet. */
    private record Bar(String label, Map<String, Double> parts, double total, Number batches) {
    }

    private CostReport() {
    }

    static void html(final List<PointResult> points, final StringBuilder out) {
        final List<Bar> bars = new ArrayList<>();
        for (final PointResult point : points) {
            if (point.facts().get(Device.COST) instanceof final Map<?, ?> cost && cost.get("features") instanceof final Map<?, ?> features
                && !features.isEmpty()) {
                bars.add(bar(point.point().label(), cost, features));
            }
        }
        if (bars.isEmpty()) {
            return;
        }
        HtmlReport.tag(out, "h2", "Where the time goes");
        HtmlReport.tag(out, "p", "Nanoseconds a packet by feature, sampled in one batch of " + PipelineConfig.COST_INTERVAL
            + " at random, in all trials; of all threads together. Waiting for packets, and what is between the stages, is not in it.");
        final StackedBars plot = new StackedBars("ns a packet");
        bars.forEach(bar -> plot.add(bar.label, bar.parts));
        out.append(plot.svg()).append('\n');
        HtmlReport.table(out, rows(bars));
    }

    private static Bar bar(final String label, final Map<?, ?> cost, final Map<?, ?> features) {
        final Map<String, Double> parts = new LinkedHashMap<>();
        features.forEach((key, value) -> {
            if (value instanceof final Map<?, ?> feature && feature.get("of_all") instanceof final Number nanos) {
                parts.put(String.valueOf(feature.get("feature")), nanos.doubleValue());
            }
        });
        final Number batches = cost.get("batches") instanceof final Number count ? count : 0;
        return new Bar(label, parts, parts.values().stream().mapToDouble(Double::doubleValue).sum(), batches);
    }

    private static List<List<String>> rows(final List<Bar> bars) {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("point", "feature", "ns a packet", "%"));
        for (final Bar bar : bars) {
            bar.parts.forEach((feature, nanos) -> rows.add(List.of(bar.label, feature, "%.1f".formatted(nanos),
                "%.1f".formatted(100 * nanos / Math.max(bar.total, 1e-9)))));
            rows.add(List.of(bar.label, "all, of %s batches".formatted(bar.batches), "%.1f".formatted(bar.total), "100.0"));
        }
        return rows;
    }
}
