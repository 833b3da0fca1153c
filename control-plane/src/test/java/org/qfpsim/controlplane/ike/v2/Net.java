package org.qfpsim.controlplane.ike.v2;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.MalformedMessageException;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/** The network between two parties, in virtual time: it delays, loses, doubles, holds back; A may be behind a NAT. */
final class Net {
    static final long MILLI = 1_000_000;
    static final IpAddress NAT = IpAddress.parse("192.0.2.99");

    /** A message on its way. */
    record Datagram(Party from, Party to, IkePath arrival, byte[] message) {
        Header header() {
            try {
                return Header.read(message);
            } catch (final MalformedMessageException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean is(final Party sender, final int exchange, final boolean response) {
            return message.length > 1 && from == sender && header().exchange() == exchange && header().response() == response;
        }
    }

    final Timers timers;
    final List<Datagram> log = new ArrayList<>();
    final List<Datagram> held = new ArrayList<>();
    final SplittableRandom random;
    Predicate<Datagram> drops = datagram -> false;
    Predicate<Datagram> holds = datagram -> false;
    int lossPercent;
    int doublePercent;
    long jitterNanos;
    boolean nat;
    int natPort = 20_000;
    int keepalives;
    Party a;
    Party b;

    Net(final Timers timers, final long seed) {
        this.timers = timers;
        random = new SplittableRandom(seed);
    }

    void send(final Party from, final IkePath path, final byte[] message) {
        if (message.length == 1) {
            keepalives++;
            return;
        }
        final Party to = from == a ? b : a;
        final Datagram datagram = new Datagram(from, to, arrival(from, to, path), message);
        log.add(datagram);
        if (nat && from == b && path.remotePort() != natPort && path.remotePort() != natPort + 1) {
            // The NAT has forgotten this port.
            return;
        }
        if (holds.test(datagram)) {
            held.add(datagram);
        } else if (!drops.test(datagram) && random.nextInt(100) >= lossPercent) {
            deliver(datagram);
            if (random.nextInt(100) < doublePercent) {
                deliver(datagram);
            }
        }
    }

    private IkePath arrival(final Party from, final Party to, final IkePath path) {
        if (!nat) {
            return new IkePath(to.address, path.remotePort(), from.address, path.localPort());
        }
        if (from == a) {
            return new IkePath(to.address, path.remotePort(), NAT, natPort + (path.localPort() == IkePath.NAT_PORT ? 1 : 0));
        }
        return new IkePath(to.address, path.remotePort() == natPort + 1 ? IkePath.NAT_PORT : IkePath.IKE_PORT, from.address,
            path.localPort());
    }

    private void deliver(final Datagram datagram) {
        final long delay = 10 * MILLI + (jitterNanos == 0 ? 0 : random.nextLong(jitterNanos));
        timers.after(delay, () -> datagram.to.service.receive(datagram.arrival, datagram.message));
    }

    /** What was held back goes on. */
    void release() {
        holds = datagram -> false;
        final List<Datagram> now = List.copyOf(held);
        held.clear();
        now.forEach(this::deliver);
    }

    /** Loses the next so many that fit. */
    void drop(final int count, final Predicate<Datagram> which) {
        final int[] left = {count};
        drops = datagram -> which.test(datagram) && left[0]-- > 0;
    }
}
