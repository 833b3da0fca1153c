package org.qfpsim.controlplane.router;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.ipsec.RekeyMargins;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;

/** Control planes back to back in virtual time. */
final class Lab {
    static final long MS = 1_000_000L;
    static final long SECOND = 1_000 * MS;
    static final long LATENCY = 2 * MS;

    private final Map<IpAddress, Router> routers = new LinkedHashMap<>();
    private final Map<IpAddress, ScriptedIke> scripted = new LinkedHashMap<>();
    private final PriorityQueue<Event> queue = new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final long seed;
    private final @Nullable List<IkeFactory> real;
    private final Random network;
    private double loss;
    private double doubling;
    private long jitter;
    long messages;
    /** Messages that were lost or doubled. */
    long faults;
    private long order;
    private long now;

    private record Event(long at, long order, Runnable action) {
    }

    /** IKE by script. */
    Lab(final long seed) {
        this(seed, null);
    }

    /** IKE over the wire. */
    Lab(final long seed, final @Nullable List<IkeFactory> real) {
        this.seed = seed;
        this.real = real;
        network = new Random(seed);
    }

    /** Faults of the network from now on: shares of IKE messages lost and doubled, and the longest delay on top, which reorders. */
    void faults(final double lost, final double doubled, final long delay) {
        loss = lost;
        doubling = doubled;
        jitter = delay;
    }

    /** What a router has said. */
    static final class Log implements EventLog {
        final List<String> messages = new ArrayList<>();
        final List<String> debugs = new ArrayList<>();
        boolean debugging = true;

        @Override
        public void message(final String facility, final int severity, final String mnemonic, final String text) {
            messages.add("%" + facility + "-" + severity + "-" + mnemonic + ": " + text);
        }

        @Override
        public void debug(final Debug category, final @Nullable IpAddress peer, final Supplier<String> line) {
            if (debugging) {
                debugs.add(line.get());
            }
        }
    }

    /** Nobody reads what it says. */
    static final class Silent implements EventLog {
        @Override
        public void message(final String facility, final int severity, final String mnemonic, final String text) {
        }

        @Override
        public void debug(final Debug category, final @Nullable IpAddress peer, final Supplier<String> line) {
        }
    }

    /** One router. */
    final class Router {
        final IpAddress address;
        final Timers timers = new Timers();
        final FakeDatapath datapath = new FakeDatapath(timers::nanos);
        final Log log = new Log();
        final ControlPlane plane;
        private @Nullable ScriptedIke script;

        Router(final String ip, final RouterConfig config, final SaStore store, final RekeyMargins margins) {
            address = IpAddress.parse(ip);
            timers.advance(now);
            final int version = config.crypto().ipsec().profiles().getFirst().settings().version();
            final List<IkeFactory> ike = real != null ? real : List.of((settings, engine, transport, clock, events, random) -> {
                script = new ScriptedIke(version, scripted, address, engine, clock);
                return script;
            });
            routers.put(address, this);
            plane = new ControlPlane(new ControlPlaneParts(timers, datapath, Lab.this::send, log,
                new Random(seed + address.low()), store, margins, ike), config);
        }

        ScriptedIke ike() {
            if (script == null) {
                throw new IllegalStateException("IKE is real");
            }
            return script;
        }

        /** Sends packets on a flow at regular intervals. */
        void stream(final int flow, final long interval, final long until) {
            stream(flow, interval, until, 1000);
        }

        void stream(final int flow, final long interval, final long until, final int size) {
            at(0, () -> {
                final SaSpec sa = datapath.send(flow, size);
                final Router to = sa == null ? null : routers.get(sa.destination());
                if (sa != null && to != null) {
                    at(LATENCY, () -> to.datapath.receive(sa, size));
                }
            });
            if (now + interval < until) {
                at(interval, () -> stream(flow, interval, until, size));
            }
        }

        int flow() {
            return datapath.flows.keySet().iterator().next();
        }

        List<String> invalidSpiLines() {
            return log.messages.stream().filter(line -> line.startsWith("%CRYPTO-4-RECVD_PKT_INV_SPI")).toList();
        }
    }

    /** Nothing that is sent to or from a router arrives any more. */
    void unplug(final Router router) {
        routers.remove(router.address, router);
    }

    Router router(final String ip, final RouterConfig config) {
        return router(ip, config, SaStore.NONE, RekeyMargins.IOS);
    }

    Router router(final String ip, final RouterConfig config, final SaStore store, final RekeyMargins margins) {
        return new Router(ip, config, store, margins);
    }

    /** A restart: everything in memory is gone, and the peers are not told. */
    Router restart(final Router router, final RouterConfig config, final SaStore store) {
        if (store instanceof MemoryDisk disk) {
            disk.restart();
        }
        return new Router(router.address.toString(), config, store, RekeyMargins.IOS);
    }

    private void send(final byte[] packet) {
        messages++;
        if (network.nextDouble() < loss) {
            faults++;
            return;
        }
        final int all = network.nextDouble() < doubling ? 2 : 1;
        faults += all - 1;
        for (int copies = all; copies > 0; copies--) {
            at(LATENCY + (jitter == 0 ? 0 : network.nextLong(jitter)), () -> deliver(packet));
        }
    }

    private void deliver(final byte[] packet) {
        final UdpPacket udp = UdpPacket.parse(packet).orElseThrow();
        final Router to = routers.get(udp.destination());
        if (to != null) {
            to.plane.punted(packet);
        }
    }

    void at(final long delay, final Runnable action) {
        queue.add(new Event(now + delay, order++, action));
    }

    long now() {
        return now;
    }

    /** Runs all routers and what is planned for a while. */
    void run(final long duration) {
        final long until = now + duration;
        while (true) {
            long next = queue.isEmpty() ? Long.MAX_VALUE : queue.peek().at();
            for (final Router router : routers.values()) {
                next = Math.min(next, router.plane.nextDeadline());
            }
            if (next > until) {
                break;
            }
            now = Math.max(now, next);
            routers.values().forEach(router -> router.plane.advance(now));
            while (!queue.isEmpty() && queue.peek().at() <= now) {
                queue.remove().action().run();
            }
        }
        now = until;
        routers.values().forEach(router -> router.plane.advance(until));
    }
}
