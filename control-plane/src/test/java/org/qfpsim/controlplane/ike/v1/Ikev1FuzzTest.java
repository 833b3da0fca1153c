package org.qfpsim.controlplane.ike.v1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * Arbitrary octets as messages. The first octet says how deep they go: 0 a whole message, 1 the body of a first message, 2 and more what is
 * inside a message that only the peer can have made (0x10: the exchange). Runs the corpus in the resources; searches for more with
 * JAZZER_FUZZ=1 in the environment.
 */
class Ikev1FuzzTest {
    private static final int[] EXCHANGES = {Isakmp.INFORMATIONAL, Isakmp.QUICK_MODE, Isakmp.TRANSACTION};

    @FuzzTest
    void fuzzMessages(final byte[] data) {
        if (data.length < 2) {
            return;
        }
        final Peers peers = new Peers(5);
        peers.a.request(0);
        peers.run(1);
        final byte[] rest = Arrays.copyOfRange(data, 2, data.length);
        inject(peers, data[0] & 0xff, data[1] & 0xff, rest);
        peers.run(200);
    }

    static void inject(final Peers peers, final int depth, final int next, final byte[] rest) {
        final byte[] message = switch (depth & 0xf) {
            case 0 -> rest;
            case 1 -> new IsakmpMessage(99, 0, next, depth >= 0x10 ? Isakmp.AGGRESSIVE_MODE : Isakmp.MAIN_MODE, 0, 0, rest).encode();
            default -> inside(peers, EXCHANGES[(depth >> 4) % EXCHANGES.length], next, rest);
        };
        peers.b.service.receive(org.qfpsim.controlplane.ike.IkePath.between(Peers.ADDRESS_B, Peers.ADDRESS_A), message);
    }

    /** Protected with A's keys: the hash is right, the rest is anything. */
    private static byte[] inside(final Peers peers, final int exchange, final int next, final byte[] rest) {
        final IsakmpSa sa = peers.a.context.table().usable(Peers.ADDRESS_A, Peers.ADDRESS_B);
        if (sa == null) {
            return rest;
        }
        final int messageId = 0x7777_0000 + peers.random.nextInt(0x10000);
        byte[] exact = rest;
        try {
            // The hash is over the payloads without padding, if they are payloads.
            exact = PayloadChain.parse(next, rest, true).octets();
        } catch (final MalformedException e) {
            exact = rest;
        }
        final byte[] hash = sa.keys().protection(messageId, exact);
        final byte[] head = {(byte) next, 0, 0, (byte) (hash.length + 4)};
        return new IsakmpMessage(sa.cookieI(), sa.cookieR(), Isakmp.HASH, exchange, Isakmp.ENCRYPTED, messageId,
            sa.chain(messageId).encrypt(Octets.join(head, hash, rest))).encode();
    }
}
