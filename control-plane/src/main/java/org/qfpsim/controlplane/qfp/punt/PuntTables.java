package org.qfpsim.controlplane.qfp.punt;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.qfpsim.datapath.drop.InjectCause;
import org.qfpsim.datapath.drop.PuntCause;

/** {@code infrastructure punt statistics type ...}: rows that have counted something. Layout of per-cause: qfp-reference 3.4. */
final class PuntTables {
    private static final int PUNT_CAUSES = 160;
    private static final int GLOBAL_DROPS = 22;
    private static final String RULE = "  " + "-".repeat(96) + "\n";
    private static final String ROW = "  %03d%9s%-42s%-22s%s%n";

    private final PuntSource counts;

    PuntTables(final PuntSource counts) {
        this.counts = counts;
    }

    String perCause() {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
            "Global Per Cause Statistics%n%n  Number of punt causes =   %d%n%n  Per Punt Cause Statistics%n", PUNT_CAUSES));
        header(text, "Punt");
        for (final PuntCause cause : PuntCause.values()) {
            row(text, cause.id(), cause.cliName(), counts.received(cause), counts.transmitted(cause));
        }
        text.append(String.format(Locale.ROOT, "%n%n  Number of inject causes = %d%n%n  Per Inject Cause Statistics%n", InjectCause.COUNT));
        header(text, "Inject");
        for (final InjectCause cause : InjectCause.values()) {
            row(text, cause.id(), cause.cliName(), counts.received(cause), counts.transmitted(cause));
        }
        return text.toString();
    }

    private static void header(final StringBuilder text, final String kind) {
        text.append(String.format(Locale.ROOT, "%56s%-22s%s%n  Counter ID  %-42s%-22s%s%n", "", "Packets", "Packets", kind + " Cause Name",
            "Received", "Transmitted")).append(RULE);
    }

    private static void row(final StringBuilder text, final int id, final String name, final long received, final long transmitted) {
        if (received != 0) {
            text.append(String.format(Locale.ROOT, ROW, id, "", name, Long.toUnsignedString(received), Long.toUnsignedString(transmitted)));
        }
    }

    /** No packet is lost here for a reason of this table: its counters are of faults that this datapath cannot have. */
    String globalDrop() {
        return String.format(Locale.ROOT, "Global Drop Statistics%n%n  Number of global drop counters = %d%n%n"
            + "  Counter ID  %-42s%s%n", GLOBAL_DROPS, "Drop Counter Name", "Packets") + RULE;
    }

    String puntDrop() {
        return drops("Punt", PUNT_CAUSES, PuntCause.values(), cause -> counts.received(cause) - counts.transmitted(cause),
            PuntCause::id, PuntCause::cliName);
    }

    String injectDrop() {
        return drops("Inject", InjectCause.COUNT, InjectCause.values(), cause -> counts.received(cause) - counts.transmitted(cause),
            InjectCause::id, InjectCause::cliName);
    }

    private static <T> String drops(final String kind, final int number, final T[] causes, final ToLongFunction<T> lost,
                                    final ToIntFunction<T> id, final Function<T, String> name) {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
            "%s Drop Statistics%n%n  Number of %s causes = %d%n%n  Counter ID  %-42s%s%n", kind, kind.toLowerCase(Locale.ROOT), number,
            kind + " Cause Name", "Packets")).append(RULE);
        for (final T cause : causes) {
            final long packets = lost.applyAsLong(cause);
            if (packets != 0) {
                text.append(String.format(Locale.ROOT, "  %03d%9s%-42s%s%n", id.applyAsInt(cause), "", name.apply(cause),
                    Long.toUnsignedString(packets)));
            }
        }
        return text.toString();
    }
}
