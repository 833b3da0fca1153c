package org.qfpsim.sim.scenario;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.qfpsim.sim.net.Link;
import org.qfpsim.sim.net.LinkTap;

/**
 * A hash of everything that happened: each frame that arrived with its time, link, port and octets, each line that was logged, each command
 * with its output, each change. Runs with equal fingerprints went the same way, not only to the same totals.
 */
final class Fingerprint implements LinkTap {
    private static final int FRAME = 1;
    private static final int TEXT = 2;

    private final MessageDigest digest;
    private final ByteBuffer head = ByteBuffer.allocate(32);

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void delivered(final Link link, final int to, final long nanos, final byte[] frame) {
        digest.update(head.clear().putInt(FRAME).putLong(nanos).putInt(link.number()).putInt(to).putInt(frame.length).flip());
        digest.update(frame);
    }

    /** Notes something that has words. */
    void text(final long nanos, final String what, final String text) {
        final byte[] octets = (what + "\0" + text).getBytes(StandardCharsets.UTF_8);
        digest.update(head.clear().putInt(TEXT).putLong(nanos).putInt(octets.length).flip());
        digest.update(octets);
    }

    /** 64 hex digits; ends the hash. */
    String finish() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
