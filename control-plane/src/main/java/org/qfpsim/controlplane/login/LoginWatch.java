package org.qfpsim.controlplane.login;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.qfpsim.controlplane.config.model.LoginConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.controlplane.time.WallClock;

/**
 * Sees everybody who logs in or fails to: {@code login on-success|on-failure log}, {@code login block-for}. After so many failures within
 * so many seconds nobody comes in over the network for a while (quiet mode); the console stays open. Used by the control thread.
 */
public final class LoginWatch {
    /** What a wrong password costs over the network while failures are watched. */
    static final int DELAY_SECONDS = 1;
    /** Rows of {@code show login failures}; the oldest goes. */
    static final int ROWS = 50;
    private static final String REASON = " [Reason: Login Authentication Failed]";
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss ", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE MMM d uuuu", Locale.ENGLISH);

    private final Supplier<RouterConfig> config;
    private final Timers timers;
    private final WallClock clock;
    private final EventLog log;
    /** When the failures within the watched time were; at most as many as quiet mode needs. */
    private final Deque<Long> failures = new ArrayDeque<>();
    private final Map<Attempt, Row> rows = new LinkedHashMap<>();
    private long quietUntil;

    /** Failures of one user from one place. */
    private record Row(long count, ZonedDateTime last) {
    }

    /**
     * Watches.
     *
     * @param config of the router.
     * @param timers the time.
     * @param clock  the time of day.
     * @param log    gets the messages.
     */
    public LoginWatch(final Supplier<RouterConfig> config, final Timers timers, final WallClock clock, final EventLog log) {
        this.config = config;
        this.timers = timers;
        this.clock = clock;
        this.log = log;
    }

    private LoginConfig settings() {
        return config.get().terminal().login();
    }

    /** How long whoever gave a wrong password over the network waits for the answer. */
    int delaySeconds() {
        return settings().block() == null ? 0 : DELAY_SECONDS;
    }

    /** Whether nobody comes in over the network. */
    public boolean isQuiet() {
        return timers.nanos() < quietUntil && settings().block() != null;
    }

    /**
     * Checks a local user's password, and takes note of the outcome.
     *
     * @param attempt  who.
     * @param user     his name as he wrote it.
     * @param password as he typed it.
     * @return whether it was right.
     */
    public boolean login(final Attempt attempt, final String user, final String password) {
        final boolean right = config.get().access().user(user).map(known -> known.accepts(password)).orElse(false);
        done(attempt, right);
        return right;
    }

    /**
     * Takes note of an attempt.
     *
     * @param attempt   who.
     * @param succeeded whether he is in.
     */
    public void done(final Attempt attempt, final boolean succeeded) {
        if (!succeeded) {
            failed(attempt);
        } else if (settings().logSuccesses()) {
            log.message("SEC_LOGIN", 5, "LOGIN_SUCCESS", "Login Success " + who(attempt) + " at " + time());
        }
    }

    private void failed(final Attempt attempt) {
        final Row old = rows.remove(attempt);
        rows.put(attempt, new Row(old == null ? 1 : old.count() + 1, clock.local()));
        if (rows.size() > ROWS) {
            rows.remove(rows.keySet().iterator().next());
        }
        if (settings().logFailures()) {
            log.message("SEC_LOGIN", 4, "LOGIN_FAILED", "Login failed " + who(attempt) + REASON + " at " + time());
        }
        final LoginConfig.Block block = settings().block();
        if (block != null && !isQuiet()) {
            watch(attempt, block);
        }
    }

    private void watch(final Attempt attempt, final LoginConfig.Block block) {
        forget(block);
        failures.add(timers.nanos());
        if (failures.size() < block.attempts()) {
            return;
        }
        final long left = block.within() - (timers.nanos() - failures.getFirst()) / NANOS_A_SECOND;
        log.message("SEC_LOGIN", 1, "QUIET_MODE_ON", "Still timeleft for watching failures is " + left + " secs, " + who(attempt)
            + REASON + " [ACL: sl_def_acl] at " + time());
        failures.clear();
        quietUntil = timers.nanos() + block.seconds() * NANOS_A_SECOND;
        timers.after(block.seconds() * NANOS_A_SECOND, () -> {
            if (settings().block() != null) {
                log.message("SEC_LOGIN", 5, "QUIET_MODE_OFF", "Quiet Mode is OFF, because block period timed out at " + time());
            }
        });
    }

    /** Failures that are so old that they do not count any more; also those that a shorter watch does not want. */
    private void forget(final LoginConfig.Block block) {
        while (!failures.isEmpty() && (timers.nanos() - failures.getFirst() >= block.within() * NANOS_A_SECOND
            || failures.size() >= block.attempts())) {
            failures.removeFirst();
        }
    }

    private static String who(final Attempt attempt) {
        return "[user: " + attempt.user() + "] [Source: " + attempt.source() + "] [localport: " + attempt.port() + "]";
    }

    private String time() {
        return time(clock.local());
    }

    private String time(final ZonedDateTime at) {
        return at.format(TIME) + config.get().logging().zone().name() + " " + at.format(DAY);
    }

    /** {@code show login}. */
    String show() {
        final LoginConfig login = settings();
        final LoginConfig.Block block = login.block();
        final StringBuilder text = new StringBuilder(block == null ? "     No login delay has been applied.\n"
            : "     A default login delay of " + DELAY_SECONDS + " seconds is applied.\n")
            .append("     No Quiet-Mode access list has been configured.\n");
        text.append(login.logSuccesses() ? "     All successful login is logged.\n" : "");
        text.append(login.logFailures() ? "     All failed login is logged.\n" : "");
        if (block == null) {
            return text.append("\n     Router NOT enabled to watch for login Attacks\n").toString();
        }
        text.append("\n     Router enabled to watch for login Attacks.\n     If more than ").append(block.attempts())
            .append(" login failures occur in ").append(block.within()).append(" seconds or less,\n     logins will be disabled for ")
            .append(block.seconds()).append(" seconds.\n\n");
        forget(block);
        if (isQuiet()) {
            return text.append("     Router presently in Quiet-Mode.\n     Will remain in Quiet-Mode for ").append(seconds(quietUntil))
                .append(" seconds.\n     Denying logins from all sources.\n").toString();
        }
        text.append("     Router presently in Normal-Mode.\n");
        if (!failures.isEmpty()) {
            text.append("     Current Watch Window\n         Time remaining: ")
                .append(seconds(failures.getFirst() + block.within() * NANOS_A_SECOND)).append(" seconds.\n");
        }
        return text.append("     Login failures for current window: ").append(failures.size()).append(".\n").toString();
    }

    private long seconds(final long until) {
        return Math.max(0, (until - timers.nanos()) / NANOS_A_SECOND);
    }

    /** {@code show login failures}. */
    String failures() {
        if (rows.isEmpty()) {
            return "*** No logged failed login attempts with the device.***\n";
        }
        final StringBuilder text = new StringBuilder("Total failed logins: ")
            .append(rows.values().stream().mapToLong(Row::count).sum())
            .append("\nDetailed information about last ").append(ROWS).append(" failures\n\n")
            .append("Username        SourceIPAddr    lPort Count TimeStamp\n");
        rows.forEach((who, row) -> text.append(String.format(Locale.ROOT, "%-15s %-15s %-5d %-5d %s\n", who.user(), who.source(),
            who.port(), row.count(), time(row.last()))));
        return text.toString();
    }
}
