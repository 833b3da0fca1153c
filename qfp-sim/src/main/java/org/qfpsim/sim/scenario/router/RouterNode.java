package org.qfpsim.sim.scenario.router;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.show.ColumnSources;
import org.qfpsim.controlplane.login.SshService;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.sim.net.Cable;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.net.Wire;
import org.qfpsim.sim.scenario.RouterSpec;

/**
 * A router as a node of a network. What is in memory is a {@link RunningRouter}, which a crash takes away; what stays is its configuration
 * as it was at the start or was last written, its flash and its SA database.
 */
final class RouterNode implements Node {
    private final RouterSpec spec;
    private final RouterConfig startup;
    private final List<String> warnings;
    private final RouterSettings settings;
    private final RouterCrypto crypto;
    private final KeyExport keys;
    private final RouterDisk disk;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> carriers = new HashSet<>();
    private final Map<Integer, Cable> cables = new TreeMap<>();
    private @Nullable Wire wire;
    private @Nullable RunningRouter running;
    private @Nullable Consumer<String> listener;
    private int starts;

    RouterNode(final RouterSpec spec, final ConfigFile file, final RouterSettings settings, final RouterCrypto crypto,
               final KeyExport keys, final RouterDisk disk) {
        this.spec = spec;
        startup = file.config();
        warnings = file.warnings().stream().map(ConfigFile.Warning::message).toList();
        this.settings = settings;
        this.crypto = crypto;
        this.keys = keys;
        this.disk = disk;
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public List<String> interfaces() {
        return startup.interfaces().stream().map(InterfaceConfig::name).toList();
    }

    @Override
    public int interfaceIndex(final String text) {
        final List<String> names = interfaces();
        final String digits = text.replaceAll("^[A-Za-z]+", "");
        final String letters = text.substring(0, text.length() - digits.length()).toLowerCase(Locale.ROOT);
        int found = -1;
        for (int i = 0; i < names.size(); i++) {
            final String name = names.get(i).toLowerCase(Locale.ROOT);
            if (!letters.isEmpty() && name.startsWith(letters) && name.replaceAll("^[a-z]+", "").equals(digits)) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    @Override
    public void connect(final Wire to) {
        wire = to;
        start(0, false);
    }

    private void start(final long nanos, final boolean reloaded) {
        final Wire out = wire;
        if (out == null) {
            throw new IllegalStateException(name() + " is not connected");
        }
        // What was read once can be read again, and what a router has written, too: nothing of it is refused.
        final RouterConfig config = starts == 0 ? startup : ConfigFile.read("startup-config", disk.read()).config();
        running = new RunningRouter(new RunningRouter.Start(spec, config, interfaces(), settings, crypto, keys, disk, out,
            carriers::contains, ++starts, reloaded, nanos));
        cables.forEach(running::plug);
        running.onLog(listener);
    }

    @Override
    public void carrier(final int interfaceIndex, final boolean up) {
        final String name = interfaces().get(interfaceIndex);
        if (up ? carriers.add(name) : carriers.remove(name)) {
            final RunningRouter router = running;
            if (router != null) {
                router.interfacesChanged();
            }
        }
    }

    @Override
    public void plug(final int interfaceIndex, final Cable cable) {
        cables.put(interfaceIndex, cable);
        final RunningRouter router = running;
        if (router != null) {
            router.plug(interfaceIndex, cable);
        }
    }

    @Override
    public void receive(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        final RunningRouter router = running;
        if (router != null) {
            router.receive(interfaceIndex, frame, offset, length, nanos);
        }
    }

    @Override
    public long nextDeadline() {
        final RunningRouter router = running;
        return router == null ? Long.MAX_VALUE : router.nextDeadline();
    }

    @Override
    public int advance(final long nanos) {
        final RunningRouter router = running;
        return router == null ? vanish(nanos) : router.advance(nanos) + reload(router, nanos);
    }

    /** What real interfaces bring while it is down. */
    private int vanish(final long nanos) {
        for (final Cable cable : cables.values()) {
            while (cable.receive(nanos, (frames, count) -> { }) > 0) {
                Thread.onSpinWait();
            }
            cable.wakeOnFrame();
        }
        return 0;
    }

    /** Starts it again if it wants that: at once, since what takes a router minutes is not simulated. */
    private int reload(final RunningRouter router, final long nanos) {
        if (!router.isReloading()) {
            return 0;
        }
        crash();
        start(nanos, true);
        final RunningRouter next = running;
        return next == null ? 0 : next.advance(nanos);
    }

    @Override
    public String execute(final String commandLine) {
        final StringBuilder text = new StringBuilder();
        execute(commandLine, text::append);
        return text.toString();
    }

    @Override
    public String prompt() {
        final RunningRouter router = running;
        return router == null ? startup.hostname() + "#" : router.prompt();
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public boolean execute(final String commandLine, final Output out) {
        final RunningRouter router = running;
        if (router == null) {
            out.print("% " + name() + " is down\n");
            return false;
        }
        final boolean accepted = router.execute(commandLine, out);
        reload(router, router.nanos());
        return accepted;
    }

    @Override
    public List<ColumnSources.Row> sources(final String commandLine) {
        final RunningRouter router = running;
        return router == null ? List.of() : router.sources(commandLine);
    }

    @Override
    public boolean open(final TerminalPort port, final Caller caller) {
        final RunningRouter router = running;
        if (router == null) {
            port.hangUp();
            return false;
        }
        return router.open(port, caller);
    }

    @Override
    public Optional<RouterLook> look() {
        return Optional.ofNullable(running).map(RunningRouter::look);
    }

    @Override
    public <T> Optional<T> ssh(final Function<SshService, @Nullable T> question) {
        final RunningRouter router = running;
        return router == null ? Optional.empty() : Optional.ofNullable(question.apply(router.ssh()));
    }

    @Override
    public List<String> problems() {
        final List<String> all = new ArrayList<>(problems);
        final RunningRouter router = running;
        if (router != null) {
            router.imbalance().ifPresent(all::add);
        }
        return all;
    }

    @Override
    public void crash() {
        final RunningRouter router = running;
        running = null;
        if (router != null) {
            router.imbalance().ifPresent(problems::add);
            router.crash();
        }
    }

    @Override
    public void restart(final long nanos) {
        if (running == null) {
            start(nanos, false);
        }
    }

    @Override
    public void onLog(final Consumer<String> next) {
        listener = next;
        final RunningRouter router = running;
        if (router != null) {
            router.onLog(next);
        }
    }

    @Override
    public OptionalLong counter(final String counter) {
        final RunningRouter router = running;
        return router == null ? OptionalLong.empty() : router.counter(counter);
    }

    @Override
    public void close() {
        crash();
        disk.close();
    }
}
