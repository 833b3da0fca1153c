package org.qfpsim.sim.traffic;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.sa.InstalledSa;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.sim.device.DeviceConfig;
import org.qfpsim.sim.router.Router;

/**
 * Ten seconds of virtual time of a router with four peers, each with a fate:
 * <ol>
 *   <li>the first is well, but its link repeats and corrupts packets, and some leave it unencrypted;
 *   <li>the second rekeys at 4 s and uses its new SA 20 ms before the router has it: a transient;
 *   <li>the third goes on with an SA that the router deletes at 5 s: a black hole;
 *   <li>the fourth is well; beside it a stranger tries an SPI now and then.
 * </ol>
 * Seeded: the same seed makes the same frames.
 */
final class MixedTraffic implements AutoCloseable {
    static final IpAddress ROUTER = IpAddress.parse("20.1.1.2");

    private static final long SECOND = 1_000_000_000L;
    private static final long DURATION = 10 * SECOND;
    private static final long REKEY_SENT = 4 * SECOND;
    private static final long REKEY_INSTALLED = REKEY_SENT + 20_000_000;
    private static final long DELETED = 5 * SECOND;
    private static final long OLD_GONE = 6 * SECOND;
    private static final int ROUTER_NETWORK = 0xc0a80200;
    private static final int[] SIZES = {64, 64, 64, 64, 64, 64, 64, 576, 576, 576, 576, 1400};

    private final RandomGenerator random;
    private final List<Peer> peers = new ArrayList<>();
    private final List<SaSpec> initial = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final Map<Kind, Long> sent = new EnumMap<>(Kind.class);
    private final long interval;
    private SaSpec rekeyed;
    private boolean rekeyInstalled;
    private boolean deleted;
    private long now;

    /** Something that happens on the router at a time. */
    private record Event(long nanos, String text, Consumer<Router> action) {
    }

    /**
     * Makes peers and their SAs.
     *
     * @param packets how many there will be.
     * @param seed    of everything random.
     * @param crypto  libraries that the peers encrypt with.
     */
    MixedTraffic(final long packets, final long seed, final CryptoBackends crypto) {
        random = new SplittableRandom(seed);
        interval = Math.max(1, DURATION / packets);
        final EspSuite[] suites = {EspSuite.AES_GCM_128_16, EspSuite.AES_GCM_256_16, EspSuite.AES_CBC_128_SHA1_96,
            EspSuite.AES_CBC_256_SHA256_128};
        for (int i = 0; i < suites.length; i++) {
            final Peer peer = new Peer("peer" + (i + 1), IpAddress.parse("10.1." + (i + 1) + ".1"), ROUTER, 0xc0a86400 + (i << 8),
                ROUTER_NETWORK, suites[i], crypto, random);
            peers.add(peer);
            initial.add(peer.rekey(1));
        }
        rekeyed = initial.get(1);
        for (final Kind kind : Kind.values()) {
            sent.put(kind, 0L);
        }
        events.add(new Event(REKEY_SENT, "peer2 rekeys and uses its new SA at once", router -> rekeyed = peers.get(1).rekey(2)));
        events.add(new Event(REKEY_INSTALLED, "the router installs peer2's new SA", this::installRekeyed));
        events.add(new Event(DELETED, "the router deletes peer3's SA, peer3 goes on", this::deleteThird));
        events.add(new Event(OLD_GONE, "peer2's old SA is deleted", router -> retire(router, initial.get(1).name())));
    }

    private void installRekeyed(final Router router) {
        router.pipeline().installInbound(rekeyed);
        rekeyInstalled = true;
    }

    private void deleteThird(final Router router) {
        retire(router, initial.get(2).name());
        deleted = true;
    }

    private static void retire(final Router router, final String name) {
        final InstalledSa sa = router.inbound().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
        router.pipeline().installer().retire(sa);
    }

    /** The router's side: its address, the first SAs, what must come encrypted. */
    DeviceConfig device() {
        final List<PolicyRule> rules = peers.stream().map(peer -> new PolicyRule("from " + peer.address(),
            PolicyRule.Direction.INBOUND, peer.selector(), PolicyRule.Action.PROTECT, null)).toList();
        return new DeviceConfig(List.of(ROUTER), DeviceConfig.DEFAULT_REPLAY_WINDOW, initial, List.of(), rules,
            PolicyRule.Action.BYPASS);
    }

    /** Fills a batch up to its end, the next event, or the end of the run. */
    void fill(final FrameBatch batch) {
        batch.clear();
        final long until = events.isEmpty() ? DURATION : events.getFirst().nanos();
        while (!batch.isFull() && now < until) {
            packet(batch);
            now += interval;
        }
    }

    /** Does what is due on the router, after its packets up to now are in. */
    List<String> act(final Router router) {
        final List<String> done = new ArrayList<>();
        while (!events.isEmpty() && events.getFirst().nanos() <= now) {
            final Event event = events.removeFirst();
            event.action().accept(router);
            done.add("%4.2f s  %s".formatted(event.nanos() / 1e9, event.text()));
        }
        router.pipeline().installer().reclaim();
        router.settle();
        return done;
    }

    boolean finished() {
        return now >= DURATION;
    }

    /** How many of each kind were sent. */
    Map<Kind, Long> sent() {
        return sent;
    }

    private void packet(final FrameBatch batch) {
        final int lot = random.nextInt(1000);
        final int size = SIZES[random.nextInt(SIZES.length)];
        if (lot < 2) {
            stranger(batch);
            count(Kind.UNKNOWN_SPI);
        } else if (lot < 4) {
            ike(batch);
            count(Kind.IKE);
        } else if (lot < 8) {
            peers.getFirst().sendClear(batch, size, now);
            count(Kind.CLEAR);
        } else if (lot < 300) {
            first(batch, size, lot);
        } else {
            final int peer = 1 + random.nextInt(3);
            peers.get(peer).send(batch, size, now);
            final boolean unknown = peer == 1 && now >= REKEY_SENT && !rekeyInstalled || peer == 2 && deleted;
            count(unknown ? Kind.UNKNOWN_SPI : Kind.GOOD);
        }
    }

    /** The first peer's link: now and then the packet comes twice, or with a bit turned. */
    private void first(final FrameBatch batch, final int size, final int lot) {
        final int frame = batch.count();
        peers.getFirst().send(batch, size, now);
        if (lot < 14) {
            final UnsafeBuffer bytes = batch.frame(frame);
            // Within ciphertext or ICV, whatever the size.
            final int victim = batch.length(frame) - 1 - random.nextInt(40);
            bytes.putByte(victim, (byte) (bytes.getByte(victim) ^ 1 << random.nextInt(8)));
            count(Kind.CORRUPTED);
        } else {
            count(Kind.GOOD);
            if (lot < 24 && !batch.isFull()) {
                batch.repeat(frame, now);
                count(Kind.REPLAYED);
            }
        }
    }

    /** ESP with an SPI that nobody here has ever had. */
    private void stranger(final FrameBatch batch) {
        final int at = batch.begin(false);
        final int bytes = Net.IPV4_HEADER_BYTES + 64;
        header(batch, at, bytes, 0x0a630001 + random.nextInt(4), Net.PROTO_ESP);
        batch.arena().putInt(at + 20, 0x00c0ffee, ByteOrder.BIG_ENDIAN);
        batch.arena().putInt(at + 24, 1 + random.nextInt(1000), ByteOrder.BIG_ENDIAN);
        batch.end(bytes, now);
    }

    private void ike(final FrameBatch batch) {
        final int at = batch.begin(false);
        final int bytes = Net.IPV4_HEADER_BYTES + Net.UDP_HEADER_BYTES + 28;
        header(batch, at, bytes, (int) peers.getFirst().address().low(), Net.PROTO_UDP);
        batch.arena().putInt(at + 20, Net.PORT_IKE << 16 | Net.PORT_IKE, ByteOrder.BIG_ENDIAN);
        batch.arena().putInt(at + 24, Net.UDP_HEADER_BYTES + 28 << 16, ByteOrder.BIG_ENDIAN);
        batch.end(bytes, now);
    }

    private static void header(final FrameBatch batch, final int at, final int bytes, final int source, final int protocol) {
        batch.arena().putInt(at, 0x45000000 | bytes, ByteOrder.BIG_ENDIAN);
        batch.arena().putInt(at + 4, 0, ByteOrder.BIG_ENDIAN);
        batch.arena().putInt(at + 8, 255 << 24 | protocol << 16, ByteOrder.BIG_ENDIAN);
        batch.arena().putInt(at + 12, source, ByteOrder.BIG_ENDIAN);
        batch.arena().putInt(at + 16, (int) ROUTER.low(), ByteOrder.BIG_ENDIAN);
        Checksum.write(batch.arena(), at, Net.IPV4_HEADER_BYTES);
    }

    private void count(final Kind kind) {
        sent.merge(kind, 1L, Long::sum);
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
    }
}
