package org.qfpsim.sim.scenario;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.net.FrameFault;
import org.qfpsim.sim.net.Link;
import org.qfpsim.sim.net.LinkCapture;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.net.VirtualNetwork;
import org.qfpsim.sim.router.Mode;

/** Runs scenarios and says how they ended. */
public final class ScenarioRunner {
    /** How much time passes between two looks at how far it is. */
    private static final long SLICE_NANOS = 250_000_000L;
    /** What is longer is not worth waiting for. */
    private static final long LONGEST_REAL_NANOS = 300_000_000_000L;

    private final NodeFactory factory;
    private final Settings settings;

    /**
     * How to run.
     *
     * @param mode    whose threads routers work on.
     * @param clock   makes the clock of a run.
     * @param capture the file that gets what is put on links; null for none.
     * @param seed    instead of the scenario's own; null for that.
     * @param attach  real interfaces.
     */
    public record Settings(Mode mode, ClockSource clock, @Nullable String capture, @Nullable Long seed, List<Attachment> attach) {
        /** A real clock for scenarios with real interfaces, a virtual one for all others. */
        public static final ClockSource BY_SCENARIO = () -> NetworkClock.VIRTUAL;
        /** One thread, virtual time. */
        public static final Settings DEFAULT = new Settings(Mode.INVOKER, () -> NetworkClock.VIRTUAL, null, null);

        /**
         * Without real interfaces.
         *
         * @param mode    whose threads routers work on.
         * @param clock   makes the clock of a run.
         * @param capture the file that gets what is put on links; null for none.
         * @param seed    instead of the scenario's own; null for that.
         */
        public Settings(final Mode mode, final ClockSource clock, final @Nullable String capture, final @Nullable Long seed) {
            this(mode, clock, capture, seed, List.of());
        }

        Scenario read(final ScenarioFolder folder, final NodeFactory factory) {
            final Long chosen = seed == null && !attach.isEmpty() ? Long.valueOf(RouterSpec.UNPREDICTABLE) : seed;
            return ScenarioReader.read(folder, factory.settings(), chosen).attach(attach);
        }
    }

    /** Makes a clock for each run. */
    @FunctionalInterface
    public interface ClockSource {
        /**
         * Makes one.
         *
         * @return a clock that nobody has used.
         */
        NetworkClock make();
    }

    /**
     * With the routers of a factory.
     *
     * @param factory  makes the routers.
     * @param settings how to run.
     */
    public ScenarioRunner(final NodeFactory factory, final Settings settings) {
        this.factory = factory;
        this.settings = settings;
    }

    /**
     * Runs a scenario and prints its story.
     *
     * @param folder   where it is.
     * @param out      gets the story.
     * @param progress is told the scenario's time in nanoseconds now and then.
     * @return how it ended.
     * @throws org.qfpsim.sim.InputException if it cannot be used.
     */
    public ScenarioResult run(final ScenarioFolder folder, final PrintWriter out, final LongConsumer progress) {
        final Scenario scenario = settings.read(folder, factory);
        final NetworkClock clock = settings.clock() == Settings.BY_SCENARIO && scenario.isReal() ? NetworkClock.real(System::nanoTime)
            : settings.clock().make();
        if (!clock.isFree() && scenario.isReal()) {
            throw new InputException(scenario.name() + " has interfaces of this machine, whose time is real: run it with --clock real");
        }
        if (clock.isFree() && scenario.endNanos() > LONGEST_REAL_NANOS) {
            throw new TooLongException(scenario.name(), scenario.endNanos(), LONGEST_REAL_NANOS);
        }
        try (World world = new World(scenario, factory, settings.mode(), clock, settings.capture() != null);
            LinkCapture capture = settings.capture() == null ? null
                : new LinkCapture(settings.capture(), link -> true, scenario.epochNanos())) {
            if (capture != null) {
                world.network().tap(capture);
            }
            final ScenarioResult result = new Run(scenario, world, new Story(out), clock.isFree()).play(progress);
            if (capture != null) {
                capture.commit();
            }
            return result;
        }
    }

    /** One run. */
    static final class Run {
        private final Scenario scenario;
        private final World world;
        private final VirtualNetwork network;
        private final Story story;
        private final Fingerprint fingerprint = new Fingerprint();
        private final LogCounts logCounts;
        private final Checker checker;
        private final boolean realClock;
        /** By place in the file. */
        private final TreeMap<Integer, ScenarioResult.Check> checks = new TreeMap<>();

        Run(final Scenario scenario, final World world, final Story story, final boolean realClock) {
            this.scenario = scenario;
            this.world = world;
            this.network = world.network();
            this.story = story;
            this.logCounts = new LogCounts(scenario.expectations());
            this.realClock = realClock;
            this.checker = new Checker(world, new Tolerance(scenario, realClock), logCounts);
        }

        ScenarioResult play(final LongConsumer progress) {
            story.begin(scenario);
            final List<String> warnings = world.nodes().stream().flatMap(node -> network.with(node, node::warnings).stream())
                .distinct().toList();
            story.warn(warnings);
            network.tap(fingerprint);
            network.onLog(this::log);
            plan(false);
            for (long at = SLICE_NANOS; at < scenario.endNanos(); at += SLICE_NANOS) {
                network.run(at);
                progress.accept(at);
            }
            network.run(scenario.endNanos());
            for (int i = 0; i < scenario.expectations().size(); i++) {
                final Expectation expectation = scenario.expectations().get(i);
                checks.computeIfAbsent(i, unused -> checker.check(expectation));
            }
            final ScenarioResult result = new ScenarioResult(scenario.name(), scenario.seed(), network.nanos(),
                List.copyOf(checks.values()), problems(), warnings, fingerprint.finish(),
                realClock ? new ScenarioResult.Pace(scenario.toleranceNanos(), network.lateness()) : null);
            story.end(world.meters(), result);
            return result;
        }

        /** Plans everything for a run that has no end: streams go on until the time line stops them, nothing is expected. */
        void live() {
            plan(true);
        }

        private void plan(final boolean endless) {
            for (final Scenario.StreamPlan plan : scenario.streams()) {
                final String name = plan.spec().name();
                if (plan.startNanos() != Scenario.StreamPlan.NEVER) {
                    network.at(plan.startNanos(), () -> world.stream(name, true));
                }
                final long stop = endless ? plan.stopNanos() : Math.min(plan.stopNanos(), scenario.durationNanos());
                network.at(stop, () -> world.stream(name, false));
            }
            for (final TimelineEntry entry : scenario.timeline()) {
                network.at(entry.nanos(), () -> act(entry));
            }
            for (int i = 0; i < (endless ? 0 : scenario.expectations().size()); i++) {
                final int place = i;
                final Expectation expectation = scenario.expectations().get(i);
                if (expectation.atNanos() < scenario.endNanos()) {
                    network.at(expectation.atNanos(), () -> checks.put(place, checker.check(expectation)));
                }
            }
        }

        private void log(final Node node, final long nanos, final String line) {
            fingerprint.text(nanos, node.name(), line);
            logCounts.line(node.name(), nanos, line);
            story.log(nanos, node.name(), line);
        }

        private void act(final TimelineEntry entry) {
            final long now = network.nanos();
            if (!entry.say().isBlank()) {
                story.say(now, entry.say());
            }
            switch (entry.action()) {
                case TimelineEntry.Nothing _ -> fingerprint.text(now, "say", entry.say());
                case final TimelineEntry.Command command -> command(now, command);
                case final TimelineEntry.Power power -> power(now, power);
                case final TimelineEntry.LinkState state -> {
                    network.up(world.link(state.link()), state.up());
                    event(now, "link " + state.link() + " goes " + (state.up() ? "up" : "down"));
                }
                case final TimelineEntry.LinkChange change -> {
                    final Link link = world.link(change.link());
                    link.settings(change.change().apply(link.settings()));
                    event(now, "link " + change.link() + " has " + change.text() + " from now on");
                }
                case final TimelineEntry.NextFrames next -> {
                    fingerprint.text(now, "next", next.text());
                    final Link link = world.link(next.link());
                    link.add(new FrameFault(next.plan(), port(link, next.from()), () -> event(network.nanos(), next.text())));
                }
                case final TimelineEntry.StreamSwitch stream -> {
                    world.stream(stream.stream(), stream.on());
                    event(now, "stream " + stream.stream() + (stream.on() ? " starts" : " stops"));
                }
            }
        }

        /** A node's port on a link; -1 if no node is meant. */
        private static int port(final Link link, final String node) {
            return IntStream.range(0, link.portCount()).filter(port -> link.node(port).name().equals(node)).findFirst().orElse(-1);
        }

        private void event(final long now, final String text) {
            fingerprint.text(now, "event", text);
            story.event(now, text);
        }

        private void command(final long now, final TimelineEntry.Command command) {
            final Node node = world.node(command.node());
            final String prompt = network.with(node, node::prompt);
            final String output = network.with(node, () -> node.execute(command.line()));
            fingerprint.text(now, node.name() + "#" + command.line(), output);
            if (!command.quiet()) {
                story.command(now, prompt, command.line(), output);
            }
        }

        private void power(final long now, final TimelineEntry.Power power) {
            final Node node = world.node(power.node());
            network.with(node, () -> {
                if (power.on()) {
                    node.restart(now);
                } else {
                    node.crash();
                }
                return power.on();
            });
            event(now, node.name() + (power.on() ? " starts again" : " loses power"));
        }

        private List<String> problems() {
            final List<String> problems = new ArrayList<>();
            for (final Link link : network.links()) {
                if (!link.counters().conserved()) {
                    problems.add("link " + link.name() + " has frames without an account");
                }
                for (final FrameFault fault : link.waitingFaults()) {
                    problems.add("link " + link.name() + " still waits for " + fault.waiting() + " of the frames that were to be "
                        + fault.plan().fate().done() + ": " + fault.plan().filter().text());
                }
            }
            for (final Node node : world.nodes()) {
                network.with(node, node::problems).forEach(problem -> problems.add(node.name() + " " + problem));
            }
            return problems;
        }
    }
}
