package org.qfpsim.controlplane.exec;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.model.LoggingConfig;
import org.qfpsim.controlplane.syslog.MessageCounts;

/** {@code show logging}, {@code clear logging}. */
public final class LogCommands {
    private static final String RULE = "------------- ------------------------------- -------------------------------\n";

    private final Box box;

    /**
     * Makes the commands.
     *
     * @param box the router.
     */
    public LogCommands(final Box box) {
        this.box = box;
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        return List.of(
            CommandNode.group("show", "Show running system information",
                CommandNode.printing("logging", "Show the contents of logging buffers", (input, out) -> out.print(box.log().show()),
                    CommandNode.printing("count", "Show counts of each logging message", (input, out) -> counts(out)))),
            CommandNode.group("clear", "Reset functions",
                CommandNode.printing("logging", "Clear logging buffer",
                    (input, out) -> out.confirm("Clear logging buffer [confirm]", next -> box.log().clear()))));
    }

    private void counts(final Output out) {
        out.print("Facility        Message Name                     Sev Occur     Last Time\n" + "=".repeat(77) + "\n");
        String facility = "";
        long total = 0;
        for (final Map.Entry<MessageCounts.Name, MessageCounts.Count> entry : box.log().counts().all().entrySet()) {
            final MessageCounts.Name name = entry.getKey();
            if (!name.facility().equals(facility)) {
                total(out, facility, total);
                facility = name.facility();
                total = 0;
            }
            total += entry.getValue().lines();
            out.print(String.format(Locale.ROOT, "%-15s %-32s %2d %5d     %s\n", name.facility(), name.mnemonic(),
                name.severity().ordinal(), entry.getValue().lines(), TimeText.stamp(entry.getValue().last(), zone())));
        }
        total(out, facility, total);
    }

    /** The zone of the log's own time stamps. */
    private ZoneId zone() {
        final LoggingConfig.Timestamps stamps = box.config().logging().logStamps();
        return stamps != null && stamps.localtime() ? box.clock().local().getZone() : ZoneOffset.UTC;
    }

    private static void total(final Output out, final String facility, final long total) {
        if (!facility.isEmpty()) {
            out.print(RULE + String.format(Locale.ROOT, "%-48s   %5d\n\n", facility + " TOTAL", total));
        }
    }
}
