package org.qfpsim.sim.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Whose turn it is: who got something, who is due, and who has not finished yet. The network's thread. */
final class Turns {
    /** Those that want to be called, by when. */
    private final TreeSet<Station> deadlines =
        new TreeSet<>(Comparator.<Station>comparingLong(Station::deadline).thenComparingInt(Station::index));
    /** Those that got something and are to be told the time. */
    private List<Station> touched = new ArrayList<>();
    /** Those that were told and have not finished: with a free clock only. */
    private List<Station> working = new ArrayList<>();

    /** It got something: it has a turn in the next step. */
    void touch(final Station station) {
        if (!station.touched()) {
            station.touched(true);
            touched.add(station);
        }
    }

    /** Whether somebody got something that it has not been told the time of. */
    boolean anyTouched() {
        return !touched.isEmpty();
    }

    long nextDeadline() {
        return deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.first().deadline();
    }

    /** Those whose turn it is now, in the order of the nodes; afterwards nobody is touched. */
    List<Station> take(final long now) {
        while (nextDeadline() <= now) {
            touch(deadlines.removeFirst());
        }
        final List<Station> busy = touched;
        touched = new ArrayList<>();
        busy.sort(Comparator.comparingInt(Station::index));
        busy.forEach(station -> {
            station.touched(false);
            station.began(now);
        });
        return busy;
    }

    /** Those who may have sent something: those who had their turn now, and those who have not finished an earlier one. */
    List<Station> finishers(final List<Station> busy) {
        working.removeAll(busy);
        final List<Station> all = new ArrayList<>(busy);
        all.addAll(working);
        working = new ArrayList<>();
        return all;
    }

    /** It has not finished. */
    void unfinished(final Station station) {
        working.add(station);
    }

    /** It has finished and wants to be called at a time. */
    void finished(final Station station, final long deadline) {
        deadlines.remove(station);
        station.deadline(deadline);
        if (deadline != Long.MAX_VALUE) {
            deadlines.add(station);
        }
    }

    boolean anyWorking() {
        return !working.isEmpty();
    }

    /** Whether one of those who are working has sent something or has finished. */
    boolean hasNews() {
        return working.stream().anyMatch(station -> station.hasSent() || station.node().isIdle());
    }
}
