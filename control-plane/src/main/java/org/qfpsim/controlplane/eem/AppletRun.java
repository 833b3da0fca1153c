package org.qfpsim.controlplane.eem;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;

/**
 * One run of an applet. It makes some steps, then lets a moment of the router's time pass before it goes on, so that no loop can stop the
 * clock; it ends with its last step, with {@code exit}, with an error, or when maxrun is over or too many steps are made.
 */
final class AppletRun {
    /** Steps without a pause. */
    static final int SLICE = 1000;
    /** Steps in all; so many characters of texts count as one more. */
    static final int MAX_STEPS = 100_000;
    private static final int CHARACTERS_A_STEP = 256;
    /** A command takes time. */
    private static final long COMMAND_NANOS = 10_000_000L;

    private static final long PAUSE_NANOS = 1_000_000L;

    private final Applet applet;
    private final Timers timers;
    private final EventLog log;
    private final CommandRunner.Session session;
    private final Variables variables;
    private final @Nullable Consumer<String> terminal;
    private final Runnable ended;
    private final Map<Integer, Deque<String>> pieces = new HashMap<>();
    private Timers.@Nullable Timer next;
    private Timers.@Nullable Timer deadline;
    private int place;
    private int steps;
    private boolean over;
    private boolean failed;

    AppletRun(final Applet applet, final Timers timers, final EventLog log, final CommandRunner runner, final Variables variables,
              final @Nullable Consumer<String> terminal, final Runnable ended) {
        this.applet = applet;
        this.timers = timers;
        this.log = log;
        this.session = runner.open(applet.name());
        this.variables = variables;
        this.terminal = terminal;
        this.ended = ended;
    }

    void start() {
        deadline = timers.after(applet.limits().maxrunNanos(), () -> fail("maxrun is over"));
        slice();
    }

    /** Ends it where it is. */
    void stop() {
        if (!over) {
            over = true;
            cancel(next);
            cancel(deadline);
            ended.run();
        }
    }

    private static void cancel(final Timers.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Whether it ended with an error. */
    boolean failed() {
        return failed;
    }

    private void fail(final String reason) {
        failed = true;
        final String label = place < applet.program().size() ? applet.program().get(place).label() : "end";
        log.message(EventManager.FACILITY, 3, "FMPD_ERROR",
            "Error executing applet " + applet.name() + " statement " + label + ": " + reason);
        stop();
    }

    private void slice() {
        long pause = 0;
        for (int made = 0; made < SLICE && pause == 0 && !over; made++) {
            if (place >= applet.program().size()) {
                stop();
            } else if (++steps + variables.work() / CHARACTERS_A_STEP > MAX_STEPS) {
                fail("more than " + MAX_STEPS + " steps");
            } else {
                pause = step();
            }
        }
        if (!over) {
            next = timers.after(Math.max(PAUSE_NANOS, pause), this::slice);
        }
    }

    /** Makes one step; returns how long to wait behind it. */
    private long step() {
        final int here = place;
        try {
            final Instruction instruction = applet.program().get(here);
            final long pause = switch (instruction) {
                case final Instruction.Wait wait -> pause(wait);
                case Instruction.Cli _ -> COMMAND_NANOS;
                default -> 0;
            };
            place = make(instruction, here + 1);
            return pause;
        } catch (final AppletException e) {
            place = here;
            fail(String.valueOf(e.getMessage()));
            return 0;
        }
    }

    private long pause(final Instruction.Wait wait) throws AppletException {
        final long nanos = Tokens.nanosOf(variables.expand(wait.seconds()));
        if (nanos < 0) {
            throw new AppletException("wait needs a number of seconds");
        }
        return nanos;
    }

    private int make(final Instruction instruction, final int after) throws AppletException {
        switch (instruction) {
            case Instruction.Cli(String _, String command) -> cli(variables.expand(command));
            case Instruction.Syslog(String _, var severity, String text) ->
                log.message(EventManager.FACILITY, severity.ordinal(), "LOG", applet.name() + ": " + variables.expand(text));
            case Instruction.Puts(String _, String text, boolean newline) -> puts(variables.expand(text), newline);
            case final Instruction.Regexp regexp -> regexp(regexp);
            case Instruction.Assign(String _, String name, String value, boolean append) ->
                variables.set(name, (append ? variables.get(name) : "") + variables.expand(value));
            case final Instruction.Add add -> add(add);
            case Instruction.Each(String _, int slot, String list, String delimiters) ->
                pieces.put(slot, split(variables.expand(list), delimiters == null ? " \t\n" : variables.expand(delimiters)));
            case Instruction.Wait _ -> { }
            case Instruction.Exit _ -> stop();
            case Instruction.Jump(String _, int target) -> {
                return target;
            }
            case final Instruction.Unless unless -> {
                return holds(unless) ? after : unless.target();
            }
            case Instruction.Next(String _, int slot, String name, int target) -> {
                final String piece = pieces.getOrDefault(slot, new ArrayDeque<>()).pollFirst();
                if (piece == null) {
                    return target;
                }
                variables.set(name, piece);
            }
        }
        return after;
    }

    private void cli(final String command) {
        log.debug(Debug.EEM_CLI, null, () -> applet.name() + " : DEBUG(cli_lib) : : IN  : " + command);
        final String result = session.execute(command);
        result.lines().forEach(line -> log.debug(Debug.EEM_CLI, null, () -> applet.name() + " : DEBUG(cli_lib) : : OUT : " + line));
        variables.set("_cli_result", result);
    }

    private void puts(final String text, final boolean newline) {
        if (terminal == null) {
            log.message(EventManager.FACILITY, 6, "LOG", applet.name() + ": " + text);
        } else {
            terminal.accept(newline ? text + "\n" : text);
        }
    }

    private void regexp(final Instruction.Regexp regexp) throws AppletException {
        final int[] looks = new int[1];
        final List<String> groups =
            BoundedRegex.compile(variables.expand(regexp.pattern())).find(variables.expand(regexp.input()), looks);
        variables.charge(looks[0]);
        variables.set("_regexp_result", groups == null ? "0" : "1");
        if (groups != null) {
            for (int i = 0; i < regexp.variables().size(); i++) {
                variables.set(regexp.variables().get(i), i < groups.size() ? groups.get(i) : "");
            }
        }
    }

    private void add(final Instruction.Add add) throws AppletException {
        final long value = variables.number(variables.expand(add.value()));
        variables.set(add.variable(), String.valueOf(variables.number(variables.get(add.variable())) + (add.negative() ? -value : value)));
    }

    private boolean holds(final Instruction.Unless unless) throws AppletException {
        final String left = variables.expand(unless.left());
        final String right = variables.expand(unless.right());
        final boolean numbers = left.matches("-?\\d{1,18}") && right.matches("-?\\d{1,18}");
        final int order = numbers ? Long.compare(Long.parseLong(left), Long.parseLong(right)) : left.compareTo(right);
        return unless.comparison().holds(order);
    }

    private static Deque<String> split(final String list, final String delimiters) {
        final StringTokenizer tokens = new StringTokenizer(list, delimiters);
        final String[] found = new String[tokens.countTokens()];
        Arrays.setAll(found, i -> tokens.nextToken());
        return new ArrayDeque<>(List.of(found));
    }
}
