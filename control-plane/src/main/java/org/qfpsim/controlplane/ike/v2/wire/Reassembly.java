package org.qfpsim.controlplane.ike.v2.wire;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts the fragments of one direction together (RFC 7383 section 2.6). Only authentic fragments come here, and one message is collected at
 * a time, because the window is one exchange.
 */
public final class Reassembly {
    /** Fragments of a message; 64 of the smallest useful size are more than any message of ours. */
    static final int MAX_FRAGMENTS = 64;
    /** Octets of a message; a certificate chain would fit, and no certificate is ever asked for. */
    static final int MAX_OCTETS = 65_536;

    private final Map<Integer, byte[]> parts = new TreeMap<>();
    private int messageId;
    private int total;
    private int first;
    private int octets;

    /**
     * A whole message.
     *
     * @param first type of the first payload.
     * @param plain the payloads' octets.
     */
    public record Whole(int first, byte[] plain) {
    }

    /**
     * Takes a fragment.
     *
     * @param id       the message id.
     * @param fragment the encrypted payload.
     * @param plain    what was in it.
     * @return the message if this was the last one missing.
     */
    public Optional<Whole> add(final int id, final Payload.Encrypted fragment, final byte[] plain) {
        if (fragment.total() > MAX_FRAGMENTS) {
            return Optional.empty();
        }
        if (parts.isEmpty() || id != messageId || fragment.total() > total) {
            // A larger total: the sender has begun again with smaller fragments.
            parts.clear();
            messageId = id;
            total = fragment.total();
            octets = 0;
        }
        if (fragment.total() != total || parts.containsKey(fragment.number()) || octets + plain.length > MAX_OCTETS) {
            return Optional.empty();
        }
        if (fragment.number() == 1) {
            first = fragment.first();
        }
        parts.put(fragment.number(), plain);
        octets += plain.length;
        return parts.size() == total ? Optional.of(joined()) : Optional.empty();
    }

    private Whole joined() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(octets);
        parts.values().forEach(out::writeBytes);
        parts.clear();
        return new Whole(first, out.toByteArray());
    }
}
