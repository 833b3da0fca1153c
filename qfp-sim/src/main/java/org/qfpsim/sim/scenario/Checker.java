package org.qfpsim.sim.scenario;

import java.util.OptionalLong;
import java.util.function.Function;
import org.qfpsim.sim.net.Node;

/** Finds out whether an expectation holds. One thread. */
final class Checker {
    private final World world;
    private final Tolerance tolerance;
    private final LogCounts logCounts;

    Checker(final World world, final Tolerance tolerance, final LogCounts logCounts) {
        this.world = world;
        this.tolerance = tolerance;
        this.logCounts = logCounts;
    }

    /** Looks at it now. */
    ScenarioResult.Check check(final Expectation expectation) {
        return switch (expectation.subject()) {
            case final Expectation.Counter counter -> {
                final Node node = world.node(counter.node());
                final OptionalLong value = world.network().with(node, () -> node.counter(counter.counter()));
                yield value.isPresent() ? number(expectation, value.getAsLong())
                    : result(expectation, "no such counter", false);
            }
            case final Expectation.LogLines lines -> number(expectation, logCounts.count(lines));
            case final Expectation.Output output -> {
                final Node node = world.node(output.node());
                final String text = world.network().with(node, () -> node.execute(output.command()));
                yield output(expectation, text.contains(output.text()), text);
            }
            case final Expectation.OfStream stream -> number(expectation, stream.measure().read(world.meter(stream.stream())));
            case final Expectation.OfLink link -> number(expectation, link.measure().read(world.link(link.link()).counters()));
        };
    }

    private ScenarioResult.Check number(final Expectation expectation, final long value) {
        return result(expectation, expectation.range().shown(value), expectation.range().accepts(value, tolerance.of(expectation)));
    }

    private ScenarioResult.Check output(final Expectation expectation, final boolean found, final String text) {
        final boolean passed = expectation.range().accepts(found ? 1 : 0, 0);
        final Function<String, String> first = output -> output.lines().filter(line -> !line.isBlank()).findFirst().orElse("no output");
        return new ScenarioResult.Check(expectation.text(), expectation.group(), "yes", passed ? "yes" : "no: " + first.apply(text),
            passed);
    }

    private ScenarioResult.Check result(final Expectation expectation, final String seen, final boolean passed) {
        final Expectation.Range range = expectation.range();
        final long more = tolerance.of(expectation);
        final String tolerated = more > 0 ? " (give or take " + range.shown(more) + ")" : "";
        return new ScenarioResult.Check(expectation.text(), expectation.group(), range.text() + tolerated, seen, passed);
    }
}
