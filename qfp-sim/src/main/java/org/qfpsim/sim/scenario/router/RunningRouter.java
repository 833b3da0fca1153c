package org.qfpsim.sim.scenario.router;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.platform.Machine;
import org.qfpsim.controlplane.router.DatabaseSaStore;
import org.qfpsim.controlplane.sadb.SaDatabase;
import org.qfpsim.controlplane.show.ColumnSources;
import org.qfpsim.controlplane.supervisor.ConsoleSession;
import org.qfpsim.controlplane.supervisor.Supervisor;
import org.qfpsim.controlplane.supervisor.SupervisorParts;
import org.qfpsim.controlplane.login.SshService;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.RoutedPipeline;
import org.qfpsim.sim.net.Cable;
import org.qfpsim.sim.net.Wire;
import org.qfpsim.sim.scenario.RouterSpec;

/** A router that has power: datapath and control plane, turned on the caller's thread. */
final class RunningRouter {
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    /** Odd and of no pattern: no start of a router may be as random as one of another router whose name has the next hash. */
    private static final long ANOTHER_START = 0xD1B5_4A32_D192_ED03L;

    private final Timers timers = new Timers();
    private final RouterCrypto.Lease crypto;
    private final CounterStore store;
    private final CounterReader counters;
    private final RoutedPipeline pipeline;
    private final @Nullable SaDatabase database;
    private final Supervisor supervisor;
    private final ConsoleSession terminal;
    private final PortNumbers numbers;
    private final CablePorts cables;
    private final long workNanos;
    private final Machine machine;
    private long datapathNanos;
    private long now;
    private long busyUntil;
    private @Nullable Consumer<String> listener;

    /**
     * What it starts with.
     *
     * @param spec     of the scenario.
     * @param config   of the router.
     * @param ports    names of the interfaces by the index that the network knows them by.
     * @param settings of the datapath, and what work of the control plane costs.
     * @param crypto   has the crypto libraries.
     * @param keys     is told IKE's keys.
     * @param disk     what a crash leaves.
     * @param wire     takes frames.
     * @param carrier  whether an interface has a link that is up.
     * @param number   which start it is, from 1.
     * @param reloaded whether its own command has started it again.
     * @param nanos    the time.
     */
    record Start(RouterSpec spec, RouterConfig config, List<String> ports, RouterSettings settings, RouterCrypto crypto, KeyExport keys,
                 RouterDisk disk, Wire wire, Predicate<String> carrier, int number, boolean reloaded, long nanos) {
    }

    RunningRouter(final Start start) {
        timers.advance(start.nanos());
        workNanos = start.settings().workNanos();
        now = start.nanos();
        machine = start.wire().isRealTime() ? Machine.measured(System::nanoTime, () -> datapathNanos) : Machine.modelled(workNanos);
        crypto = start.crypto().lease();
        store = CounterStore.inMemory(start.settings().pipeline().ppes());
        counters = store.reader();
        final Wire wire = start.wire();
        pipeline = new RoutedPipeline(start.settings().pipeline(), crypto.backends(), store, (index, buffer, offset, length, nanos) ->
            send(wire, index, buffer, offset, length), CommitObserver.NONE);
        final RouterSpec spec = start.spec();
        final Instant epoch = Instant.ofEpochSecond(spec.epochNanos() / NANOS_A_SECOND, spec.epochNanos() % NANOS_A_SECOND);
        database = start.config().simulator().restoreSas() ? start.disk().database() : null;
        final WallClock clock = new WallClock(timers, epoch, Supervisor.zone(start.config()), true);
        supervisor = new Supervisor(new SupervisorParts(timers, clock, pipeline, counters, start.carrier(),
            random(spec, start.number()),
            database == null ? SaStore.NONE : new DatabaseSaStore(database, spec.epochNanos()), start.keys(), start.disk(),
            start.disk(), start.reloaded(), spec.name().hashCode(), machine), start.config());
        numbers = new PortNumbers(start.ports(), supervisor::interfaces);
        cables = new CablePorts(pipeline, numbers);
        supervisor.log().console(line -> {
            if (listener != null) {
                listener.accept(line.stamped());
            }
        });
        terminal = supervisor.terminal();
        terminal.later(text -> text.lines().forEach(line -> {
            if (listener != null) {
                listener.accept(line);
            }
        }));
    }

    private static RandomGenerator random(final RouterSpec spec, final int start) {
        return spec.seed() == RouterSpec.UNPREDICTABLE ? new SecureRandom()
            : new SplittableRandom(spec.seed() * 31 + spec.name().hashCode() + 1 + (start - 1) * ANOTHER_START);
    }

    private boolean send(final Wire wire, final int index, final DirectBuffer frame, final int offset, final int length) {
        final int port = numbers.ofNetwork(index);
        final Cable cable = port < 0 ? null : cables.at(port);
        if (cable != null) {
            return cable.send(frame, offset, length);
        }
        if (port >= 0) {
            wire.send(port, frame, offset, length);
        }
        return true;
    }

    void onLog(final @Nullable Consumer<String> next) {
        listener = next;
    }

    /** Plugs a real interface in; the index is the network's. */
    void plug(final int interfaceIndex, final Cable cable) {
        cables.add(interfaceIndex, cable);
    }

    void interfacesChanged() {
        supervisor.interfacesChanged();
    }

    void receive(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        final int port = numbers.ofRouter(interfaceIndex);
        while (port >= 0 && !pipeline.receive(port, frame, offset, length, nanos)) {
            pipeline.turn();
        }
    }

    long nextDeadline() {
        return Math.min(cables.nextLook(), busyUntil > now ? busyUntil : supervisor.nextDeadline());
    }

    /** The datapath does what it has got; the control plane too, unless it still is at what it did before. */
    int advance(final long nanos) {
        now = nanos;
        int done = receive();
        int step;
        do {
            drain();
            step = nanos < busyUntil ? 0 : supervisor.work(nanos);
            if (workNanos != 0 && step != 0) {
                busyUntil = nanos + step * workNanos;
            }
            done += step;
        } while (step != 0 || !pipeline.isIdle());
        cables.flush();
        return done;
    }

    private int receive() {
        final long from = machine.nanos();
        final int count = cables.receive(now);
        if (count != 0) {
            datapathNanos += machine.nanos() - from;
        }
        return count;
    }

    /** Where time is real it is taken, once for all that has come; not when nothing has. */
    private void drain() {
        final boolean busy = !pipeline.isIdle();
        final long from = machine.nanos();
        pipeline.drain();
        if (busy) {
            datapathNanos += machine.nanos() - from;
        }
    }

    String prompt() {
        return terminal.prompt();
    }

    /** The time. */
    long nanos() {
        return now;
    }

    /** Whether it wants to be started again. */
    boolean isReloading() {
        return supervisor.isReloading();
    }

    String execute(final String line) {
        final StringBuilder text = new StringBuilder();
        execute(line, text::append);
        return text.toString();
    }

    boolean execute(final String line, final Output out) {
        final boolean accepted = terminal.run(line, out);
        advance(now);
        return accepted;
    }

    List<ColumnSources.Row> sources(final String line) {
        return terminal.sources(line);
    }

    SshService ssh() {
        return supervisor.ssh();
    }

    boolean open(final TerminalPort port, final Caller caller) {
        return supervisor.lines().open(port, caller, now) != null;
    }

    RouterLook look() {
        return supervisor.look();
    }

    OptionalLong counter(final String name) {
        return Arrays.stream(Total.values()).filter(total -> total.label().equals(name)).findFirst()
            .map(total -> OptionalLong.of(counters.total(total))).orElseGet(() -> supervisor.counter(name));
    }

    /**
     * Whether each packet that came in is accounted for: forwarded, dropped, punted, consumed, or a fragment that waits for others.
     *
     * @return the numbers if not, otherwise empty.
     */
    Optional<String> imbalance() {
        final long missing = counters.inFlight();
        return missing == pipeline.pipeline().inFlight() ? Optional.empty()
            : Optional.of("received " + counters.total(Total.RECEIVED) + " packets, forwarded " + counters.total(Total.FORWARDED)
                + ", dropped " + counters.dropped() + ", punted " + counters.total(Total.PUNTED) + ", consumed "
                + counters.total(Total.CONSUMED) + ": " + missing + " are without an account");
    }

    /** Memory is lost, the disk stays as a killed process would leave it. */
    void crash() {
        terminal.powerLost();
        supervisor.lines().close();
        pipeline.close();
        store.close();
        crypto.release().run();
        if (database != null) {
            database.crash();
        }
    }
}
