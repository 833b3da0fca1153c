package org.qfpsim.sim.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and links on one clock, as a loop over what happens next. One thread calls it; nodes may have threads of their own. A step:
 *
 * <ol>
 * <li>The time moves to the next event or deadline.
 * <li>What was planned for it happens, then frames arrive, in the order in which they were sent.
 * <li>Each node that got something or is due is told the time, in the order in which nodes were added.
 * <li>Barrier: with a virtual clock everybody waits until each of them is idle.
 * <li>What they logged is passed on and what they sent goes on its link, again in the order of the nodes. Links take at least
 * {@link LinkSettings#MIN_DELAY_NANOS}, so nothing that is sent in a step arrives in it.
 * </ol>
 *
 * <p>The order in which threads run within a step cannot be seen from outside it: that is why counters with threads equal those without.
 */
public final class VirtualNetwork implements AutoCloseable {
    private final NetworkClock clock;
    private final List<Station> stations = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<LinkTap> taps = new ArrayList<>();
    private final EventQueue events = new EventQueue();
    private final Turns turns = new Turns();
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private LogListener log = (node, nanos, line) -> { };
    private long now;
    private long lateness;

    /**
     * An empty network at time 0.
     *
     * @param clock what moves its time.
     */
    public VirtualNetwork(final NetworkClock clock) {
        this.clock = clock;
    }

    /**
     * Adds a node; closes it when the network is closed.
     *
     * @param node with a name that no other has.
     * @throws IllegalArgumentException if another has it.
     */
    public void add(final Node node) {
        if (stations.stream().anyMatch(other -> other.node().name().equals(node.name()))) {
            throw new IllegalArgumentException("two nodes are named " + node.name());
        }
        final Station station = new Station(node, stations.size(), clock.isFree());
        stations.add(station);
        station.connect();
        turns.touch(station);
    }

    /**
     * Adds a link without ends.
     *
     * @param name     for messages.
     * @param settings what it does to frames.
     * @param seed     of its dice.
     * @return the link.
     */
    public Link link(final String name, final LinkSettings settings, final long seed) {
        final Link link = new Link(name, links.size(), settings, seed, (nanos, on, port, frame, generation) ->
            events.add(nanos, false, () -> arrive(on, port, frame, generation)));
        links.add(link);
        return link;
    }

    /**
     * Plugs a node's interface into a link.
     *
     * @param link           of this network.
     * @param node           of this network.
     * @param interfaceIndex one without a link.
     * @throws IllegalArgumentException if the interface has a link already.
     */
    public void plug(final Link link, final Node node, final int interfaceIndex) {
        final Station station = station(node);
        final int port = link.add(new LinkPort(station, interfaceIndex));
        station.attach(interfaceIndex, new Station.Attachment(link, port));
        node.carrier(interfaceIndex, link.isUp());
        turns.touch(station);
    }

    /**
     * Connects or cuts a link; the nodes at its ends are told.
     *
     * @param link of this network.
     * @param up   false: what is under way is lost.
     */
    public void up(final Link link, final boolean up) {
        if (link.up(up)) {
            for (int i = 0; i < link.portCount(); i++) {
                final LinkPort port = link.port(i);
                port.station().node().carrier(port.interfaceIndex(), up);
                turns.touch(port.station());
            }
        }
    }

    /**
     * Lets somebody see every frame.
     *
     * @param tap is called during {@link #run}.
     */
    public void tap(final LinkTap tap) {
        taps.add(tap);
    }

    /**
     * Who gets the lines that nodes log.
     *
     * @param listener is called during {@link #run}.
     */
    public void onLog(final LogListener listener) {
        log = listener;
    }

    /**
     * Plans something. It happens before frames of the same time arrive; it must use {@link #with} for what it does to nodes.
     *
     * @param nanos  when; a time that has passed counts as now.
     * @param action what.
     */
    public void at(final long nanos, final Runnable action) {
        events.add(nanos, true, action);
    }

    /**
     * Lets {@link #run} do something as soon as it can. The only method that any thread may call.
     *
     * @param action what; it must use {@link #with} for what it does to nodes.
     */
    public void post(final Runnable action) {
        posted.add(action);
        clock.wake();
    }

    /**
     * Does something with a node and then lets it work: a command, a crash.
     *
     * @param node   of this network.
     * @param action what.
     * @param <T>    its result.
     * @return the result.
     */
    public <T> T with(final Node node, final Supplier<T> action) {
        final Station station = station(node);
        turns.touch(station);
        // What is due comes first: the node's clock may have stood still since the last frame.
        node.advance(now);
        return action.get();
    }

    /**
     * Changes a node before it does what is due at this moment: traffic that stops now sends no more.
     *
     * @param node   of this network.
     * @param change what.
     */
    public void change(final Node node, final Runnable change) {
        turns.touch(station(node));
        change.run();
    }

    /** The time, in nanoseconds. */
    public long nanos() {
        return now;
    }

    /** Its links in the order in which they were made. */
    public List<Link> links() {
        return List.copyOf(links);
    }

    /** Frames that were sent on interfaces without a link. */
    public long unconnected() {
        return stations.stream().mapToLong(Station::unconnected).sum();
    }

    /**
     * Lets time pass.
     *
     * @param until the time at which to stop, in nanoseconds; everything due then has happened.
     */
    public void run(final long until) {
        while (true) {
            final long next = turns.anyTouched() ? now : Math.min(events.next(), turns.nextDeadline());
            now = Math.max(now, clock.await(Math.min(next, until), this::hasNews, turns.anyWorking()));
            late(next);
            if (next > until && now >= until && !turns.anyWorking()) {
                return;
            }
            step();
        }
    }

    /**
     * How late the latest event, or the latest answer of a node, came: 0 with a virtual clock. With a real one it says whether the machine
     * kept up.
     *
     * @return nanoseconds.
     */
    public long lateness() {
        return lateness;
    }

    private void late(final long due) {
        lateness = Math.max(lateness, now - due);
    }

    private void step() {
        for (Runnable next = posted.poll(); next != null; next = posted.poll()) {
            next.run();
        }
        events.run(now);
        final List<Station> busy = turns.take(now);
        for (final Station station : busy) {
            station.node().advance(now);
        }
        if (clock.isFree()) {
            // What a node did on this thread has taken time, and what it sends leaves after it.
            now = Math.max(now, clock.await(now, this::hasNews, false));
        } else {
            busy.forEach(Station::awaitIdle);
        }
        turns.finishers(busy).forEach(this::collect);
    }

    private boolean hasNews() {
        return !posted.isEmpty() || turns.hasNews();
    }

    private void collect(final Station station) {
        // Asked first: what a thread does after this is collected the next time.
        final boolean idle = station.node().isIdle();
        for (final String line : station.logged()) {
            log.line(station.node(), now, line);
        }
        final Queue<Station.Sent> sent = station.sent();
        for (Station.Sent next = sent.poll(); next != null; next = sent.poll()) {
            transmit(station, next);
        }
        late(station.since());
        if (!idle) {
            turns.unfinished(station);
            return;
        }
        station.ended();
        final long deadline = station.node().nextDeadline();
        if (deadline <= now && !clock.isFree()) {
            throw new IllegalStateException(station.node().name() + " at " + now + " has an old deadline: " + deadline);
        }
        turns.finished(station, deadline);
    }

    private void transmit(final Station station, final Station.Sent sent) {
        final Station.Attachment at = station.attachment(sent.interfaceIndex());
        if (at == null) {
            station.countUnconnected();
            return;
        }
        final @Nullable LossCause lost = at.link().send(at.port(), sent.frame(), now);
        for (final LinkTap tap : taps) {
            tap.sent(at.link(), at.port(), now, sent.frame(), lost);
        }
    }

    private void arrive(final Link link, final int port, final byte[] frame, final int generation) {
        if (!link.arrive(generation)) {
            return;
        }
        for (final LinkTap tap : taps) {
            tap.delivered(link, port, now, frame);
        }
        final LinkPort to = link.port(port);
        turns.touch(to.station());
        to.station().receive(to.interfaceIndex(), frame, now);
    }

    private Station station(final Node node) {
        return stations.stream().filter(station -> station.node() == node).findFirst()
            .orElseThrow(() -> new IllegalArgumentException(node.name() + " is not a node of this network"));
    }

    @Override
    public void close() {
        stations.forEach(station -> station.node().close());
    }
}
