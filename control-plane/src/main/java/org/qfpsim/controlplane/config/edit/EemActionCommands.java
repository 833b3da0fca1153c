package org.qfpsim.controlplane.config.edit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.EemAction;
import org.qfpsim.controlplane.config.model.EemAction.Comparison;
import org.qfpsim.controlplane.config.model.EemAction.Step;
import org.qfpsim.controlplane.config.model.LoggingConfig;

/** {@code action} of an applet. */
final class EemActionCommands {
    private static final Argument<String> LABEL = Argument.word();
    private static final Argument<String> FIRST = Argument.text();
    private static final Argument<String> SECOND = Argument.text();
    private static final Argument<String> VARIABLE = Argument.word();
    private static final Argument<String> SUB1 = Argument.word();
    private static final Argument<String> SUB2 = Argument.word();
    private static final Argument<String> SUB3 = Argument.word();
    private static final Argument<Long> BY = Argument.number(-2_147_483_647, 2_147_483_647);
    private static final Argument<Long> SEVERITY = Argument.number(0, 7);

    private EemActionCommands() {
    }

    /** Keeps actions. */
    @FunctionalInterface
    interface Sink {
        /**
         * Keeps an action.
         *
         * @param label of the action.
         * @param step  what it does; null to remove it.
         */
        void put(String label, @Nullable Step step);
    }

    static void register(final Branch action, final Sink sink) {
        final Branch label = action.arg(LABEL, "Label").undo(in -> sink.put(in.get(LABEL), null));
        end(label.on("cli", "Execute a CLI command").on("command", "CLI command to be executed").arg(FIRST, "CLI command"), sink,
            in -> new EemAction.Cli(in.get(FIRST)));
        syslog(label.on("syslog", "Log a syslog message"), sink);
        regexp(label.on("regexp", "regular expression match"), sink);
        end(label.on("set", "Set a variable").arg(VARIABLE, "Variable name").arg(FIRST, "Value"), sink,
            in -> new EemAction.Set(in.get(VARIABLE), in.get(FIRST)));
        for (final String word : List.of("decrement", "increment")) {
            final Branch variable = label.on(word, word + " a variable").arg(VARIABLE, "Variable name");
            final int sign = "decrement".equals(word) ? -1 : 1;
            final Function<Input, Step> step = in -> new EemAction.Increment(in.get(VARIABLE), sign * Arguments.integer(in, BY, 1));
            end(variable, sink, step);
            end(variable.arg(BY, "By how much"), sink, step);
        }
        comparison(label.on("if", "Conditional"), sink, EemAction.If::new);
        comparison(label.on("elseif", "Conditional"), sink, EemAction.ElseIf::new);
        comparison(label.on("while", "Loop"), sink, EemAction.While::new);
        end(label.on("else", "Conditional"), sink, in -> new EemAction.Else());
        end(label.on("end", "End of a conditional or a loop"), sink, in -> new EemAction.End());
        end(label.on("break", "Leave a loop"), sink, in -> new EemAction.Break());
        end(label.on("continue", "Next turn of a loop"), sink, in -> new EemAction.Continue());
        end(label.on("exit", "End the applet"), sink, in -> new EemAction.Exit());
        final Branch each = label.on("foreach", "Loop over the pieces of a string").arg(VARIABLE, "Variable name").arg(FIRST, "String");
        final Function<Input, Step> loop =
            in -> new EemAction.ForEach(in.get(VARIABLE), in.get(FIRST), in.find(SECOND).orElse(" "));
        end(each, sink, loop);
        end(each.arg(SECOND, "Delimiters"), sink, loop);
        end(label.on("wait", "Wait for a specified amount of time").arg(FIRST, "Number of seconds"), sink,
            in -> new EemAction.Wait(in.get(FIRST)));
        final Branch puts = label.on("puts", "print data to active tty");
        end(puts.arg(FIRST, "Text"), sink, in -> new EemAction.Puts(in.get(FIRST), !in.has("nonewline")));
        puts.on("nonewline", "Without a line end").arg(FIRST, "Text")
            .does(in -> sink.put(in.get(LABEL), new EemAction.Puts(in.get(FIRST), false)));
    }

    private static void end(final Branch at, final Sink sink, final Function<Input, Step> step) {
        at.does(in -> sink.put(in.get(LABEL), step.apply(in)));
    }

    private static void syslog(final Branch at, final Sink sink) {
        message(at, sink, in -> LoggingConfig.INFORMATIONAL);
        final Branch priority = at.on("priority", "Priority of the message");
        for (int i = 0; i < LoggingConfig.SEVERITIES.size(); i++) {
            final int severity = i;
            message(priority.on(LoggingConfig.SEVERITIES.get(i), "Severity " + i), sink, in -> severity);
        }
        message(priority.arg(SEVERITY, "Severity"), sink, in -> Arguments.integer(in, SEVERITY));
    }

    private static void message(final Branch at, final Sink sink, final Function<Input, Integer> severity) {
        end(at.on("msg", "Text of the message").arg(FIRST, "Text"), sink, in -> new EemAction.Syslog(severity.apply(in), in.get(FIRST)));
    }

    private static void regexp(final Branch at, final Sink sink) {
        final Function<Input, Step> step = in -> new EemAction.Regexp(in.get(FIRST), in.get(SECOND), in.find(VARIABLE).orElse(null),
            Stream.of(SUB1, SUB2, SUB3).map(in::find).flatMap(Optional::stream).toList());
        Branch end = at.arg(FIRST, "regular expression pattern").arg(SECOND, "string to match");
        end(end, sink, step);
        for (final Argument<String> variable : List.of(VARIABLE, SUB1, SUB2, SUB3)) {
            end = end.arg(variable, "Variable for what matched");
            end(end, sink, step);
        }
    }

    /** Makes a step of a comparison. */
    @FunctionalInterface
    private interface Compare {
        Step of(String left, Comparison comparison, String right);
    }

    private static void comparison(final Branch at, final Sink sink, final Compare compare) {
        final Branch left = at.arg(FIRST, "First operand");
        for (final Comparison comparison : Comparison.values()) {
            end(left.on(comparison.name().toLowerCase(Locale.ROOT), "Comparison").arg(SECOND, "Second operand"), sink,
                in -> compare.of(in.get(FIRST), comparison, in.get(SECOND)));
        }
    }
}
