package org.qfpsim.controlplane.ike.support;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/** A network that delivers messages after a delay, and can lose, double and reorder them. A NAT can stand in front of a host. */
public final class Wire {
    private static final int NAT_PORTS = 20_000;
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Timers timers;
    private final RandomGenerator random;
    private final Map<IpAddress, Host> hosts = new HashMap<>();
    private final List<byte[]> seen = new ArrayList<>();
    private @Nullable IpAddress inside;
    private @Nullable IpAddress outside;
    private int natShift = NAT_PORTS;
    private double loss;
    private double doubling;
    private int maxDelayMillis = 5;
    private Filter filter = message -> true;

    /** Takes messages in. */
    @FunctionalInterface
    public interface Host {
        /** A message came. */
        void receive(IkePath path, byte[] message);
    }

    /** Says what is delivered. */
    @FunctionalInterface
    public interface Filter {
        /** Whether the message arrives. */
        boolean passes(byte[] message);
    }

    /** A network without faults. */
    public Wire(final Timers timers, final RandomGenerator random) {
        this.timers = timers;
        this.random = random;
    }

    /** Connects a host. */
    public void connect(final IpAddress address, final Host host) {
        hosts.put(address, host);
    }

    /** Puts a NAT in front of a host. */
    public void nat(final IpAddress host, final IpAddress translated) {
        inside = host;
        outside = translated;
    }

    /** The NAT gives out other ports from now on. */
    public void remap() {
        natShift += 1000;
    }

    /** Faults from now on: shares of messages lost and doubled, and the longest delay, which reorders. */
    public void faults(final double lost, final double doubled, final int delayMillis) {
        loss = lost;
        doubling = doubled;
        maxDelayMillis = delayMillis;
    }

    /** Decides from now on which messages arrive. */
    public void filter(final Filter chosen) {
        filter = chosen;
    }

    /** Everything that was sent, lost messages included. */
    public List<byte[]> seen() {
        return seen;
    }

    /** Sends a message, as a transport does. */
    public void send(final IkePath path, final byte[] message) {
        seen.add(message);
        if (random.nextDouble() < loss || !filter.passes(message)) {
            return;
        }
        for (int copies = random.nextDouble() < doubling ? 2 : 1; copies > 0; copies--) {
            timers.after((1 + random.nextInt(maxDelayMillis)) * MILLI, () -> deliver(path, message));
        }
    }

    private void deliver(final IkePath path, final byte[] message) {
        IpAddress from = path.local();
        int fromPort = path.localPort();
        IpAddress to = path.remote();
        int toPort = path.remotePort();
        if (from.equals(inside) && outside != null) {
            from = outside;
            fromPort += natShift;
        } else if (to.equals(outside) && inside != null) {
            to = inside;
            toPort -= natShift;
        }
        final Host host = hosts.get(to);
        if (host != null && message.length > 1) {
            host.receive(new IkePath(to, toPort, from, fromPort), message);
        }
    }
}
