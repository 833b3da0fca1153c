package org.qfpsim.controlplane.nhrp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.InterfaceKind;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.NhrpMapping;
import org.qfpsim.datapath.route.Notification;
import org.qfpsim.datapath.route.Punt;
import org.qfpsim.datapath.route.PuntHandler;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;
import org.qfpsim.datapath.route.RoutedSa;
import org.qfpsim.datapath.route.TunnelSpec;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.trace.CaptureBuffer;
import org.qfpsim.datapath.trace.TraceBuffer;

/** Stations with one tunnel each, and what carries packets between their outer addresses in 10 ms, in virtual time. */
final class Cloud {
    static final int TUNNEL = 0;
    static final int KEY = 77;
    /** The tunnel's own flow, which stands for "none yet". */
    static final int NO_FLOW_YET = 4;

    final Timers timers = new Timers();
    /** Length of the prefix of the tunnel's network. */
    int prefix = 24;
    final List<Message> messages = new ArrayList<>();
    private final Map<IpAddress, Station> stations = new LinkedHashMap<>();
    private Predicate<Message> filter = message -> true;

    /** An NHRP packet under way. */
    record Message(long nanos, IpAddress from, IpAddress to, int flow, byte[] octets) {
        NhrpPacket packet() {
            return NhrpDecoder.read(octets).orElseThrow();
        }

        double seconds() {
            return nanos / 1e9;
        }
    }

    static IpAddress ip(final String text) {
        return IpAddress.parse(text);
    }

    /** A hub without servers of its own. */
    Station hub(final String... more) {
        return new Station("10.0.0.1", "172.16.0.1", more);
    }

    /** A spoke that registers with the hub. */
    Station spoke(final int number, final String... more) {
        final String[] lines = new String[more.length + 2];
        lines[0] = "ip nhrp map 172.16.0.1 10.0.0.1";
        lines[1] = "ip nhrp nhs 172.16.0.1";
        System.arraycopy(more, 0, lines, 2, more.length);
        return new Station("10.0.0." + number, "172.16.0." + number, lines);
    }

    /** Loses those for which it is false. */
    void filter(final Predicate<Message> value) {
        filter = value;
    }

    Cloud run(final double seconds) {
        timers.advance(timers.nanos() + (long) (seconds * 1e9));
        return this;
    }

    List<Message> taken(final NhrpPacket.Kind kind) {
        return messages.stream().filter(message -> message.packet().kind() == kind).toList();
    }

    private void carry(final Message message) {
        messages.add(message);
        if (filter.test(message)) {
            timers.after(TimeUnit.MILLISECONDS.toNanos(10), () -> {
                final Station to = stations.get(message.to);
                if (to != null) {
                    to.deliver(message.from, message.octets);
                }
            });
        }
    }

    /** A router as far as NHRP sees it. */
    final class Station implements RoutedDatapath, EventLog {
        final NhrpService nhrp = new NhrpService(this, timers, this);
        final List<String> said = new ArrayList<>();
        final List<String> debug = new ArrayList<>();
        final IpAddress nbma;
        final RouterConfig router;
        int configured;
        /** What others see as the source of its packets. */
        IpAddress seenAs;
        private RoutedConfig config = RoutedConfig.EMPTY;

        Station(final String nbma, final String inner, final String... more) {
            this.nbma = ip(nbma);
            seenAs = this.nbma;
            final ConfigFile file = ConfigFile.read("test", "interface Tunnel0\n ip nhrp network-id 1\n "
                + String.join("\n ", more) + "\n tunnel source " + nbma + "\n tunnel mode gre multipoint\n tunnel key 77\nend\n");
            if (!file.refused().isEmpty()) {
                throw new IllegalArgumentException(file.refused().toString());
            }
            router = file.config();
            config = RoutedConfig.of(List.of(InterfaceSpec.tunnel(TUNNEL, "Tunnel0", InterfaceKind.TUNNEL_MGRE,
                new TunnelSpec(this.nbma, null, KEY, false, NO_FLOW_YET), 1400, inner + "/" + prefix)))
                .withNhrp(router.interfaces().getFirst().nhrp().maps().stream()
                    .map(map -> new NhrpMapping(TUNNEL, map.protocol(), map.nbma(), NO_FLOW_YET)).toList());
            stations.put(this.nbma, this);
            nhrp.configure(router, name -> name.equals("Tunnel0") ? TUNNEL : RoutedConfig.NO_INTERFACE);
        }

        void up(final boolean up) {
            config = config.withInterfaces(List.of(config.interfaces().getFirst().withUp(up)));
        }

        /** Packets want a next hop. */
        boolean want(final String target) {
            return nhrp.notified(new Notification(Notification.Kind.NEIGHBOR_WANTED, ip("0.0.0.0"), ip(target), 0, 0, 0, 0, TUNNEL,
                RoutedConfig.NO_FLOW, 1, 0, 0, 0));
        }

        /** Where packets to a next hop go, or null. */
        @Nullable String hop(final String target) {
            return config.nhrp().stream().filter(mapping -> mapping.protocolAddress().equals(ip(target)))
                .map(mapping -> mapping.nbma().toString()).findFirst().orElse(null);
        }

        void deliver(final IpAddress from, final byte[] octets) {
            final ByteBuffer packet = ByteBuffer.allocate(28 + octets.length);
            packet.putInt(0x45 << 24 | packet.capacity()).putInt(0).putInt(255 << 24 | 47 << 16).put(from.octets()).put(nbma.octets());
            packet.putShort((short) 0x2000).putShort((short) 0x2001).putInt(KEY).put(octets);
            if (!nhrp.punted(new Punt(PuntCause.FOR_US_CONTROL.id(), TUNNEL, false, timers.nanos(), null, 0),
                new UnsafeBuffer(packet.array()), 0, packet.capacity())) {
                throw new AssertionError("NHRP was not taken");
            }
        }

        @Override
        public boolean injectTunnel(final int interfaceIndex, final IpAddress to, final int flow, final int protocolType,
                                    final DirectBuffer payload, final int offset, final int length, final long nanos) {
            final byte[] octets = new byte[length];
            payload.getBytes(offset, octets);
            carry(new Message(nanos, seenAs, to, flow, octets));
            return true;
        }

        @Override
        public void message(final String facility, final int severity, final String mnemonic, final String text) {
            said.add("%" + facility + "-" + severity + "-" + mnemonic + ": " + text);
        }

        @Override
        public void debug(final Debug category, final @Nullable IpAddress peer, final Supplier<String> line) {
            if (debug.size() < 1_000) {
                debug.add(line.get());
            }
        }

        @Override
        public void configure(final RoutedConfig next) {
            config = next;
            configured++;
        }

        @Override
        public void policer(final PuntCause cause, final int perSecond) {
            throw new UnsupportedOperationException("nobody sets policers here");
        }

        @Override
        public void watch(final @Nullable TraceBuffer trace, final List<CaptureBuffer> captures) {
            throw new UnsupportedOperationException("nobody watches packets here");
        }

        @Override
        public RoutedConfig configuration() {
            return config;
        }

        @Override
        public RoutedSa installInbound(final SaSpec spec, final int flow, final int interfaceIndex) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void invalidate(final RoutedSa sa) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RoutedSa installOutbound(final SaSpec spec, final int flow) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void retire(final RoutedSa sa) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int reclaim() {
            return 0;
        }

        @Override
        public boolean inject(final DirectBuffer packet, final int offset, final int length, final long nanos) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean injectFrame(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length,
                                   final long nanos) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int drainPunts(final PuntHandler handler, final int limit) {
            return 0;
        }

        @Override
        public int drainNotifications(final Consumer<Notification> handler, final int limit) {
            return 0;
        }
    }
}
