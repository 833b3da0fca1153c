package org.qfpsim.perf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.probe.Metric;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.ProbeProcess;
import org.qfpsim.perf.side.Processor;

/** Opens rows where they are to be measured, and ends them together. */
final class Meters implements AutoCloseable {
    private final @Nullable Function<String, Build> apart;
    private final Map<String, ProbeProcess> processes = new LinkedHashMap<>();
    private final List<Metric> here = new ArrayList<>();

    /**
     * Opens nothing yet.
     *
     * @param apart makes the program of a process from {@link PathCell#process}; null to measure all rows in this process.
     */
    Meters(final @Nullable Function<String, Build> apart) {
        this.apart = apart;
    }

    Meter open(final PathCell cell) {
        final String process = cell.process();
        if (apart == null || process == null) {
            final Metric metric = new Metric(cell.opener().get());
            here.add(metric);
            return new Meter.Here(metric);
        }
        final ProbeProcess opened = processes.computeIfAbsent(process, name -> new ProbeProcess(apart.apply(name), Processor.ANY));
        return new Meter.Apart(opened, opened.metrics().indexOf(cell.name()));
    }

    /** Checks that every packet met its end. */
    void end() {
        processes.values().forEach(ProbeProcess::end);
        close();
    }

    @Override
    public void close() {
        processes.values().forEach(ProbeProcess::close);
        processes.clear();
        here.forEach(Metric::close);
        here.clear();
    }
}
