package org.qfpsim.controlplane.config.edit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.Branch.Option;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.EemAction;
import org.qfpsim.controlplane.config.model.EemApplet;

/** {@code event manager applet}: its event; what it does is in {@link EemActionCommands}. */
final class EemCommands {
    private static final Argument<String> NAME = Argument.word();
    private static final Argument<String> TEXT = Argument.line();
    private static final Argument<String> PATTERN = Argument.text();
    private static final Argument<Long> OCCURS = Argument.number(1, 32);
    private static final Argument<Double> PERIOD = Argument.decimal(0, 4_294_967_295L);
    private static final Argument<Double> SECONDS = Argument.decimal(0, 4_294_967_295L);
    private static final Argument<Double> MAXRUN = Argument.decimal(0, 31_536_000);
    private static final Argument<Double> RATELIMIT = Argument.decimal(0, 4_294_967_295L);
    private static final Option MAXRUN_OPTION = new Option("maxrun", "maximum runtime of applet", MAXRUN, "Number of seconds");
    private static final Option RATELIMIT_OPTION = new Option("ratelimit", "maximum event trigger rate", RATELIMIT, "Number of seconds");

    private final Map<String, Draft> applets = new LinkedHashMap<>();
    private Draft current = new Draft();

    private static final class Draft {
        private @Nullable String description;
        private EemApplet.@Nullable Event event;
        private final Map<String, EemAction> actions = new TreeMap<>();
    }

    EemCommands(final Mode global, final Mode.Stack stack) {
        final Mode mode = Mode.of("(config-applet)", global);
        global.commands().on("event", "Event related configuration commands").on("manager", "Event Manager configuration")
            .on("applet", "Register an Event Manager applet").arg(NAME, "Name of the Event Manager applet").does(in -> {
                current = applets.computeIfAbsent(in.get(NAME), name -> new Draft());
                stack.enter(mode);
            }).undo(in -> applets.remove(in.get(NAME)));
        final Branch root = mode.commands();
        root.on("description", "Add or modify an applet description").undo(in -> current.description = null)
            .arg(TEXT, "Description of the applet").does(in -> current.description = in.get(TEXT));
        event(root.on("event", "Specify the event").undo(in -> current.event = null));
        EemActionCommands.register(root.on("action", "Add or modify an action statement"), (label, step) -> {
            if (step == null) {
                current.actions.remove(label);
            } else {
                current.actions.put(label, new EemAction(label, step));
            }
        });
    }

    private void event(final Branch event) {
        event.on("syslog", "Syslog event").on("pattern", "matching pattern string").arg(PATTERN, "syslog message regular expression")
            .does(in -> current.event = new EemApplet.Syslog(in.get(PATTERN), Arguments.integer(in, OCCURS, 1),
                in.find(PERIOD).orElse(0.0), maxrun(in), ratelimit(in)))
            .options(new Option("occurs", "number of occurrences before raising event", OCCURS, "Number of occurrences"),
                new Option("period", "occurrence period in seconds", PERIOD, "Number of seconds"), MAXRUN_OPTION, RATELIMIT_OPTION);
        final Branch timer = event.on("timer", "Timer event");
        for (final String kind : List.of("countdown", "watchdog")) {
            timer.on(kind, "watchdog".equals(kind) ? "Again and again" : "Once").on("time", "Time until the event")
                .arg(SECONDS, "Number of seconds").does(in -> current.event = new EemApplet.Timer(in.has("watchdog"), in.get(SECONDS),
                    maxrun(in), ratelimit(in))).options(MAXRUN_OPTION, RATELIMIT_OPTION);
        }
        event.on("none", "Manually run policy event").does(in -> current.event = new EemApplet.None(maxrun(in), ratelimit(in)))
            .options(MAXRUN_OPTION, RATELIMIT_OPTION);
    }

    private static double maxrun(final Input input) {
        return input.find(MAXRUN).orElse(EemApplet.DEFAULT_MAXRUN);
    }

    private static double ratelimit(final Input input) {
        return input.find(RATELIMIT).orElse(0.0);
    }

    List<EemApplet> build() {
        return applets.entrySet().stream().map(each -> new EemApplet(each.getKey(), each.getValue().description, each.getValue().event,
            List.copyOf(each.getValue().actions.values()))).toList();
    }
}
