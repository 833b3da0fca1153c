package org.qfpsim.controlplane.exec;

import java.util.List;
import java.util.Locale;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.model.EemApplet;
import org.qfpsim.controlplane.config.text.RunningConfig;
import org.qfpsim.controlplane.eem.EventManager;

/** {@code show event manager}. */
public final class EventCommands {
    private final Box box;

    /**
     * Makes the commands.
     *
     * @param box the router.
     */
    public EventCommands(final Box box) {
        this.box = box;
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        return List.of(CommandNode.group("show", "Show running system information",
            CommandNode.group("event", "Embedded event related commands",
                CommandNode.group("manager", "Event manager",
                    CommandNode.group("history", "Event history",
                        CommandNode.printing("events", "Past events", (input, out) -> history(out))),
                    CommandNode.group("policy", "Policies",
                        CommandNode.printing("registered", "Registered policies", (input, out) -> registered(out))),
                    CommandNode.group("statistics", "Statistics",
                        CommandNode.printing("policy", "Policy statistics", (input, out) -> statistics(out)))))));
    }

    private List<EemApplet> applets() {
        return box.config().applets().stream().filter(applet -> applet.event() != null).toList();
    }

    private String date(final long nanos) {
        return TimeText.date(box.clock(), box.timers().nanos() - nanos);
    }

    private void registered(final Output out) {
        out.print("No.  Class     Type    Event Type          Trap  Time Registered           Name\n");
        int number = 0;
        for (final EemApplet applet : applets()) {
            final EemApplet.Event event = applet.event();
            if (event == null) {
                continue;
            }
            final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-4d applet    user    %-19s Off   %-25s %s\n",
                ++number, type(event), date(box.events().times(applet.name()).registered()), applet.name()));
            switch (event) {
                case final EemApplet.Syslog syslog -> text.append(" pattern {").append(syslog.pattern()).append('}')
                    .append(syslog.occurs() > 1 ? " occurs " + syslog.occurs() : "")
                    .append(syslog.period() > 0 ? seconds(" period ", syslog.period()) : "").append('\n');
                case final EemApplet.Timer timer -> text.append(seconds(" time ", timer.seconds())).append('\n');
                case final EemApplet.None none -> text.append(" policyname {").append(applet.name()).append("} sync {yes}\n");
            }
            text.append(seconds(" maxrun ", event.maxrun())).append(event.ratelimit() > 0 ? seconds(" ratelimit ", event.ratelimit()) : "")
                .append('\n');
            RunningConfig.applet(applet).stream().filter(line -> line.startsWith(" action "))
                .forEach(line -> text.append(line).append('\n'));
            out.print(text.append('\n').toString());
        }
    }

    private static String type(final EemApplet.Event event) {
        return switch (event) {
            case EemApplet.Syslog _ -> "syslog";
            case final EemApplet.Timer timer -> timer.watchdog() ? "timer watchdog" : "timer countdown";
            case EemApplet.None _ -> "none";
        };
    }

    private static String seconds(final String words, final double seconds) {
        return String.format(Locale.ROOT, "%s%.3f", words, seconds);
    }

    private void history(final Output out) {
        out.print("No.  Job Id Proc Status   Time of Event            Event Type        Name\n");
        int number = 0;
        for (final EventManager.PastEvent event : box.events().history()) {
            out.print(String.format(Locale.ROOT, "%-4d %-6d Actv %-8s %-24s %-17s applet: %s\n", ++number, event.job(),
                event.failed() ? "abort" : "success", date(event.nanos()), event.type(), event.applet()));
        }
    }

    private void statistics(final Output out) {
        out.print("""
                                                  Average                 Maximum
            No.  Class     Triggered   Suppressed Run Time                Run Time                Name
            """ + "-".repeat(100) + "\n");
        int number = 0;
        for (final EemApplet applet : applets()) {
            final EventManager.Counts counts = box.events().counts(applet.name());
            final EventManager.Times times = box.events().times(applet.name());
            out.print(String.format(Locale.ROOT, "%-4d applet    %-11d %-10d %-23s %-23s %s\n", ++number, counts.started(),
                counts.ratelimited() + counts.dropped(), days(times.ended() == 0 ? 0 : times.total() / times.ended()),
                days(times.longest()), applet.name()));
        }
    }

    private static String days(final long nanos) {
        final long millis = nanos / 1_000_000;
        final long seconds = millis / 1000;
        return String.format(Locale.ROOT, "%d days %02d:%02d:%02d.%03d", seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60,
            seconds % 60, millis % 1000);
    }
}
