package org.qfpsim.sim.throughput.load;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.reassembly.Fragmenter;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.InstalledSa;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.sim.InputException;

/**
 * The peers: make frames of every kind and really encrypt them, with the key schedules of the router's SAs, so that no second set of keys
 * fills the caches. Sequence numbers are those of the SAs' outbound sides: new ones, in order.
 */
public final class FrameMaker implements AutoCloseable {
    private static final int ETHERNET = 14;
    private static final int PROTOCOL_FIELD = 9;
    private static final int SCRATCH = 16_384;
    /** FCS, preamble with start of frame, gap. */
    private static final int LINE_OVERHEAD = 4 + 8 + 12;

    private final TrafficSpec spec;
    private final int[] sizes;
    private final UnsafeBuffer[] inner;
    private final OutboundSa[] peers;
    private final OutboundSa stranger;
    private final long strangerKey;
    private final EspTransform transform;
    private final InstalledSa[] installed;
    /** Keys of peers that have moved to other SAs than those of the router at the beginning; 0 of the others. */
    private final long[] ownKeys;
    private final CryptoBackend backend;
    private final SplittableRandom random;
    private final Fragmenter fragmenter = new Fragmenter();
    private final UnsafeBuffer scratch = new UnsafeBuffer(BufferUtil.allocateDirectAligned(SCRATCH, 64));
    private final UnsafeBuffer previous = new UnsafeBuffer(BufferUtil.allocateDirectAligned(SCRATCH, 64));
    private final UnsafeBuffer first = new UnsafeBuffer(BufferUtil.allocateDirectAligned(SCRATCH, 64));
    private final int longest;
    private Mix mix;
    private int previousLength;
    private int firstLength;
    private int nextSize;
    private int nextPeer;
    private @Nullable Rekeys rekeys;
    private int rekeyed;
    private long rekeysFrom;

    FrameMaker(final TrafficSpec spec, final Pipeline pipeline, final CryptoBackend backend) {
        this.spec = spec;
        this.backend = backend;
        mix = spec.mix();
        sizes = spec.sizes().array();
        inner = new UnsafeBuffer[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            inner[i] = innerPacket(sizes[i], spec.seed() + i);
        }
        random = new SplittableRandom(spec.seed());
        transform = backend.newLane().transform(spec.suite());
        peers = new OutboundSa[spec.sas()];
        installed = new InstalledSa[spec.sas()];
        ownKeys = new long[spec.sas()];
        for (int i = 0; i < peers.length; i++) {
            installed[i] = pipeline.installInbound(Peers.sa(spec, i));
            peers[i] = new OutboundSa(Peers.sa(spec, i), transform, InboundSa.keyHandle(installed[i].record()));
        }
        strangerKey = backend.install(spec.suite(), Peers.stranger(spec).keys());
        stranger = new OutboundSa(Peers.stranger(spec), transform, strangerKey);
        longest = ETHERNET + peers[0].outerBytes(spec.sizes().longest(), Net.IPV4_HEADER_BYTES);
    }

    private static UnsafeBuffer innerPacket(final int length, final long seed) {
        final byte[] contents = new byte[length];
        new Random(seed).nextBytes(contents);
        final UnsafeBuffer packet = new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, 64));
        packet.putBytes(0, contents);
        packet.putInt(0, 0x4500_0000 | length, ByteOrder.BIG_ENDIAN);
        packet.putInt(4, 0, ByteOrder.BIG_ENDIAN);
        packet.putInt(8, 64 << 24 | Net.PROTO_UDP << 16, ByteOrder.BIG_ENDIAN);
        packet.putInt(12, Peers.INNER_SOURCE, ByteOrder.BIG_ENDIAN);
        packet.putInt(16, Peers.INNER_DESTINATION, ByteOrder.BIG_ENDIAN);
        Checksum.write(packet, 0, Net.IPV4_HEADER_BYTES);
        packet.putShort(24, (short) (length - Net.IPV4_HEADER_BYTES), ByteOrder.BIG_ENDIAN);
        return packet;
    }

    /**
     * Makes other frames from now on.
     *
     * @param other the mix.
     * @return whether it is another than before.
     */
    public boolean mix(final Mix other) {
        final boolean change = !other.name().equals(mix.name());
        mix = other;
        return change;
    }

    /** Octets of the shortest frame that a clear packet of these lengths becomes. */
    int leastFrame() {
        int least = longest;
        for (final int size : sizes) {
            least = Math.min(least, ETHERNET + (mix.has(PacketKind.CLEAR) || mix.has(PacketKind.PLAIN) ? size
                : peers[0].outerBytes(size, Net.IPV4_HEADER_BYTES) / (mix.has(PacketKind.FRAGMENT) ? 2 : 1)));
        }
        return least + 7 & -8;
    }

    /** The router's SA of each peer, to be kept up to date by who changes them. */
    InstalledSa[] installed() {
        return installed;
    }

    /**
     * Frames that are made from now on follow a plan.
     *
     * @param plan  of rekeys; null for none.
     * @param store where frames go.
     */
    void follow(final @Nullable Rekeys plan, final FrameStore store) {
        rekeys = plan;
        rekeyed = 0;
        rekeysFrom = store.made();
    }

    /** Rekeys that the peers have made since {@link #follow}. */
    int rekeyed() {
        return rekeyed;
    }

    /** A peer goes on with its new SA. Nothing is encrypted with the old one any more. */
    private void rekey(final Rekeys plan) {
        final SaSpec sa = plan.sa(rekeyed);
        final int peer = plan.peer(rekeyed);
        final long key = backend.install(spec.suite(), sa.keys());
        peers[peer] = new OutboundSa(sa, transform, key);
        release(peer);
        ownKeys[peer] = key;
        rekeyed++;
    }

    private void release(final int peer) {
        if (ownKeys[peer] != 0) {
            backend.release(spec.suite(), ownKeys[peer]);
            ownKeys[peer] = 0;
        }
    }

    /** Octets on the line that a good packet takes on average, with preamble, FCS and gap. */
    public double meanOnLine() {
        return LINE_OVERHEAD + ETHERNET
            + Arrays.stream(sizes).map(size -> peers[0].outerBytes(size, Net.IPV4_HEADER_BYTES)).average().orElseThrow();
    }

    /**
     * Makes frames until so many are ready or the store is full.
     *
     * @param store  where to.
     * @param frames how many.
     */
    public void fill(final FrameStore store, final long frames) {
        while (store.count() < frames && make(store)) {
            // The condition does the work.
        }
    }

    /**
     * Makes the next frame, or two fragments.
     *
     * @param store where to.
     * @return false if there is no room.
     */
    public boolean make(final FrameStore store) {
        if (rekeys != null) {
            while (rekeys.isDue(rekeyed, store.made() - rekeysFrom)) {
                rekey(rekeys);
            }
        }
        // Two fragments, with a header and some rounding more.
        final boolean cut = mix.has(PacketKind.FRAGMENT);
        final int at = store.place(cut ? longest + 128 : longest, cut ? 2 : 1);
        if (at < 0) {
            return false;
        }
        final UnsafeBuffer arena = store.arena();
        final UnsafeBuffer packet = inner[nextSize];
        nextSize = nextSize + 1 == inner.length ? 0 : nextSize + 1;
        final PacketKind kind = mix.draw(random);
        switch (kind) {
            case GOOD -> good(store, arena, at, packet);
            case BAD_ICV -> {
                final int bytes = wrap(peer(), arena, at, packet);
                arena.putByte(at + bytes - 1, (byte) ~arena.getByte(at + bytes - 1));
                store.add(bytes, kind);
            }
            case UNKNOWN_SPI -> store.add(wrap(stranger, arena, at, packet), kind);
            case REPLAYED -> again(store, arena, at, packet, kind, previous, previousLength);
            case LATE -> again(store, arena, at, packet, kind, first, peers[0].sequence() > spec.window() + 1L ? firstLength : 0);
            case CLEAR, PLAIN -> clear(store, arena, at, packet, kind);
            case FRAGMENT -> fragments(store, packet);
        }
        return true;
    }

    private void good(final FrameStore store, final UnsafeBuffer arena, final int at, final UnsafeBuffer packet) {
        final int bytes = wrap(peer(), arena, at, packet);
        if (firstLength == 0) {
            firstLength = bytes;
            first.putBytes(0, arena, at, bytes);
        }
        if (mix.has(PacketKind.REPLAYED)) {
            previousLength = bytes;
            previous.putBytes(0, arena, at, bytes);
        }
        store.add(bytes, PacketKind.GOOD);
    }

    /** Repeats a frame; as long as there is none, a good one takes its place. */
    private void again(final FrameStore store, final UnsafeBuffer arena, final int at, final UnsafeBuffer packet, final PacketKind kind,
                       final UnsafeBuffer frame, final int length) {
        if (length == 0) {
            good(store, arena, at, packet);
        } else {
            arena.putBytes(at, frame, 0, length);
            store.add(length, kind);
        }
    }

    private static void clear(final FrameStore store, final UnsafeBuffer arena, final int at, final UnsafeBuffer packet,
                              final PacketKind kind) {
        ethernet(arena, at);
        arena.putBytes(at + ETHERNET, packet, 0, packet.capacity());
        if (kind == PacketKind.PLAIN) {
            arena.putInt(at + ETHERNET + 12, Peers.PLAIN_SOURCE, ByteOrder.BIG_ENDIAN);
            Checksum.write(arena, at + ETHERNET, Net.IPV4_HEADER_BYTES);
        }
        store.add(ETHERNET + packet.capacity(), kind);
    }

    private void fragments(final FrameStore store, final UnsafeBuffer packet) {
        final int bytes = wrap(peer(), scratch, 0, packet) - ETHERNET;
        final int half = Net.IPV4_HEADER_BYTES + (bytes - Net.IPV4_HEADER_BYTES + 15) / 16 * 8;
        fragmenter.cut(scratch, ETHERNET, bytes, half, (buffer, offset, length) -> {
            final int at = store.place(ETHERNET + length, 1);
            ethernet(store.arena(), at);
            store.arena().putBytes(at + ETHERNET, buffer, offset, length);
            store.add(ETHERNET + length, PacketKind.FRAGMENT);
            return true;
        });
    }

    private OutboundSa peer() {
        final OutboundSa peer = peers[nextPeer];
        nextPeer = nextPeer + 1 == peers.length ? 0 : nextPeer + 1;
        return peer;
    }

    /** Octets of the frame. */
    private static int wrap(final OutboundSa sa, final UnsafeBuffer out, final int at, final UnsafeBuffer packet) {
        ethernet(out, at);
        final int bytes = sa.wrap(out, at + ETHERNET, packet, 0, packet.capacity(), Net.IPV4_HEADER_BYTES, PROTOCOL_FIELD, 0, false);
        if (bytes == OutboundSa.SEQUENCE_EXHAUSTED) {
            throw new InputException("an SA has sent its 2^32 sequence numbers: use --esn, more --sas or a shorter trial");
        }
        if (bytes < 0) {
            throw new IllegalStateException("the generator cannot encrypt: " + bytes);
        }
        return ETHERNET + bytes;
    }

    private static void ethernet(final UnsafeBuffer out, final int at) {
        out.putLong(at, 0x0200_0000_000b_0200L, ByteOrder.BIG_ENDIAN);
        out.putLong(at + 6, 0x0200_0000_000a_0800L, ByteOrder.BIG_ENDIAN);
    }

    @Override
    public void close() {
        for (int i = 0; i < ownKeys.length; i++) {
            release(i);
        }
        backend.release(spec.suite(), strangerKey);
    }
}
