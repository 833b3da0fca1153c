package org.qfpsim.sim.net;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A link between two ports, or a LAN segment between more. A segment is a switch: it learns where a source address is, and only frames to
 * an address that it has not learned go to every port. What happens to a frame follows from the settings and the seed. One thread.
 *
 * <ol>
 * <li>A frame that a {@link FrameFault} waits for has its fate.
 * <li>A frame that finds the link down, is too large, finds too many under way or draws a loss ends here, counted by cause.
 * <li>It takes delay and jitter, but does not overtake the frame before it towards the same port; one that is held back does not hold up
 * the others.
 * <li>When the link goes down, what is under way is lost.
 * </ol>
 */
public final class Link {
    private static final int ETHERNET_HEADER = 14;
    private static final int ADDRESS_BYTES = 6;
    private static final int MAX_ADDRESSES = 65_536;
    private static final long UNKNOWN = -1;

    private final String name;
    private final int number;
    private final SplittableRandom random;
    private final Schedule schedule;
    private final List<LinkPort> ports = new ArrayList<>();
    private final List<Long> lastArrival = new ArrayList<>();
    private final LinkCounters counters = new LinkCounters();
    private final Long2LongHashMap addresses = new Long2LongHashMap(UNKNOWN);
    private final List<FrameFault> faults = new ArrayList<>();
    private LinkSettings settings;
    private boolean up = true;
    private int generation;

    /** Where arrivals are noted. */
    interface Schedule {
        void arrival(long nanos, Link link, int port, byte[] frame, int generation);
    }

    Link(final String name, final int number, final LinkSettings settings, final long seed, final Schedule schedule) {
        this.name = name;
        this.number = number;
        this.settings = settings;
        this.random = new SplittableRandom(seed);
        this.schedule = schedule;
    }

    /** Unique in its network. */
    public String name() {
        return name;
    }

    /** Its place in the order in which links were made, from 0. */
    public int number() {
        return number;
    }

    /** What became of its frames. */
    public LinkCounters counters() {
        return counters;
    }

    /** What it does to frames. */
    public LinkSettings settings() {
        return settings;
    }

    /**
     * Changes what it does to frames; those under way are not touched.
     *
     * @param changed the new settings.
     */
    public void settings(final LinkSettings changed) {
        settings = changed;
    }

    /**
     * Lets something happen to the next frames of a kind.
     *
     * @param fault what; asked after those that were added before.
     */
    public void add(final FrameFault fault) {
        faults.add(fault);
    }

    /** Those that have not struck as often as they should. */
    public List<FrameFault> waitingFaults() {
        return faults.stream().filter(fault -> !fault.isOver()).toList();
    }

    /** Whether it carries frames. */
    public boolean isUp() {
        return up;
    }

    /** Connects or cuts it; returns whether that is a change. What is under way over a link that is cut is lost. */
    boolean up(final boolean connected) {
        if (up == connected) {
            return false;
        }
        up = connected;
        if (!connected) {
            generation++;
        }
        return true;
    }

    /** How many ends it has. */
    public int portCount() {
        return ports.size();
    }

    /**
     * Who is at an end.
     *
     * @param port 0 to {@link #portCount}-1.
     * @return the node.
     */
    public Node node(final int port) {
        return ports.get(port).station().node();
    }

    /**
     * Whether a node is at one of its ends.
     *
     * @param node of its network.
     * @return true if it is.
     */
    public boolean has(final Node node) {
        return ports.stream().anyMatch(port -> port.station().node() == node);
    }

    LinkPort port(final int index) {
        return ports.get(index);
    }

    int add(final LinkPort port) {
        ports.add(port);
        lastArrival.add(0L);
        return ports.size() - 1;
    }

    /** Puts a frame on the link; returns why nobody will get it, null if somebody may. */
    @Nullable LossCause send(final int from, final byte[] frame, final long now) {
        final FrameFault.@Nullable Plan plan = plan(from, frame);
        final int known = destination(from, frame);
        if (known >= 0) {
            return known == from ? null : towards(known, frame, now, plan);
        }
        LossCause lost = null;
        boolean any = false;
        for (int to = 0; to < ports.size(); to++) {
            if (to != from) {
                lost = towards(to, frame, now, plan);
                any |= lost == null;
            }
        }
        return any ? null : lost;
    }

    /** What is to happen to this very frame, or null. */
    private FrameFault.@Nullable Plan plan(final int from, final byte[] frame) {
        for (final FrameFault fault : faults) {
            if (fault.strikes(from, frame)) {
                return fault.plan();
            }
        }
        return null;
    }

    /** The port behind which the destination is; -1: every port. */
    private int destination(final int from, final byte[] frame) {
        if (ports.size() == 2 || frame.length < ETHERNET_HEADER) {
            return -1;
        }
        final long source = address(frame, ADDRESS_BYTES);
        if (addresses.size() < MAX_ADDRESSES || addresses.containsKey(source)) {
            addresses.put(source, from);
        }
        return (frame[0] & 1) != 0 ? -1 : (int) addresses.get(address(frame, 0));
    }

    private static long address(final byte[] frame, final int at) {
        long value = 0;
        for (int i = 0; i < ADDRESS_BYTES; i++) {
            value = value << 8 | frame[at + i] & 0xff;
        }
        return value;
    }

    private @Nullable LossCause towards(final int to, final byte[] frame, final long now, final FrameFault.@Nullable Plan plan) {
        counters.countSent();
        final LossCause lost = loss(frame, plan);
        if (lost != null) {
            counters.countLost(lost);
            return lost;
        }
        if (plan != null && plan.fate() == FrameFault.Fate.HOLD) {
            counters.countReordered();
            depart(to, frame, travelled(now) + plan.nanos());
            return null;
        }
        depart(to, frame, arrival(to, now));
        if (plan != null && plan.fate() == FrameFault.Fate.DUPLICATE) {
            counters.countDuplicated();
            depart(to, frame, travelled(now) + plan.nanos());
        }
        if (draw(settings.duplicate()) && counters.inFlight() < settings.queue()) {
            counters.countDuplicated();
            depart(to, frame, arrival(to, now));
        }
        return null;
    }

    private @Nullable LossCause loss(final byte[] frame, final FrameFault.@Nullable Plan plan) {
        if (!up) {
            return LossCause.DOWN;
        }
        if (plan != null && plan.fate() == FrameFault.Fate.DROP) {
            return LossCause.CHOSEN;
        }
        if (frame.length - ETHERNET_HEADER > settings.mtu()) {
            return LossCause.MTU;
        }
        if (counters.inFlight() >= settings.queue()) {
            return LossCause.QUEUE;
        }
        return draw(settings.loss()) ? LossCause.LOSS : null;
    }

    private long travelled(final long now) {
        final long jitter = settings.jitterNanos();
        return now + settings.delayNanos() + (jitter == 0 ? 0 : random.nextLong(jitter + 1));
    }

    /** When a frame arrives that nothing was planned for. */
    private long arrival(final int to, final long now) {
        final long travelled = travelled(now);
        if (draw(settings.reorder())) {
            counters.countReordered();
            return travelled + settings.reorderByNanos();
        }
        final long arrival = Math.max(travelled, lastArrival.get(to));
        lastArrival.set(to, arrival);
        return arrival;
    }

    private void depart(final int to, final byte[] frame, final long arrival) {
        counters.countDeparture();
        schedule.arrival(arrival, this, to, draw(settings.corrupt()) ? damaged(frame) : frame, generation);
    }

    private byte[] damaged(final byte[] frame) {
        final byte[] copy = frame.clone();
        final int first = Math.min(2 * ADDRESS_BYTES, frame.length - 1);
        final int bit = random.nextInt(first * Byte.SIZE, frame.length * Byte.SIZE);
        copy[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        counters.countCorrupted();
        return copy;
    }

    private boolean draw(final double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** A frame's journey ends; returns whether it arrives. */
    boolean arrive(final int sentInGeneration) {
        final boolean intact = sentInGeneration == generation;
        counters.countArrival(intact);
        return intact;
    }
}
