package org.qfpsim.controlplane.exec;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.exec.ProcessTimes.Process;

/** {@code show processes ...} and {@code show memory}: a process of the platform is a part of the control plane's work here. */
public final class ProcessCommands {
    private static final int NOW = 5;
    private static final int MINUTE = 60;
    private static final int MINUTES = 300;
    private static final long MILLI = 1_000_000;
    private static final long MICRO = 1_000;

    private final ProcessTimes times;
    private final MemoryUse memory;

    /**
     * Makes the commands.
     *
     * @param times  what the control plane has done.
     * @param memory what it holds.
     */
    public ProcessCommands(final ProcessTimes times, final MemoryUse memory) {
        this.times = times;
        this.memory = memory;
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        final ControlProcessor processor = new ControlProcessor(times, memory);
        return List.of(CommandNode.group("show", "Show running system information",
            CommandNode.command("memory", "Memory statistics", this::pools,
                CommandNode.command("statistics", "Show memory pool statistics", this::pools)),
            CommandNode.group("processes", "Active process statistics",
                CommandNode.command("cpu", "Show CPU use per process", () -> cpu(Process::ordinal),
                    CommandNode.command("platform", "Show information per IOS-XE process", this::platform),
                    sorted("sorted", "Show sorted output based on percentage of usage", NOW,
                        sorted("1min", "Sort based on 1 minute utilization", MINUTE),
                        sorted("5min", "Sort based on 5 minutes utilization", MINUTES),
                        sorted("5sec", "Sort based on 5 seconds utilization", NOW))),
                CommandNode.command("memory", "Show memory use per process", this::holdings)),
            CommandNode.group("platform", "Show platform information",
                CommandNode.group("software", "Show platform software information",
                    CommandNode.group("status", "Show platform software status",
                        CommandNode.command("control-processor", "Status of the control processor", processor::text,
                            CommandNode.command("brief", "One line for each", processor::brief)))))));
    }

    private CommandNode sorted(final String word, final String help, final int seconds, final CommandNode... more) {
        final Supplier<String> action = () -> cpu(process -> -times.percent(process, seconds));
        return CommandNode.command(word, help, action, more);
    }

    /** A key to sort by. */
    @FunctionalInterface
    private interface Key {
        double of(Process process);
    }

    private String cpu(final Key key) {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
            "CPU utilization for five seconds: %.0f%%/0%%; one minute: %.0f%%; five minutes: %.0f%%%n", times.percent(NOW),
            times.percent(MINUTE), times.percent(MINUTES)))
            .append(" PID Runtime(ms)     Invoked      uSecs   5Sec   1Min   5Min TTY Process \n");
        Arrays.stream(Process.values()).sorted(Comparator.comparingDouble(key::of)).forEach(each -> {
            final long invoked = times.invoked(each);
            text.append(String.format(Locale.ROOT, "%4d%12d%12d%11d%6.2f%%%6.2f%%%6.2f%%%4d %-17s%n", each.ordinal() + 1,
                times.nanos(each) / MILLI, invoked, invoked == 0 ? 0 : times.nanos(each) / invoked / MICRO, times.percent(each, NOW),
                times.percent(each, MINUTE), times.percent(each, MINUTES), 0, each.title()));
        });
        return text.toString();
    }

    /** IOS itself is the one process of the platform's Linux that is here. */
    private String platform() {
        final String all = String.format(Locale.ROOT,
            "CPU utilization for five seconds:%3.0f%%, one minute:%3.0f%%, five minutes:%3.0f%%%n",
            times.percent(NOW), times.percent(MINUTE), times.percent(MINUTES));
        return all + "Core 0: " + all + "   Pid    PPid    5Sec    1Min    5Min  Status        Size  Name                  \n"
            + "-".repeat(80) + "\n" + String.format(Locale.ROOT, "%6d%8d%7.0f%%%7.0f%%%7.0f%%  %-6s%12d  %-22s%n", 1, 0, times.percent(NOW),
            times.percent(MINUTE), times.percent(MINUTES), "S", memory.used(), "linux_iosd-imag");
    }

    private String pools() {
        final StringBuilder text = new StringBuilder(
            "                Head    Total(b)     Used(b)     Free(b)   Lowest(b)  Largest(b)\n");
        pool(text, "Processor", memory.total(), memory.used(), memory.lowest());
        final long ring = memory.buffers().injectionOctets();
        pool(text, "lsmpi_io", ring, memory.buffers().injectionUsed(), ring - memory.buffers().injectionUsed());
        return text.toString();
    }

    /** There is no address to be shown, and one piece that is free. */
    private static void pool(final StringBuilder text, final String name, final long total, final long used, final long lowest) {
        text.append(String.format(Locale.ROOT, "%9s  %-10s%12d%12d%12d%12d%12d%n", name, "0000000000", total, used, total - used, lowest,
            total - used));
    }

    private String holdings() {
        final StringBuilder text = new StringBuilder();
        final long ring = memory.buffers().injectionOctets();
        final long inRing = memory.buffers().injectionUsed();
        sum(text, "Processor", memory.total(), memory.used());
        sum(text, " lsmpi_io", ring, inRing);
        text.append("\n PID TTY  Allocated      Freed    Holding    Getbufs    Retbufs Process\n");
        int pid = 1;
        for (final var each : memory.holdings().entrySet()) {
            text.append(String.format(Locale.ROOT, "%4d%4d%11d%11d%11d%11d%11d %-16s%n", pid++, 0, each.getValue(), 0,
                each.getValue(), 0, 0, each.getKey()));
        }
        return text.append(String.format(Locale.ROOT, "%30d Total%n",
            memory.holdings().values().stream().mapToLong(Long::longValue).sum())).toString();
    }

    private static void sum(final StringBuilder text, final String name, final long total, final long used) {
        text.append(String.format(Locale.ROOT, "%s Pool Total: %10d Used: %10d Free: %10d%n", name, total, used, total - used));
    }
}
