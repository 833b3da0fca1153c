package org.qfpsim.controlplane.config.text;

import static org.qfpsim.controlplane.config.text.Lines.decimal;
import static org.qfpsim.controlplane.config.text.Lines.quoted;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.qfpsim.controlplane.config.model.EemAction;
import org.qfpsim.controlplane.config.model.EemApplet;
import org.qfpsim.controlplane.config.model.LoggingConfig;

/** EEM applets. */
final class EemWriter {
    private EemWriter() {
    }

    static void write(final Lines lines, final List<EemApplet> applets) {
        for (final EemApplet applet : applets) {
            lines.add("event manager applet " + applet.name());
            if (applet.description() != null) {
                lines.sub("description " + applet.description());
            }
            final EemApplet.Event event = applet.event();
            if (event != null) {
                lines.sub("event " + event(event) + (event.maxrun() == EemApplet.DEFAULT_MAXRUN ? "" : " maxrun " + decimal(event.maxrun()))
                    + (event.ratelimit() > 0 ? " ratelimit " + decimal(event.ratelimit()) : ""));
            }
            applet.actions().forEach(action -> lines.sub("action " + action.label() + " " + step(action.step())));
        }
        lines.gap();
    }

    private static String event(final EemApplet.Event event) {
        return switch (event) {
            case EemApplet.Syslog syslog -> "syslog pattern " + quoted(syslog.pattern())
                + (syslog.occurs() == 1 ? "" : " occurs " + syslog.occurs())
                + (syslog.period() > 0 ? " period " + decimal(syslog.period()) : "");
            case EemApplet.Timer timer -> "timer " + (timer.watchdog() ? "watchdog" : "countdown") + " time " + decimal(timer.seconds());
            case EemApplet.None none -> "none";
        };
    }

    private static String step(final EemAction.Step step) {
        return switch (step) {
            case EemAction.Cli cli -> "cli command " + quoted(cli.line());
            case EemAction.Syslog syslog -> "syslog " + (syslog.severity() == LoggingConfig.INFORMATIONAL ? ""
                : "priority " + LoggingConfig.SEVERITIES.get(syslog.severity()) + " ") + "msg " + quoted(syslog.message());
            case EemAction.Regexp regexp -> "regexp " + quoted(regexp.pattern()) + " " + quoted(regexp.text())
                + (regexp.match() == null ? "" : " " + regexp.match())
                + regexp.submatches().stream().map(name -> " " + name).collect(Collectors.joining());
            case EemAction.Set set -> "set " + set.variable() + " " + quoted(set.value());
            case EemAction.Increment increment -> (increment.by() < 0 ? "decrement " : "increment ") + increment.variable()
                + (Math.abs(increment.by()) == 1 ? "" : " " + Math.abs(increment.by()));
            case EemAction.If test -> "if " + comparison(test.left(), test.comparison(), test.right());
            case EemAction.ElseIf test -> "elseif " + comparison(test.left(), test.comparison(), test.right());
            case EemAction.While test -> "while " + comparison(test.left(), test.comparison(), test.right());
            case EemAction.Else otherwise -> "else";
            case EemAction.End end -> "end";
            case EemAction.Break leave -> "break";
            case EemAction.Continue next -> "continue";
            case EemAction.Exit exit -> "exit";
            case EemAction.ForEach loop -> "foreach " + loop.variable() + " " + quoted(loop.text())
                + (" ".equals(loop.delimiter()) ? "" : " " + quoted(loop.delimiter()));
            case EemAction.Wait wait -> "wait " + (wait.seconds().matches("[^\"\\s]\\S*") ? wait.seconds() : quoted(wait.seconds()));
            case EemAction.Puts puts -> "puts " + (puts.newline() ? "" : "nonewline ") + quoted(puts.text());
        };
    }

    private static String comparison(final String left, final EemAction.Comparison comparison, final String right) {
        return quoted(left) + " " + comparison.name().toLowerCase(Locale.ROOT) + " " + quoted(right);
    }
}
