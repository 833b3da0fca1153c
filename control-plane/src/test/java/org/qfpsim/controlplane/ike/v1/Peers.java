package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.crypto.IkeCipher;
import org.qfpsim.controlplane.ike.crypto.Integrity;
import org.qfpsim.controlplane.ike.support.FakeConfig;
import org.qfpsim.controlplane.ike.support.FakeEngine;
import org.qfpsim.controlplane.ike.support.Wire;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Two IKEv1 routers, A (10.1.1.1) and B (20.1.1.2), on one virtual clock. */
final class Peers {
    static final IpAddress ADDRESS_A = IpAddress.parse("10.1.1.1");
    static final IpAddress ADDRESS_B = IpAddress.parse("20.1.1.2");

    final Timers timers = new Timers();
    final Random random;
    final Wire wire;
    final Router a;
    final Router b;
    final Map<Long, byte[]> keyLog = new HashMap<>();

    /** One router. */
    final class Router {
        final IpAddress address;
        final IpAddress other;
        final FakeConfig config = new FakeConfig();
        final FakeEngine engine = new FakeEngine(() -> 256 + random.nextInt(Integer.MAX_VALUE - 256));
        final List<String> debug = new ArrayList<>();
        final List<String> messages = new ArrayList<>();
        Ikev1Context context;
        Ikev1Service service;

        Router(final IpAddress address, final IpAddress other) {
            this.address = address;
            this.other = other;
            service = service();
            wire.connect(address, (path, message) -> service.receive(path, message));
        }

        private Ikev1Service service() {
            final EventLog log = new EventLog() {
                @Override
                public void message(final String facility, final int severity, final String mnemonic, final String text) {
                    messages.add("%" + facility + "-" + severity + "-" + mnemonic + ": " + text);
                }

                @Override
                public void debug(final Debug category, final @Nullable IpAddress peer, final Supplier<String> line) {
                    debug.add(line.get());
                }
            };
            context = new Ikev1Context(config, engine, this::send, timers, log, Entropy.of(random), keys(),
                Ikev1Settings.DEFAULT);
            return new Ikev1Service(context);
        }

        private void send(final IkePath path, final byte[] message) {
            wire.send(path, message);
        }

        /** Power fails: memory is lost, nobody is told. */
        void restart() {
            service.clear(null, true);
            engine.forget();
            service = service();
        }

        void request(final int flow) {
            service.requestChild(policy(this == a, flow), other, null);
        }
    }

    Peers(final long seed) {
        random = new Random(seed);
        wire = new Wire(timers, random);
        a = new Router(ADDRESS_A, ADDRESS_B);
        b = new Router(ADDRESS_B, ADDRESS_A);
        policies(EspSuite.AES_CBC_128_SHA1_96, SaSpec.Mode.TUNNEL, 0, 3600);
    }

    private List<EspSuite> suites = List.of();
    private SaSpec.Mode mode = SaSpec.Mode.TUNNEL;
    private int pfs;
    private long seconds;

    /** Makes three flows between the routers, the same at both ends. */
    void policies(final EspSuite suite, final SaSpec.Mode newMode, final int group, final long lifetime) {
        suites = List.of(suite);
        mode = newMode;
        pfs = group;
        seconds = lifetime;
        for (final Router router : List.of(a, b)) {
            router.engine.policies().clear();
            for (int flow = 0; flow < 3; flow++) {
                router.engine.policies().add(policy(router == a, flow));
            }
        }
    }

    ChildPolicy policy(final boolean ofA, final int flow) {
        final IpPrefix left = IpPrefix.parse("192.168.1." + 16 * flow + "/28");
        final IpPrefix right = IpPrefix.parse("192.168.2." + 16 * flow + "/28");
        return new ChildPolicy(flow, "map " + flow, ofA ? ADDRESS_A : ADDRESS_B, ofA ? ADDRESS_B : ADDRESS_A,
            TrafficSelector.between(ofA ? left : right, ofA ? right : left), mode, suites, false, pfs, seconds, 4_608_000, 64, 1);
    }

    void run(final double howLong) {
        timers.advance(timers.nanos() + (long) (howLong * TimeUnit.SECONDS.toNanos(1)));
    }

    /** Pairs as A sees them and as B sees them, in the same words. */
    static Set<List<Object>> pairs(final Router router, final boolean turned) {
        return router.engine.pairs().values().stream().map(child -> words(child, turned)).collect(Collectors.toSet());
    }

    private static List<Object> words(final ChildSa child, final boolean turned) {
        final String in = hex(child.inboundKeys().key()) + hex(child.inboundKeys().salt()) + hex(child.inboundKeys().authKey());
        final String out = hex(child.outboundKeys().key()) + hex(child.outboundKeys().salt()) + hex(child.outboundKeys().authKey());
        final List<Object> ends = turned ? List.of(child.outboundSpi(), child.inboundSpi(), out, in)
            : List.of(child.inboundSpi(), child.outboundSpi(), in, out);
        return List.of(ends, child.suite(), child.mode(), child.udp(), child.seconds(), child.kilobytes());
    }

    private static String hex(final byte[] octets) {
        return java.util.HexFormat.of().formatHex(octets);
    }

    /** Whether both have the same pairs and use them. */
    boolean agree() {
        return pairs(a, false).equals(pairs(b, true)) && a.engine.sending().size() == a.engine.pairs().size()
            && b.engine.sending().size() == b.engine.pairs().size() && a.engine.reserved().isEmpty() && b.engine.reserved().isEmpty();
    }

    private IkeKeyLog keys() {
        return new IkeKeyLog() {
            @Override
            public void ikev1(final long initiatorCookie, final byte[] key) {
                keyLog.put(initiatorCookie, key);
            }

            @Override
            public void ikev2(final long initiatorSpi, final long responderSpi, final IkeCipher cipher, final byte[] initiatorKey,
                              final byte[] responderKey, final @Nullable Integrity integrity, final byte[] initiatorAuth,
                              final byte[] responderAuth) {
                throw new IllegalStateException("IKEv1 only");
            }
        };
    }
}
