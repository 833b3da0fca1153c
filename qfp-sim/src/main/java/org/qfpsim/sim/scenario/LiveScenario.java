package org.qfpsim.sim.scenario;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.show.ColumnSources;
import org.qfpsim.controlplane.login.SshService;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.device.Shown;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.net.VirtualNetwork;

/**
 * A scenario for somebody at a console: its streams flow and its time line is played, but it has no end, and nobody checks what was
 * expected. One thread runs it; only {@link #terminal} and {@link #look} may be called by others.
 */
public final class LiveScenario implements AutoCloseable {
    private final Scenario scenario;
    private final World world;
    private final VirtualNetwork network;

    private LiveScenario(final Scenario scenario, final World world) {
        this.scenario = scenario;
        this.world = world;
        network = world.network();
    }

    /**
     * Builds the network of a scenario.
     *
     * @param folder   where it is.
     * @param factory  makes the routers.
     * @param settings thread mode, clock and seed; nothing is captured.
     * @return the scenario at time 0.
     * @throws InputException if it cannot be used.
     */
    public static LiveScenario build(final ScenarioFolder folder, final NodeFactory factory, final ScenarioRunner.Settings settings) {
        final Scenario scenario = settings.read(folder, factory);
        final World world = new World(scenario, factory, settings.mode(), settings.clock().make(), false);
        new ScenarioRunner.Run(scenario, world, new Story(new PrintWriter(Writer.nullWriter())), true).live();
        return new LiveScenario(scenario, world);
    }

    /** Names of the routers, in the order of the file. */
    public List<String> routers() {
        return scenario.routers().stream().map(RouterSpec::name).toList();
    }

    /**
     * A router by its name.
     *
     * @param name the name; empty: the first one.
     * @return its name.
     * @throws InputException if there is none of that name.
     */
    public String router(final String name) {
        final List<String> all = routers();
        if (all.isEmpty()) {
            throw new InputException(scenario.name() + " has no router");
        }
        if (!name.isEmpty() && !all.contains(name)) {
            throw new InputException("--router " + name + ": there is no router of that name; did you mean " + Shown.nearest(name, all)
                + "?");
        }
        return name.isEmpty() ? all.getFirst() : name;
    }

    /** When the scenario's time line is over, in nanoseconds. */
    public long durationNanos() {
        return scenario.durationNanos();
    }

    /** The time, in nanoseconds. */
    public long nanos() {
        return network.nanos();
    }

    /**
     * Lets time pass.
     *
     * @param until the time at which to stop, in nanoseconds.
     */
    public void run(final long until) {
        network.run(until);
    }

    /**
     * Runs a command in privileged exec mode; the router's mode stays for the next one.
     *
     * @param router its name.
     * @param line   the command.
     * @param out    gets its output.
     * @return false if it was refused.
     */
    public boolean command(final String router, final String line, final Output out) {
        final Node node = world.node(router);
        return network.with(node, () -> node.execute(line, out));
    }

    /**
     * Where the output of a command comes from.
     *
     * @param router its name.
     * @param line   the command.
     * @return a row for some columns each; none if it is no {@code show} command.
     */
    public List<ColumnSources.Row> sources(final String router, final String line) {
        return world.node(router).sources(line);
    }

    /**
     * Reads a counter.
     *
     * @param node    a router, host, NAT box or real interface.
     * @param counter its name.
     * @return its value.
     * @throws InputException if the node has no such counter.
     */
    public long counter(final String node, final String counter) {
        final Node asked = world.node(node);
        return network.with(asked, () -> asked.counter(counter))
            .orElseThrow(() -> new InputException(node + " has no counter " + Shown.value(counter)));
    }

    /**
     * Cuts a router's power, or gives it back.
     *
     * @param router its name.
     * @param on     whether it has power.
     */
    public void power(final String router, final boolean on) {
        final Node node = world.node(router);
        network.with(node, () -> {
            if (on) {
                node.restart(network.nanos());
            } else {
                node.crash();
            }
            return on;
        });
    }

    /**
     * Opens a terminal line as soon as the scenario runs; any thread may ask for it.
     *
     * @param router its name.
     * @param caller who is at the far end.
     * @return the wire; it is closed at once if no line is left.
     */
    public TerminalPort terminal(final String router, final Caller caller) {
        final Node node = world.node(router);
        final AtomicBoolean waking = new AtomicBoolean();
        final TerminalPort port = new TerminalPort(() -> {
            if (waking.compareAndSet(false, true)) {
                network.post(() -> {
                    waking.set(false);
                    network.with(node, () -> true);
                });
            }
        });
        // Before the router does anything more: what it logs at once, of frames that were waiting, is for the console too.
        network.post(() -> network.change(node, () -> node.open(port, caller)));
        return port;
    }

    /**
     * Takes a look at a router; for the thread that runs the scenario.
     *
     * @param router its name.
     * @return the look; empty of a router that is down.
     */
    public Optional<RouterLook> lookNow(final String router) {
        final Node node = world.node(router);
        return network.with(node, node::look);
    }

    /**
     * Takes a look at a router as soon as the scenario runs; any thread may ask for it.
     *
     * @param router its name.
     * @return the look, empty of a router that is down; never done if nobody runs the scenario.
     */
    public CompletableFuture<Optional<RouterLook>> look(final String router) {
        final CompletableFuture<Optional<RouterLook>> look = new CompletableFuture<>();
        network.post(() -> look.complete(lookNow(router)));
        return look;
    }

    /**
     * Asks a router's SSH something as soon as the scenario runs; any thread may ask.
     *
     * @param router   its name.
     * @param question what; asked on the network's thread or the router's.
     * @param <T>      of the answer.
     * @return the answer to come; empty if it is null or the router has no power.
     */
    public <T> CompletableFuture<Optional<T>> ssh(final String router, final Function<SshService, @Nullable T> question) {
        final Node node = world.node(router);
        final CompletableFuture<Optional<T>> answer = new CompletableFuture<>();
        network.post(() -> answer.complete(network.with(node, () -> node.ssh(question))));
        return answer;
    }

    /** Laws that nodes have broken, such as packets without an account: a line each. Asked when nobody runs it. */
    public List<String> problems() {
        return world.nodes().stream()
            .flatMap(node -> network.with(node, node::problems).stream().map(problem -> node.name() + " " + problem)).toList();
    }

    @Override
    public void close() {
        world.close();
    }
}
