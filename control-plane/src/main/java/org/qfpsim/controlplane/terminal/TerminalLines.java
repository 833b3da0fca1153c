package org.qfpsim.controlplane.terminal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.syslog.LogLine;

/**
 * The terminal lines of a router: {@code con 0}, and {@code vty 0} to {@code 15} for everybody else. One thread; only the far end of a
 * {@link TerminalPort} may be used by others.
 */
public final class TerminalLines {
    /** Virtual terminals. */
    public static final int VIRTUAL = 16;
    /** Number that {@code show users} gives to vty 0; before it are con 0 and aux 0. */
    private static final int FIRST_VIRTUAL = 2;
    /** Octets and pieces of output of a session in one moment: nobody keeps the router from its work. */
    private static final int STEPS = 2000;
    private static final long NEXT_MOMENT = 100_000;

    private final @Nullable TerminalSession[] sessions = new TerminalSession[1 + VIRTUAL];
    private final Config config;
    private final Shells shells;
    private final Supplier<String> hostname;
    private final long[] counts = new long[Count.values().length];
    private long moment = -1;
    private int steps;

    /** What has happened on all lines together. */
    public enum Count {
        /** Sessions that were opened. */
        OPENED,
        /** Sessions that were refused because all lines were taken. */
        REFUSED,
        /** Sessions that ended because the far end was gone. */
        HUNG_UP,
        /** Sessions that were dropped because the far end did not read. */
        STALLED,
        /** Log lines that a terminal did not show because it had too many to show. */
        LOST_LOG_LINES
    }

    /**
     * What the configuration says.
     *
     * @param console of line con 0.
     * @param virtual of a virtual terminal, by its number.
     */
    public record Config(Supplier<TerminalSettings.Defaults> console, IntFunction<TerminalSettings.Defaults> virtual) {
    }

    /** Makes shells. */
    @FunctionalInterface
    public interface Shells {
        /**
         * Makes one.
         *
         * @param caller   who opens the line.
         * @param settings of the line.
         * @param history  what he has typed.
         * @param users    text of {@code show users}, as it looks from this line.
         * @return a new session's.
         */
        Shell open(Caller caller, TerminalSettings settings, History history, Supplier<String> users);
    }

    /**
     * Makes the lines.
     *
     * @param config   asked whenever a session begins.
     * @param shells   makes what is behind a line.
     * @param hostname the router's name.
     */
    public TerminalLines(final Config config, final Shells shells, final Supplier<String> hostname) {
        this.config = config;
        this.shells = shells;
        this.hostname = hostname;
    }

    /**
     * Opens a line; what it shows comes with the next {@link #work}.
     *
     * @param port   its wire.
     * @param caller who is at the far end.
     * @param nanos  the time.
     * @return the line's name, such as {@code vty 0}; null if all that let him in are taken, and the port is closed then.
     */
    public @Nullable String open(final TerminalPort port, final Caller caller, final long nanos) {
        final int first = caller.console() ? 0 : 1;
        final int last = caller.console() ? 0 : VIRTUAL;
        for (int i = first; i <= last; i++) {
            if (sessions[i] == null && (caller.way() != Caller.Way.SSH || admitsSsh(i))) {
                final int line = i;
                sessions[i] = new TerminalSession(port, caller, hostname.get() + " con0", () -> login(line, caller), nanos);
                add(Count.OPENED);
                return name(i);
            }
        }
        add(Count.REFUSED);
        port.close();
        return null;
    }

    private boolean admitsSsh(final int line) {
        return config.virtual().apply(line - 1).admitsSsh();
    }

    /** Virtual terminals that are free and let SSH in. */
    public int freeForSsh() {
        return (int) IntStream.rangeClosed(1, VIRTUAL).filter(i -> sessions[i] == null && admitsSsh(i)).count();
    }

    private static String name(final int line) {
        return line == 0 ? "con 0" : "vty " + (line - 1);
    }

    private TerminalSession.Opened login(final int line, final Caller caller) {
        final TerminalSettings settings = new TerminalSettings(line == 0 ? config.console().get() : config.virtual().apply(line - 1));
        if (caller.rows() > 0 && settings.length() == TerminalSettings.Defaults.STANDARD.length()) {
            settings.length(Math.min(caller.rows(), 512));
        }
        if (caller.columns() > 0 && settings.width() == TerminalSettings.Defaults.STANDARD.width()) {
            settings.width(Math.min(caller.columns(), 512));
        }
        final History history = new History(settings);
        return new TerminalSession.Opened(shells.open(caller, settings, history, () -> users(line)), settings, history);
    }

    /**
     * Does what there is to do on all lines.
     *
     * @param nanos the time; at one and the same time only so much is done.
     * @return how much was done.
     */
    public int work(final long nanos) {
        if (nanos != moment) {
            moment = nanos;
            steps = 0;
        }
        int done = 0;
        for (int i = 0; i < sessions.length; i++) {
            final TerminalSession session = sessions[i];
            if (session != null) {
                done += session.work(nanos, Math.max(0, STEPS - steps));
                ended(i, session);
            }
        }
        steps += done;
        return done;
    }

    private void ended(final int line, final TerminalSession session) {
        switch (session.end()) {
            case OPEN -> {
                return;
            }
            case HUNG_UP -> add(Count.HUNG_UP);
            case STALLED -> add(Count.STALLED);
            case LEFT -> {
            }
        }
        sessions[line] = null;
    }

    private void add(final Count what) {
        counts[what.ordinal()]++;
    }

    /**
     * How often something has happened.
     *
     * @param what which of them.
     * @return the count.
     */
    public long count(final Count what) {
        return counts[what.ordinal()];
    }

    /** When {@link #work} has something to do although nothing comes; {@link Long#MAX_VALUE} if never. */
    public long nextDeadline() {
        if (steps >= STEPS) {
            return moment + NEXT_MOMENT;
        }
        return Arrays.stream(sessions).filter(Objects::nonNull).mapToLong(session -> Objects.requireNonNull(session).deadline()).min()
            .orElse(Long.MAX_VALUE);
    }

    /** The router loses power: sessions end where they are. */
    public void close() {
        for (int i = 0; i < sessions.length; i++) {
            final TerminalSession session = sessions[i];
            if (session != null) {
                session.finish(TerminalSession.End.LEFT);
                sessions[i] = null;
            }
        }
    }

    /**
     * Takes a log line for con 0, which the log has found bad enough for the console.
     *
     * @param line of the log.
     */
    public void onConsole(final LogLine line) {
        log(sessions[0], line);
    }

    /**
     * Takes a log line for virtual terminals, which the log has found bad enough for them.
     *
     * @param line of the log.
     * @return whether one of them monitors.
     */
    public boolean onMonitors(final LogLine line) {
        boolean any = false;
        for (int i = 1; i < sessions.length; i++) {
            final TerminalSession session = sessions[i];
            if (session != null && session.monitors()) {
                log(session, line);
                any = true;
            }
        }
        return any;
    }

    private void log(final @Nullable TerminalSession session, final LogLine line) {
        if (session != null && !session.log(line.stamped())) {
            add(Count.LOST_LOG_LINES);
        }
    }

    /** {@code show users}, as it looks from a line. */
    private String users(final int asking) {
        final StringBuilder text = new StringBuilder("    Line       User       Host(s)              Idle       Location\n");
        for (int i = 0; i < sessions.length; i++) {
            final TerminalSession session = sessions[i];
            if (session != null) {
                final long idle = session.idleNanos() / 1_000_000_000L;
                text.append(String.format(Locale.ROOT, "%s%3d %-10s %-10s %-20s %02d:%02d:%02d %s%n", i == asking ? "*" : " ",
                    i == 0 ? 0 : FIRST_VIRTUAL + i - 1, name(i), session.user(), "idle", idle / 3600, idle / 60 % 60, idle % 60,
                    session.caller().location()));
            }
        }
        return text.append("\n  Interface    User               Mode         Idle     Peer Address\n\n").toString();
    }
}
