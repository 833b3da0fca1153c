package org.qfpsim.sim.throughput.load;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.qfpsim.sim.InputException;

/**
 * How frames are spread over time.
 *
 * @param packets   frames of a burst, from 1: evenly spaced.
 * @param gigabits  rate of the line within a burst, Gb/s.
 */
public record Bursts(int packets, double gigabits) {
    /** A frame at a time. */
    public static final Bursts NONE = new Bursts(1, 10);
    /** Frames of the longest burst. */
    public static final int MOST = 1 << 20;

    private static final double MOST_GIGABITS = 800;

    /** Checks the ranges. */
    public Bursts {
        if (packets < 1 || packets > MOST) {
            throw new InputException("--burst " + packets + " is not within 1 to " + MOST);
        }
        if (!(gigabits >= 0.001 && gigabits <= MOST_GIGABITS)) {
            throw new InputException("--line-rate " + gigabits + " is not within 0.001 to " + (int) MOST_GIGABITS + " Gb/s");
        }
    }

    /** For the reports: nothing, or a line about the line. */
    public List<String> notes() {
        return packets == 1 ? List.of()
            : List.of("traffic: within a burst one frame behind the other at %s Gb/s".formatted(new DecimalFormat("0.###",
                DecimalFormatSymbols.getInstance(Locale.ROOT)).format(gigabits)));
    }

    /**
     * When frames are due.
     *
     * @param load   frames a second on average.
     * @param octets of a frame on the line, with preamble and gap.
     * @return the schedule.
     */
    public Schedule schedule(final double load, final double octets) {
        return new Schedule(1e9 / load, packets, octets * Byte.SIZE / gigabits);
    }
}
