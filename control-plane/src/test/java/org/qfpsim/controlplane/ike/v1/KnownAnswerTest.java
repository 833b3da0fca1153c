package org.qfpsim.controlplane.ike.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.datapath.crypto.EspKeys;

/** Every intermediate value of the known answers, and every message of theirs taken apart and put together again. */
class KnownAnswerTest {
    static List<KnownAnswers> exchanges() {
        return KnownAnswers.all();
    }

    @Test
    void shouldHaveAllExchanges() {
        assertThat(exchanges()).hasSize(26);
        assertThat(exchanges().stream().mapToInt(each -> each.messages().size()).sum()).isGreaterThan(230);
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void shouldComputeEveryIntermediateValue(final KnownAnswers exchange) {
        final Ikev1Keys keys = exchange.keys();
        assertThat(exchange.group().withPrivateValue(exchange.octets("x")).publicValue()).isEqualTo(exchange.octets("gx"));
        assertThat(exchange.group().withPrivateValue(exchange.octets("x")).agree(exchange.octets("gy"))).contains(exchange.octets("gxy"));
        assertThat(keys.skeyid()).isEqualTo(exchange.octets("skeyid"));
        assertThat(keys.skeyidD()).isEqualTo(exchange.octets("skeyid_d"));
        assertThat(keys.skeyidA()).isEqualTo(exchange.octets("skeyid_a"));
        assertThat(keys.skeyidE()).isEqualTo(exchange.octets("skeyid_e"));
        assertThat(keys.key()).isEqualTo(exchange.octets("ka"));
        assertThat(keys.authentication(exchange.octets("gx"), exchange.octets("gy"), exchange.cookie("cky_i"), exchange.cookie("cky_r"),
            exchange.octets("sa_i"), exchange.octets("idii"))).isEqualTo(exchange.octets("hash_i"));
        assertThat(keys.authentication(exchange.octets("gy"), exchange.octets("gx"), exchange.cookie("cky_r"), exchange.cookie("cky_i"),
            exchange.octets("sa_i"), exchange.octets("idir"))).isEqualTo(exchange.octets("hash_r"));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void shouldTakeEveryMessageApartAndPutItTogetherAgain(final KnownAnswers exchange) throws MalformedException {
        final Ikev1Keys keys = exchange.keys();
        final Map<Integer, CbcChain> chains = new HashMap<>();
        chains.put(0, new CbcChain(keys, keys.firstIv(exchange.octets("gx"), exchange.octets("gy"))));
        for (final KnownAnswers.Message each : exchange.messages()) {
            final IsakmpMessage message = IsakmpMessage.parse(each.octets());
            assertThat(message.encode()).isEqualTo(each.octets());
            if (!message.encrypted()) {
                assertRebuilt(PayloadChain.parse(message.next(), message.body(), false));
                continue;
            }
            final CbcChain chain = chains.computeIfAbsent(message.messageId(),
                id -> new CbcChain(keys, keys.laterIv(exchange.octets("last_p1_block"), id)));
            final byte[] plain = chain.decrypt(message.body());
            final PayloadChain payloads = PayloadChain.parse(message.next(), plain, true);
            assertRebuilt(payloads);
            if (each.ours()) {
                // Our own padding is the same; strongSwan fills up with one block more.
                assertThat(chain.encrypt(payloads.octets())).isEqualTo(message.body());
            } else {
                chain.advance(message.body());
            }
            if (message.messageId() == 0) {
                assertThat(payloads.first()).isEqualTo(Isakmp.ID);
            }
        }
        assertThat(chains.get(0).last()).isEqualTo(exchange.octets("last_p1_block"));
    }

    private static void assertRebuilt(final PayloadChain payloads) throws MalformedException {
        assertThat(PayloadChain.of(payloads.payloads()).octets()).isEqualTo(payloads.octets());
        for (final Payload payload : payloads.payloads()) {
            final byte[] again = switch (payload.type()) {
                case Isakmp.SA -> SaBody.parse(payload.body()).encode();
                case Isakmp.ID -> IdBody.parse(payload.body()).encode();
                case Isakmp.NOTIFY -> NotifyBody.parse(payload.body()).payload().body();
                case Isakmp.DELETE -> DeleteBody.parse(payload.body()).payload().body();
                default -> payload.body();
            };
            assertThat(again).isEqualTo(payload.body());
        }
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void shouldDeriveTheKeysOfEveryChild(final KnownAnswers exchange) throws MalformedException {
        final Ikev1Keys keys = exchange.keys();
        final Map<Integer, byte[][]> bySpi = new HashMap<>();
        final Map<Integer, Phase2Transform> transforms = new HashMap<>();
        final Map<Integer, CbcChain> chains = new HashMap<>();
        final Map<Integer, byte[]> nonceI = new HashMap<>();
        final Map<Integer, Integer> spiI = new HashMap<>();
        for (final KnownAnswers.Message each : exchange.messages()) {
            final IsakmpMessage message = IsakmpMessage.parse(each.octets());
            if (message.exchange() != Isakmp.QUICK_MODE) {
                continue;
            }
            final CbcChain chain = chains.computeIfAbsent(message.messageId(),
                id -> new CbcChain(keys, keys.laterIv(exchange.octets("last_p1_block"), id)));
            final PayloadChain payloads = PayloadChain.parse(message.next(), chain.decrypt(message.body()), true);
            chain.advance(message.body());
            final byte[] sa = payloads.find(Isakmp.SA);
            if (sa == null) {
                continue;
            }
            final Proposal proposal = SaBody.parse(sa).proposals().getFirst();
            final byte[] nonce = payloads.need(Isakmp.NONCE);
            final byte[] first = nonceI.putIfAbsent(message.messageId(), nonce);
            if (first == null) {
                spiI.put(message.messageId(), proposal.espSpi());
            } else {
                final Phase2Transform agreed = Phase2Transform.parse(proposal.transforms().getFirst()).orElseThrow();
                assertThat(agreed.udp()).isEqualTo(exchange.nat());
                for (final int spi : new int[] {spiI.get(message.messageId()), proposal.espSpi()}) {
                    bySpi.put(spi, new byte[][] {first, nonce});
                    transforms.put(spi, agreed);
                }
            }
        }
        for (final JsonNode child : exchange.childSas()) {
            final int spi = ByteBuffer.wrap(HexFormat.of().parseHex(child.get("spi").asText())).getInt();
            final byte[][] nonces = bySpi.get(spi);
            final EspKeys made = keys.child(transforms.get(spi).suite(), spi, nonces[0], nonces[1], null);
            assertThat(made.key()).isEqualTo(HexFormat.of().parseHex(child.get("key").asText()));
            assertThat(made.salt()).isEqualTo(hex(child.get("salt")));
            assertThat(made.authKey()).isEqualTo(hex(child.get("authkey")));
        }
    }

    private static byte[] hex(final JsonNode node) {
        return node == null || node.isNull() ? new byte[0] : HexFormat.of().parseHex(node.asText());
    }
}
