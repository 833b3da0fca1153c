package org.qfpsim.perf.bench;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * Encrypted packets of one SA in as many distinct buffers, laid out as the slots of an engine's ring are, and the bare call that opens
 * them in place: what the whole path is compared with. {@link #refresh} puts the ciphertext back.
 */
public final class BarePackets implements AutoCloseable {
    /** The stride and the frame's place in a slot of the default pipeline. */
    private static final int STRIDE = 35 * 64;
    private static final int ESP_OFFSET = 128 + Traffic.ETHERNET_BYTES + Net.IPV4_HEADER_BYTES;
    private static final int PENDING_BATCH = 32;

    private final CryptoBackends backends;
    private final CryptoBackend backend;
    private final CryptoLane lane;
    private final EspTransform transform;
    private final EspSuite suite;
    private final long key;
    private final int count;
    private final UnsafeBuffer pristine;
    private final UnsafeBuffer slots;
    private final int[] lengths;
    private final UnsafeBuffer[] inner;
    private final int[] status = new int[CryptoLane.MAX_PENDING];

    /**
     * Encrypts the packets.
     *
     * @param choice  backend.
     * @param suite   algorithms.
     * @param size    see {@link Traffic#sizes}.
     * @param buffers how many, a multiple of 32.
     */
    public BarePackets(final String choice, final EspSuite suite, final String size, final int buffers) {
        this.suite = suite;
        count = buffers;
        try {
            backends = CryptoBackends.open(choice);
        } catch (final CryptoUnavailableException e) {
            throw Traffic.unavailable(e);
        }
        backend = backends.forSuite(suite);
        lane = backend.newLane();
        transform = lane.transform(suite);
        final SaSpec spec = Traffic.sa(0, suite, false, 64);
        key = backend.install(suite, spec.keys());
        pristine = new UnsafeBuffer(BufferUtil.allocateDirectAligned(count * STRIDE, 4096));
        slots = new UnsafeBuffer(BufferUtil.allocateDirectAligned(count * STRIDE, 4096));
        lengths = new int[count];
        inner = Traffic.innerPackets(Traffic.sizes(size));
        final OutboundSa sender = new OutboundSa(spec, transform, key);
        for (int i = 0; i < count; i++) {
            final UnsafeBuffer packet = inner[i % inner.length];
            final int outer = sender.wrap(pristine, i * STRIDE + ESP_OFFSET - Net.IPV4_HEADER_BYTES, packet, 0, packet.capacity(),
                Net.IPV4_HEADER_BYTES, Traffic.PROTOCOL_FIELD, 0, false);
            lengths[i] = outer - Net.IPV4_HEADER_BYTES;
        }
    }

    /** Packets. */
    public int count() {
        return count;
    }

    /** Library and version. */
    public String description() {
        return backend.description();
    }

    /** Copies every ciphertext into its buffer. */
    public void refresh() {
        copy(0, count);
    }

    /**
     * Copies ciphertexts into their buffers.
     *
     * @param first the first of them.
     * @param number how many.
     */
    public void copy(final int first, final int number) {
        for (int i = first; i < first + number; i++) {
            copy(i);
        }
    }

    private void copy(final int packet) {
        final int at = packet * STRIDE + ESP_OFFSET;
        slots.putBytes(at, pristine, at, lengths[packet]);
    }

    /**
     * Opens packets: one call each, and a flush every 32 where the suite's answers come with a flush.
     *
     * @param first  the first of them.
     * @param number how many, a multiple of 32.
     * @return how many were authentic.
     */
    public int open(final int first, final int number) {
        return suite.cipher() == EspSuite.Cipher.AES_CBC ? openInBatches(first, number, false) : openEach(first, number, false);
    }

    /**
     * Copies and opens one packet (or one batch) after the other.
     *
     * @param first  the first of them.
     * @param number how many, a multiple of 32.
     * @return how many were authentic.
     */
    public int copyAndOpen(final int first, final int number) {
        return suite.cipher() == EspSuite.Cipher.AES_CBC ? openInBatches(first, number, true) : openEach(first, number, true);
    }

    private int openEach(final int first, final int number, final boolean copying) {
        int good = 0;
        for (int i = first; i < first + number; i++) {
            if (copying) {
                copy(i);
            }
            if (transform.open(key, slots.addressOffset() + i * STRIDE + ESP_OFFSET, lengths[i], false, 0, 0) == EspTransform.OK) {
                good++;
            }
        }
        return good;
    }

    private int openInBatches(final int start, final int number, final boolean copying) {
        int good = 0;
        for (int first = start; first < start + number; first += PENDING_BATCH) {
            if (copying) {
                copy(first, PENDING_BATCH);
            }
            for (int i = 0; i < PENDING_BATCH; i++) {
                final int packet = first + i;
                status[i] = transform.open(key, slots.addressOffset() + packet * STRIDE + ESP_OFFSET, lengths[packet], false, 0, i);
            }
            lane.flush(status);
            for (int i = 0; i < PENDING_BATCH; i++) {
                if (status[i] == EspTransform.OK) {
                    good++;
                }
            }
        }
        return good;
    }

    /** Fails unless fresh ciphertext opens to what was encrypted. */
    public void check() {
        refresh();
        Traffic.require("authentic packets", count, open(0, count));
        for (int i = 0; i < count; i++) {
            Traffic.requireSame(inner[i % inner.length], slots, i * STRIDE + ESP_OFFSET + EspSuite.ESP_HEADER_BYTES + suite.ivBytes());
        }
    }

    @Override
    public void close() {
        backend.release(suite, key);
        backends.close();
    }
}
