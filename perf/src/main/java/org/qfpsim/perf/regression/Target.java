package org.qfpsim.perf.regression;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.perf.probe.Suite;
import org.qfpsim.perf.side.BuildStore;
import org.qfpsim.perf.side.Processor;
import org.qfpsim.sim.InputException;
import picocli.CommandLine.Option;

/** The options that say what is measured, and where. */
final class Target {
    private static final int MOST_PROCESSORS = 4096;

    @Option(names = "--suite", paramLabel = "NAME", defaultValue = "path",
        description = "What is measured: path or quick (default: ${DEFAULT-VALUE}).")
    private String suite = "path";

    @Option(names = "--crypto", paramLabel = "NAME", description = "ipsec-mb, libcrypto or jce (default: the best one here).")
    private @Nullable String crypto;

    @Option(names = "--cpu", paramLabel = "N",
        description = "Pin the measuring processes to this processor; -1 pins nothing (default: the last one).")
    private @Nullable Integer cpu;

    @Option(names = "--cache", paramLabel = "DIR", description = "Where builds of commits are kept (default: ~/.cache/qfp-sim/builds).")
    private @Nullable Path cache;

    Target() {
    }

    /** Refuses what cannot be measured. */
    void check() {
        if (!Suite.labels().contains(suite)) {
            throw new InputException("perf: --suite " + suite + " is not one of " + String.join(", ", Suite.labels()));
        }
        if (crypto != null && !CryptoBackends.available().contains(crypto)) {
            throw new InputException("perf: --crypto " + crypto + " is not one of those that work here: "
                + String.join(", ", CryptoBackends.available()));
        }
        if (cpu != null && (cpu < -1 || cpu >= MOST_PROCESSORS)) {
            throw new InputException("perf: --cpu " + cpu + " is not a processor; -1 pins nothing");
        }
    }

    String suite() {
        return suite;
    }

    String backend() {
        return crypto == null ? CryptoBackends.available().getFirst() : crypto;
    }

    /** Where builds come from, their probes with more arguments behind suite and library. */
    Sides sides(final PrintWriter err, final String... more) {
        return new Sides(cache == null ? BuildStore.home() : cache, err,
            Stream.concat(Stream.of(suite, backend()), Stream.of(more)).toArray(String[]::new));
    }

    int processor() {
        return cpu == null ? Processor.last() : cpu;
    }

    /** What is measured and where, for a line. */
    String describe() {
        final int processor = processor();
        return String.format("suite %s, AES-128-GCM, %s, %s", suite, backend(),
            processor < 0 ? "not pinned" : "pinned to processor " + processor);
    }
}
