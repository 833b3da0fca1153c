package org.qfpsim.sim.scenario;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.qfpsim.sim.net.host.StreamSpec;

/**
 * How far from what was expected a number may be. With a virtual clock: not at all. With a real one everything may come late, by the
 * scenario's tolerance: a time may be off by it, a number of packets of a stream by what the stream sends in it, any other number by what
 * all streams send in it, and a number of log lines by one. What must not happen at all must not happen with a real clock either. An
 * expectation's own slack goes before all this.
 */
final class Tolerance {
    private static final double NANOS_A_SECOND = 1e9;

    private final boolean realClock;
    private final long nanos;
    private final Map<String, StreamSpec> streams;

    Tolerance(final Scenario scenario, final boolean realClock) {
        this.realClock = realClock;
        nanos = scenario.toleranceNanos();
        streams = scenario.streams().stream().map(Scenario.StreamPlan::spec)
            .collect(Collectors.toMap(StreamSpec::name, Function.identity()));
    }

    /** How much more or less an expectation accepts; in its own unit. */
    long of(final Expectation expectation) {
        final Expectation.Range range = expectation.range();
        if (!realClock) {
            return 0;
        }
        if (range.slack() != Expectation.Range.BY_RULE) {
            return range.slack();
        }
        if (range.max() == 0) {
            return 0;
        }
        if (range.time()) {
            return nanos;
        }
        return switch (expectation.subject()) {
            case final Expectation.OfStream stream -> packets(Objects.requireNonNull(streams.get(stream.stream())).rate());
            case Expectation.Counter _, Expectation.OfLink _ -> packets(streams.values().stream().mapToLong(StreamSpec::rate).sum());
            case Expectation.LogLines _ -> 1;
            case Expectation.Output _ -> 0;
        };
    }

    private long packets(final long rate) {
        return (long) Math.ceil(rate * nanos / NANOS_A_SECOND);
    }
}
