package org.qfpsim.controlplane.login;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.History;
import org.qfpsim.controlplane.terminal.Shell;
import org.qfpsim.controlplane.terminal.TerminalLines;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.controlplane.terminal.TerminalSettings;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.packet.IpAddress;

/** Logging in on virtual time, with terminal lines behind which nobody answers. */
public final class LoginRig implements EventLog {
    private static final long SECOND = 1_000_000_000L;

    final Timers timers = new Timers();
    final List<String> messages = new ArrayList<>();
    final TerminalLines lines;
    final LoginWatch watch;
    final SshService ssh;
    private RouterConfig config;

    /** A router with a configuration. */
    public LoginRig(final RouterConfig config) {
        this.config = config;
        lines = new TerminalLines(new TerminalLines.Config(() -> this.config.terminal().console(),
            line -> this.config.terminal().virtual().get(line)), LoginRig::silent, () -> this.config.hostname());
        watch = new LoginWatch(() -> this.config, timers,
            new WallClock(timers, Instant.parse("2003-03-09T21:52:00Z"), ZoneOffset.UTC, true), this);
        ssh = new SshService(() -> this.config, lines, watch, this);
    }

    static LoginRig of(final String config) {
        return new LoginRig(read(config));
    }

    private static RouterConfig read(final String text) {
        final ConfigFile file = ConfigFile.read("test.cfg", text);
        if (!file.refused().isEmpty()) {
            throw new AssertionError(file.refused());
        }
        return file.config();
    }

    void configure(final String text) {
        config = read(text);
    }

    void advance(final double seconds) {
        timers.advance(timers.nanos() + (long) (seconds * SECOND));
    }

    @Nullable SshConnection accept() {
        return ssh.accept(IpAddress.parse("192.0.2.9"), 22);
    }

    boolean open(final SshConnection connection) {
        return lines.open(new TerminalPort(() -> { }), connection.caller(Caller.Manner.SCREEN, 80, 24), timers.nanos()) != null;
    }

    /** Everything that the configuration makes of those who come, as text. */
    public static List<String> behaviour(final RouterConfig config) {
        final LoginRig rig = new LoginRig(config);
        final List<String> seen = rig.messages;
        for (int i = 0; i < 20; i++) {
            final SshConnection connection = rig.accept();
            seen.add(connection == null ? "refused" : connection.terms().toString());
            if (connection != null) {
                connection.negotiated(new SshConnection.Algorithms("a", "b"), new SshConnection.Algorithms("a", "b"));
                final String[] user = List.of("admin letmein", "hans hashcat", "alice wonder", "bob builder").get(i % 4).split(" ");
                final boolean right = connection.secret(user[0]).map(hash -> hash.matches(user[1])).orElse(false);
                seen.add(user[0] + " " + connection.login(user[0], right) + " " + rig.ssh.settings());
                if (right) {
                    seen.add(connection.caller(Caller.Manner.SCREEN, 80, 24) + " " + rig.open(connection));
                }
                connection.closed();
            }
            rig.advance(7);
        }
        for (int i = 0; i < 100; i++) {
            rig.watch.done(new Attempt("x", "192.0.2.1", 22), false);
            rig.advance(5);
            seen.add(rig.watch.show());
        }
        return seen;
    }

    @Override
    public void message(final String facility, final int severity, final String mnemonic, final String text) {
        messages.add("%" + facility + "-" + severity + "-" + mnemonic + ": " + text);
    }

    @Override
    public void debug(final Debug category, final @Nullable IpAddress peer, final Supplier<String> line) {
        // Nobody has switched it on.
    }

    /** A shell that says nothing. */
    private static Shell silent(final Caller caller, final TerminalSettings settings, final History history, final Supplier<String> users) {
        return (Shell) Proxy.newProxyInstance(Shell.class.getClassLoader(), new Class<?>[] {Shell.class},
            (proxy, method, arguments) -> method.getReturnType() == String.class ? ""
                : method.getReturnType() == boolean.class ? Boolean.FALSE : null);
    }
}
