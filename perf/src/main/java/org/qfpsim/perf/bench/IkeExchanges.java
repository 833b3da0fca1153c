package org.qfpsim.perf.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.DhKey;
import org.qfpsim.controlplane.ike.crypto.Prf;

/**
 * IKEv2 exchanges, both ends on one thread, messages on the wire's format, no datapath. One core. A result is one exchange.
 *
 * <ul>
 *   <li>{@link #setUp}: IKE_SA_INIT and IKE_AUTH with a first pair.
 *   <li>{@link #rekeyChild}: CREATE_CHILD_SA with perfect forward secrecy, and INFORMATIONAL that deletes the old pair.
 *   <li>{@link #cryptoOfSetUp}, {@link #cryptoOfRekey}: the Diffie-Hellman and PRF operations of the two and nothing else, by the same
 *   classes; divided by the above it is the share of pure crypto. Ciphers and integrity of the encrypted payloads are not in it.
 * </ul>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
public class IkeExchanges {
    private static final Prf PRF = Prf.HMAC_SHA256;
    private static final int NONCE = 32;
    private static final int CIPHER_KEY = 32;
    /** Octets of an IKE_SA_INIT message without its public value: about. */
    private static final int INIT_OCTETS = 200;
    /** Two keys of AES-256-GCM with salts. */
    private static final int KEYMAT = 2 * 36;

    /** Diffie-Hellman group: P-256 or MODP 2048. */
    @Param({"19", "14"})
    public int group;

    private IkePair sets;
    private IkePair rekeys;
    private DhGroup math;
    private SplittableRandom random;
    private byte[] nonces;
    private byte[] message;

    /** Two pairs of routers; one of them is connected. */
    @Setup
    public void connect() {
        sets = new IkePair(group);
        rekeys = new IkePair(group);
        rekeys.setUp();
        math = DhGroup.of(group).orElseThrow();
        random = new SplittableRandom(3);
        nonces = new byte[2 * NONCE];
        random.nextBytes(nonces);
        message = new byte[INIT_OCTETS + math.publicOctets()];
    }

    /** An IKE SA and a pair, from nothing. */
    @Benchmark
    public void setUp() {
        sets.setUp();
        sets.clear();
    }

    /** A pair in place of another. */
    @Benchmark
    public void rekeyChild() {
        rekeys.rekey();
    }

    /** Crypto of a set-up: at each end a key pair, a secret, SKEYSEED, seven keys, two AUTH values and the keys of a pair. */
    @Benchmark
    public void cryptoOfSetUp(final Blackhole hole) {
        final byte[] secret = secret();
        for (int end = 0; end < 2; end++) {
            final byte[] seed = PRF.prf(nonces, secret);
            // RFC 7296 section 2.14: SK_d, SK_pi, SK_pr; SK_ai, SK_ar; SK_ei, SK_er.
            final byte[] keys = PRF.plus(seed, 3 * PRF.octets() + 2 * PRF.octets() + 2 * CIPHER_KEY, nonces, new byte[2 * Long.BYTES]);
            final byte[] d = Arrays.copyOf(keys, PRF.octets());
            for (int auth = 0; auth < 2; auth++) {
                // Section 2.15: prf(prf(key, pad), message | nonce | prf(SK_p, identity)).
                hole.consume(PRF.prf(PRF.prf(IkePair.key(), new byte[17]), message, nonces, PRF.prf(d, new byte[8])));
            }
            hole.consume(PRF.plus(d, KEYMAT, nonces));
        }
    }

    /** Crypto of a rekey: at each end a key pair, a secret and the keys of a pair. */
    @Benchmark
    public void cryptoOfRekey(final Blackhole hole) {
        final byte[] secret = secret();
        for (int end = 0; end < 2; end++) {
            hole.consume(PRF.plus(nonces, KEYMAT, secret, nonces));
        }
    }

    private byte[] secret() {
        final DhKey ours = math.generate(random);
        final DhKey theirs = math.generate(random);
        final byte[] secret = ours.agree(theirs.publicValue()).orElseThrow();
        Traffic.require("equal secrets", 1, Arrays.equals(secret, theirs.agree(ours.publicValue()).orElseThrow()) ? 1 : 0);
        return secret;
    }
}
