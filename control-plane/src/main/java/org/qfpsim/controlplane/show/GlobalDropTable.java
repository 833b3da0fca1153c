package org.qfpsim.controlplane.show;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.platform.Release;
import org.qfpsim.controlplane.platform.ReleaseSwitch;
import org.qfpsim.datapath.counters.DropCounters;
import org.qfpsim.datapath.drop.GlobalDrop;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * {@code show platform hardware qfp active statistics drop}. Rows are sorted by name in ASCII order. Packets end in column 49 and octets
 * in column 73; a name of more than 25 characters takes its room from the blanks before the packets.
 */
public final class GlobalDropTable {
    /** Largest id of an IOS XE 3.x image: the rows from 339 on belong to AppNav and later features (from memory; MODEL.md). */
    static final int LAST_ID_OF_3_X = 338;
    /** Largest id in the YANG models of 17.2.1 and 17.13.1. */
    static final int LAST_ID_OF_17_X = 494;

    private static final int PACKETS_END = 49;
    private static final int OCTETS_WIDTH = 24;
    private static final int TABLE_WIDTH = PACKETS_END + OCTETS_WIDTH;
    private static final String HEAD = "Last clearing of QFP drops statistics : ";
    private static final String ID_HEADER = "   ID  ";
    private static final DateTimeFormatter CTIME =
        DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** Sorted once: a thousand routers need it. */
    private static final List<GlobalDrop> SORTED =
        Arrays.stream(GlobalDrop.values()).sorted(Comparator.comparing(GlobalDrop::cliName)).toList();

    private final Release release;
    private final DropCounters counters;
    private final List<GlobalDrop> rows;

    /**
     * Makes the table of one router.
     *
     * @param release  what it runs.
     * @param counters what is printed; read when it is.
     */
    public GlobalDropTable(final Release release, final DropCounters counters) {
        this.release = release;
        this.counters = counters;
        final int lastId = lastId(release);
        this.rows = SORTED.stream().filter(drop -> drop.id() <= lastId).toList();
    }

    /** The drops that the release has a row for, sorted by name. */
    public List<GlobalDrop> rows() {
        return rows;
    }


    private static int lastId(final Release release) {
        if (release.has(ReleaseSwitch.KNOWS_531_GLOBAL_DROPS)) {
            return GlobalDrop.MAX_ID;
        }
        return release.has(ReleaseSwitch.KNOWS_494_GLOBAL_DROPS) ? LAST_ID_OF_17_X : LAST_ID_OF_3_X;
    }

    /**
     * Prints the table.
     *
     * @param clearing the last clear, or null.
     * @param all      with zero rows, on every release.
     * @param withIds  with a column of drop IDs.
     * @return the text.
     */
    public String text(final @Nullable Clearing clearing, final boolean all, final boolean withIds) {
        return (release.has(ReleaseSwitch.PRINTS_LAST_CLEARING) ? clearingLines(clearing) : "") + table(all, withIds);
    }

    /**
     * Prints the table as the command does that clears it: with the time of this clear, without an age.
     *
     * @param at the time.
     * @return the text.
     */
    public String cleared(final Instant at) {
        return (release.has(ReleaseSwitch.PRINTS_LAST_CLEARING) ? HEAD + CTIME.format(at) + "\n\n\n" : "") + table(false, false);
    }

    private String table(final boolean all, final boolean withIds) {
        final String rule = "-".repeat(TABLE_WIDTH + (withIds ? ID_HEADER.length() : 0)) + "\n";
        final StringBuilder text = new StringBuilder(rule).append(withIds ? ID_HEADER : "");
        appendRow(text, "Global Drop Stats", "Packets", "Octets");
        text.append(rule);
        final boolean zeroRows = all || !release.has(ReleaseSwitch.HIDES_ZERO_GLOBAL_ROWS);
        boolean empty = true;
        for (final GlobalDrop drop : rows) {
            final long packets = counters.globalPackets(drop.id());
            if (packets != 0 || zeroRows) {
                text.append(withIds ? String.format(Locale.ROOT, "%5d  ", drop.id()) : "");
                appendRow(text, drop.cliName(), Long.toUnsignedString(packets), Long.toUnsignedString(counters.globalOctets(drop.id())));
                empty = false;
            }
        }
        return text.append(empty ? "   The Global drop stats were all zero\n" : "").toString();
    }

    private void appendRow(final StringBuilder text, final String name, final String packets, final String octets) {
        final int blanks = Math.max(1, PACKETS_END - name.length() - packets.length());
        text.append(name).repeat(' ', blanks).append(packets).repeat(' ', OCTETS_WIDTH - octets.length()).append(octets)
            .append(release.has(ReleaseSwitch.TRIMS_GLOBAL_TABLE) ? "\n" : "  \n");
    }

    /**
     * What stands above a table of drops.
     *
     * @param clearing the last clear, or null.
     * @return lines, the last one empty.
     */
    public static String clearingLines(final @Nullable Clearing clearing) {
        return clearing == null ? HEAD + "never\n\n" : HEAD + CTIME.format(clearing.at()) + "\n (" + inWords(clearing.age()) + " ago)\n\n";
    }

    /** Days, hours, minutes and seconds, from the first one that is not zero. */
    private static String inWords(final Duration age) {
        final StringBuilder text = new StringBuilder();
        appendUnit(text, age.toDays(), "d ");
        appendUnit(text, age.toHoursPart(), "h ");
        appendUnit(text, age.toMinutesPart(), "m ");
        return text.append(age.toSecondsPart()).append('s').toString();
    }

    private static void appendUnit(final StringBuilder text, final long value, final String unit) {
        if (value != 0 || !text.isEmpty()) {
            text.append(value).append(unit);
        }
    }
}
