package org.qfpsim.controlplane.ike.v2;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.IkeTransport;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * What IKEv2 needs from its router.
 *
 * @param config    the configuration.
 * @param engine    the IPsec manager.
 * @param transport the network.
 * @param timers    time.
 * @param log       system messages and debug lines.
 * @param random    SPIs, nonces, private values, IVs; seeded, so that a run can be repeated.
 * @param keyLog    where keys go for Wireshark.
 */
public record Ikev2Context(IkeConfig config, IpsecEngine engine, IkeTransport transport, Timers timers, EventLog log,
                           RandomGenerator random, IkeKeyLog keyLog) {
    /** Octets of our nonces: at least half of the key of any prf here (RFC 7296 section 2.10). */
    private static final int NONCE_OCTETS = 32;

    byte[] nonce() {
        final byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(nonce);
        return nonce;
    }

    long nonZeroSpi() {
        long spi = 0;
        while (spi == 0) {
            spi = random.nextLong();
        }
        return spi;
    }

    /** A debug line about a peer without an IKE SA. */
    void debug(final IpAddress peer, final Supplier<String> line) {
        log.debug(Debug.CRYPTO_IKEV2, peer, () -> "IKEv2:" + line.get());
    }

    static long seconds(final long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
