package org.qfpsim.controlplane.exec;

import java.util.Locale;

/**
 * {@code show platform software status control-processor [brief]}. The load average is the share of time in which the control plane had
 * something to do, averaged over the minutes that the platform names.
 */
final class ControlProcessor {
    private static final int NOW = 5;
    private static final int MINUTE = 60;
    private static final int[] LOADS = {1, 5, 15};
    private static final double PERCENT = 100;
    private static final double LOAD_WARNING = 5;
    private static final long MEMORY_WARNING = 95;
    private static final long KILO = 1024;

    private final ProcessTimes times;
    private final MemoryUse memory;

    ControlProcessor(final ProcessTimes times, final MemoryUse memory) {
        this.times = times;
        this.memory = memory;
    }

    private double load(final int minutes) {
        return times.percent(minutes * MINUTE) / PERCENT;
    }

    private static long percent(final long part, final long whole) {
        return Math.round(part * PERCENT / whole);
    }

    private String health() {
        return percent(memory.committed(), memory.total()) < MEMORY_WARNING ? "healthy" : "warning";
    }

    String text() {
        final StringBuilder text = new StringBuilder("RP0: online, statistics updated 0 seconds ago\nLoad Average: healthy\n");
        for (final int minutes : LOADS) {
            text.append(String.format(Locale.ROOT, "  %d-Min: %.2f, status: healthy, under %.2f%n", minutes, load(minutes), LOAD_WARNING));
        }
        final long total = memory.total() / KILO;
        final long used = memory.used() / KILO;
        final long committed = memory.committed() / KILO;
        text.append("Memory (kb): ").append(health()).append('\n')
            .append(String.format(Locale.ROOT, "  Total: %d%n  Used: %d (%d%%)%n  Free: %d (%d%%)%n  Committed: %d (%d%%), status: %s, "
                + "under %d%%%n", total, used, percent(used, total), total - used, percent(total - used, total), committed,
            percent(committed, total), health(), MEMORY_WARNING))
            .append("Per-core Statistics\nCPU0: CPU Utilization (percentage of time spent)\n");
        final double busy = times.percent(NOW);
        return text.append(String.format(Locale.ROOT, "  User: %5.2f, System: %5.2f, Nice: %5.2f, Idle: %5.2f%n  IRQ: %5.2f, SIRQ: %5.2f, "
            + "IOwait: %5.2f%n", busy, 0., 0., PERCENT - busy, 0., 0., 0.)).toString();
    }

    String brief() {
        final long total = memory.total() / KILO;
        final long used = memory.used() / KILO;
        final long committed = memory.committed() / KILO;
        final double busy = times.percent(NOW);
        return String.format(Locale.ROOT, "Load Average%n Slot  Status  1-Min  5-Min 15-Min%n  RP0 Healthy%7.2f%7.2f%7.2f%n%n",
            load(LOADS[0]), load(LOADS[1]), load(LOADS[2]))
            + String.format(Locale.ROOT, "Memory (kB)%n Slot  Status    Total     Used (Pct)     Free (Pct) Committed (Pct)%n"
                + "  RP0 %-7s%9d%9d (%2d%%)%9d (%2d%%)%10d (%2d%%)%n%n", "healthy".equals(health()) ? "Healthy" : "Warning", total, used,
            percent(used, total), total - used, percent(total - used, total), committed, percent(committed, total))
            + String.format(Locale.ROOT, "CPU Utilization%n Slot  CPU   User System   Nice   Idle    IRQ   SIRQ IOwait%n"
                + "  RP0    0%7.2f%7.2f%7.2f%7.2f%7.2f%7.2f%7.2f%n", busy, 0., 0., PERCENT - busy, 0., 0., 0.);
    }
}
