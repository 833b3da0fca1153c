package org.qfpsim.controlplane.neighbor;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.MacAddress;

/** A neighbour that is known, or asked for. */
final class Neighbor {
    /** Packets that wait for one neighbour at most; the oldest goes first. */
    static final int MAX_HELD = 8;

    final Key key;
    final Deque<byte[]> held = new ArrayDeque<>();
    @Nullable MacAddress mac;
    long heardNanos;
    int asked;
    Timers.@Nullable Timer timer;

    /** Who: an address on an interface. */
    record Key(int interfaceIndex, IpAddress address) {
    }

    Neighbor(final Key key) {
        this.key = key;
    }

    /** Keeps a packet until the neighbour answers; false if another one had to go for it. */
    boolean hold(final byte[] packet) {
        final boolean full = held.size() == MAX_HELD;
        if (full) {
            held.removeFirst();
        }
        held.add(packet);
        return !full;
    }

    void cancelTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
