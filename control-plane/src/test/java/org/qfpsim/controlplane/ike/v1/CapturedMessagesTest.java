package org.qfpsim.controlplane.ike.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.IkeCipher;
import org.qfpsim.controlplane.ike.crypto.IkeHash;
import org.qfpsim.datapath.crypto.EspKeys;

/**
 * The IKEv1 messages of captures of strongSwan 5.9.8 and 6.0.1 (captured_ikev1.json holds them, without the ESP packets, and the secrets
 * that strongSwan logged): all decrypt and parse, hashes are right, and the keys of the IPsec SAs are strongSwan's.
 */
class CapturedMessagesTest {
    private final Map<String, Ikev1Keys> keys = new HashMap<>();
    private final Map<String, CbcChain> phase1 = new HashMap<>();
    private final Map<String, CbcChain> later = new HashMap<>();
    private final Map<String, byte[]> publics = new HashMap<>();
    private final Map<String, List<byte[]>> quick = new HashMap<>();
    private final Map<String, EspKeys> made = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private int encrypted;

    static List<JsonNode> captures() throws IOException {
        try (InputStream in = Objects.requireNonNull(CapturedMessagesTest.class.getResourceAsStream("captured_ikev1.json"))) {
            final List<JsonNode> all = new ArrayList<>();
            new ObjectMapper().readTree(in).forEach(all::add);
            return all;
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void shouldReadEveryMessage(final JsonNode capture) throws MalformedException {
        for (final JsonNode each : capture.get("messages")) {
            final byte[] octets = HexFormat.of().parseHex(each.get("ike").asText());
            if (!seen.add(each.get("ike").asText())) {
                continue;
            }
            if (java.nio.ByteBuffer.wrap(octets).getLong() == 0) {
                // Forged notifies that belong to no SA.
                assertThat(octets[18]).isEqualTo((byte) Isakmp.INFORMATIONAL);
                assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> IsakmpMessage.parse(octets));
                continue;
            }
            final IsakmpMessage message = IsakmpMessage.parse(octets);
            assertThat(message.encode()).isEqualTo(octets);
            final String sa = message.cookieI() + " " + message.cookieR();
            if (!message.encrypted()) {
                open(capture, sa, message, PayloadChain.parse(message.next(), message.body(), false));
            } else if (keys.containsKey(sa)) {
                encrypted++;
                decrypt(sa, message);
            }
        }
        assertThat(encrypted).isGreaterThanOrEqualTo(5);
        for (final JsonNode esp : capture.get("esp")) {
            final EspKeys keysOfSpi = made.get(esp.get("spi").asText());
            assertThat(keysOfSpi).as(esp.get("spi").asText()).isNotNull();
            assertThat(HexFormat.of().formatHex(keysOfSpi.key())).isEqualTo(esp.get("key").asText());
            assertThat(HexFormat.of().formatHex(keysOfSpi.salt())).isEqualTo(esp.get("salt").isNull() ? "" : esp.get("salt").asText());
            assertThat(HexFormat.of().formatHex(keysOfSpi.authKey())).isEqualTo(esp.get("authkey").isNull() ? "" : esp.get("authkey").asText());
        }
    }

    /** Public values, and with both of them the keys: those of the logged secrets whose IV is that of the public values. */
    private void open(final JsonNode capture, final String sa, final IsakmpMessage message, final PayloadChain payloads) {
        final byte[] ke = payloads.find(Isakmp.KE);
        if (ke == null || message.exchange() != Isakmp.MAIN_MODE) {
            return;
        }
        final byte[] first = publics.putIfAbsent(sa, ke);
        if (first == null) {
            return;
        }
        for (final JsonNode secrets : capture.get("ike")) {
            final IkeHash hash = secrets.get("SKEYID").asText().length() == 40 ? IkeHash.SHA1 : IkeHash.SHA256;
            final byte[] key = hex(secrets, "encryption key Ka");
            final Ikev1Keys candidate = new Ikev1Keys(hash, key.length == 16 ? IkeCipher.AES_CBC_128 : IkeCipher.AES_CBC_256,
                hex(secrets, "SKEYID"), hex(secrets, "SKEYID_d"), hex(secrets, "SKEYID_a"), hex(secrets, "SKEYID_e"), key);
            if (java.util.Arrays.equals(candidate.firstIv(first, ke), hex(secrets, "initial IV"))) {
                assertThat(DhGroup.of(ke.length == 128 ? 2 : 14).orElseThrow().publicOctets()).isEqualTo(hex(secrets, "dh_secret").length);
                keys.put(sa, candidate);
                phase1.put(sa, new CbcChain(candidate, candidate.firstIv(first, ke)));
            }
        }
    }

    private static byte[] hex(final JsonNode node, final String field) {
        return HexFormat.of().parseHex(node.get(field).asText());
    }

    private void decrypt(final String sa, final IsakmpMessage message) throws MalformedException {
        final Ikev1Keys own = keys.get(sa);
        final String exchange = sa + " " + message.messageId();
        final CbcChain chain = message.messageId() == 0 ? phase1.get(sa)
            : later.computeIfAbsent(exchange, id -> new CbcChain(own, own.laterIv(phase1.get(sa).last(), message.messageId())));
        final PayloadChain payloads = PayloadChain.parse(message.next(), chain.decrypt(message.body()), true);
        chain.advance(message.body());
        if (message.messageId() == 0) {
            assertThat(IdBody.parse(payloads.need(Isakmp.ID)).identity().text()).matches("10.1.1.1|20.1.1.2");
        } else if (message.exchange() == Isakmp.INFORMATIONAL) {
            assertThat(own.protection(message.messageId(), payloads.afterFirst())).isEqualTo(payloads.need(Isakmp.HASH));
            for (final byte[] body : payloads.all(Isakmp.DELETE)) {
                assertThat(DeleteBody.parse(body).spis()).isNotEmpty();
            }
            for (final byte[] body : payloads.all(Isakmp.NOTIFY)) {
                assertThat(NotifyBody.parse(body).type()).isPositive();
            }
        } else {
            quick(own, exchange, message, payloads);
        }
    }

    private void quick(final Ikev1Keys own, final String exchange, final IsakmpMessage message, final PayloadChain payloads)
        throws MalformedException {
        final List<byte[]> so = quick.computeIfAbsent(exchange, id -> new ArrayList<>());
        final byte[] hash = payloads.need(Isakmp.HASH);
        final byte[] sa = payloads.find(Isakmp.SA);
        if (sa == null) {
            assertThat(own.third(message.messageId(), so.get(1), so.get(3))).isEqualTo(hash);
            return;
        }
        final Proposal proposal = SaBody.parse(sa).proposals().getFirst();
        so.add(Octets.of(proposal.espSpi()));
        so.add(payloads.need(Isakmp.NONCE));
        if (so.size() == 2) {
            assertThat(own.protection(message.messageId(), payloads.afterFirst())).isEqualTo(hash);
            return;
        }
        assertThat(own.protection(message.messageId(), so.get(1), payloads.afterFirst())).isEqualTo(hash);
        final Phase2Transform agreed = Phase2Transform.parse(proposal.transforms().getFirst()).orElseThrow();
        for (final byte[] spi : List.of(so.get(0), so.get(2))) {
            final int number = java.nio.ByteBuffer.wrap(spi).getInt();
            made.put("0x" + HexFormat.of().formatHex(spi), own.child(agreed.suite(), number, so.get(1), so.get(3), null));
        }
    }
}
