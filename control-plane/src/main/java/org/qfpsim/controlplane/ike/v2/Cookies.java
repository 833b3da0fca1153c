package org.qfpsim.controlplane.ike.v2;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.crypto.IkeHash;
import org.qfpsim.controlplane.time.Timers;

/**
 * Cookies that need no memory (RFC 7296 section 2.6): version of the secret, then HMAC(secret, Ni | address | port | SPIi). The secret
 * changes, and the one before it is still good, so a cookie lives between one and two periods.
 */
final class Cookies {
    private static final long PERIOD_NANOS = Ikev2Context.seconds(60);
    private static final int SECRET_OCTETS = 32;

    private final Timers timers;
    private final byte[] seed = new byte[SECRET_OCTETS];

    Cookies(final Timers timers, final RandomGenerator random) {
        this.timers = timers;
        random.nextBytes(seed);
    }

    byte[] make(final IkePath path, final long initiatorSpi, final byte[] nonce) {
        return make(timers.nanos() / PERIOD_NANOS, path, initiatorSpi, nonce);
    }

    boolean good(final byte[] cookie, final IkePath path, final long initiatorSpi, final byte[] nonce) {
        final long period = timers.nanos() / PERIOD_NANOS;
        return MessageDigest.isEqual(cookie, make(period, path, initiatorSpi, nonce))
            || MessageDigest.isEqual(cookie, make(period - 1, path, initiatorSpi, nonce));
    }

    private byte[] make(final long period, final IkePath path, final long initiatorSpi, final byte[] nonce) {
        final byte[] secret = IkeHash.SHA256.hmac(seed, ByteBuffer.allocate(Long.BYTES).putLong(period).array());
        final byte[] rest = ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(initiatorSpi).putInt(path.remotePort()).array();
        final byte[] mac = IkeHash.SHA256.hmac(secret, nonce, path.remote().octets(), rest);
        return ByteBuffer.allocate(1 + mac.length).put((byte) period).put(mac).array();
    }
}
