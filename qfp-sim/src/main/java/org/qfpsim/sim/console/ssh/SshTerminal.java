package org.qfpsim.sim.console.ssh;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.controlplane.terminal.TerminalPump;

/** A terminal line at the other end of an SSH channel: a shell, or the command that the client has brought along. */
final class SshTerminal implements Command {
    private static final int MOST = 512;

    private final SshGuests guests;
    private final @Nullable String command;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, message, immediately) -> { };
    private volatile @Nullable TerminalPort port;
    private volatile boolean destroyed;

    SshTerminal(final SshGuests guests, final @Nullable String command) {
        this.guests = guests;
        this.command = command;
    }

    @Override
    public void setInputStream(final InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(final OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(final OutputStream stream) {
        // A router has only one.
    }

    @Override
    public void setExitCallback(final ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(final ChannelSession channel, final Environment env) {
        final int columns = number(env.getEnv(), Environment.ENV_COLUMNS);
        final int rows = number(env.getEnv(), Environment.ENV_LINES);
        final boolean screen = env.getEnv().containsKey(Environment.ENV_TERM);
        final Caller.Manner manner = command != null ? Caller.Manner.OUTPUT : screen ? Caller.Manner.SCREEN : Caller.Manner.TRANSCRIPT;
        guests.open(channel.getServerSession(), manner, columns, rows)
            .whenComplete((opened, failure) -> begin(channel, failure == null ? opened : Optional.empty()));
    }

    private static int number(final Map<String, String> env, final String name) {
        final String text = env.getOrDefault(name, "");
        return text.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(text), MOST) : 0;
    }

    private void begin(final ChannelSession channel, final Optional<TerminalPort> opened) {
        if (opened.isEmpty()) {
            exit.onExit(1);
            return;
        }
        final TerminalPort line = opened.get();
        port = line;
        if (destroyed) {
            line.hangUp();
        }
        final String typed = command;
        final TerminalPump pump = TerminalPump.start(typed == null ? in
            : new ByteArrayInputStream((typed + "\n").getBytes(StandardCharsets.UTF_8)), out, line);
        Thread.ofVirtual().name("ssh-session").start(() -> end(channel, pump));
    }

    /** When the session is over, so is the connection. */
    private void end(final ChannelSession channel, final TerminalPump pump) {
        try {
            pump.join();
            exit.onExit(0);
            channel.addCloseFutureListener(closed -> channel.getServerSession().close(false));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void destroy(final ChannelSession channel) {
        destroyed = true;
        final TerminalPort line = port;
        if (line != null) {
            line.hangUp();
        }
    }
}
