package org.qfpsim.controlplane.ike.v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.crypto.KeyMaterial;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.PayloadReader;
import org.qfpsim.controlplane.ike.v2.wire.PayloadWriter;
import org.qfpsim.controlplane.ike.v2.wire.Protection;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;

/** IKEv2 between two strongSwan daemons, with their secrets: every message decrypts, parses, and is written again as it was. */
class CapturesTest {
    private static final List<IkeProposal> ANYTHING = List.of(new IkeProposal(0,
        List.of("aes-cbc-256", "aes-gcm-256"), List.of("sha256"), List.of(), List.of(14, 19), 86_400));

    static JsonNode captures() throws IOException {
        try (InputStream file = CapturesTest.class.getResourceAsStream("captures.json")) {
            return new ObjectMapper().readTree(file);
        }
    }

    @TestFactory
    List<DynamicTest> shouldReadEveryMessage() throws IOException {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final JsonNode capture : captures()) {
            tests.add(DynamicTest.dynamicTest(capture.get("name").asText(), () -> new Reading(capture).all()));
        }
        return tests;
    }

    /** One capture: IKE SAs come up one behind the other. */
    private static final class Reading {
        private final JsonNode capture;
        private final List<byte[]> messages = new ArrayList<>();
        private int established;
        private int children;
        private byte[] initRequest;
        private byte[] initResponse;
        private Payloads request;
        private Payloads response;
        private IkeSuite suite;
        private IkeKeys keys;
        private Protection fromInitiator;
        private Protection fromResponder;
        private Payloads lastRequest;

        Reading(final JsonNode capture) {
            this.capture = capture;
            capture.get("messages").forEach(message -> messages.add(HexFormat.of().parseHex(message.get("hex").asText())));
        }

        void all() throws Exception {
            for (final byte[] message : messages) {
                final Header header = Header.read(message);
                assertThat(header.write(message.length)).isEqualTo(Arrays.copyOf(message, Header.OCTETS));
                final List<Payload> outer = PayloadReader.outer(header, message);
                if (header.exchange() == Header.IKE_SA_INIT) {
                    init(header, message, new Payloads(outer));
                } else {
                    protectedMessage(header, message, (Payload.Encrypted) outer.getLast());
                }
            }
            assertThat(established).isEqualTo(capture.get("ike").size());
            assertThat(children).isEqualTo(capture.get("esp").size());
        }

        private void init(final Header header, final byte[] message, final Payloads payloads) {
            if (!header.response()) {
                initRequest = message;
                request = payloads;
                assertThat(payloads.has(16388) && payloads.has(16389)).isTrue();
                return;
            }
            initResponse = message;
            response = payloads;
            suite = IkeOffers.choose(ANYTHING, payloads.first(Payload.SecurityAssociation.class).orElseThrow().proposals(), 14)
                .orElseThrow().suite();
            final JsonNode secrets = capture.get("ike").get(established++);
            final byte[] ni = request.nonce().orElseThrow();
            final byte[] nr = payloads.nonce().orElseThrow();
            final byte[] seed = hex(secrets, "SKEYSEED");
            if (secrets.has("dh_secret")) {
                assertThat(IkeKeys.seed(suite.prf(), hex(secrets, "dh_secret"), ni, nr)).isEqualTo(seed);
            }
            keys = IkeKeys.derive(suite, seed, ni, nr, header.initiatorSpi(), header.responderSpi());
            assertThat(keys.d()).isEqualTo(hex(secrets, "Sk_d secret"));
            assertThat(keys.ei()).isEqualTo(hex(secrets, "Sk_ei secret"));
            assertThat(keys.er()).isEqualTo(hex(secrets, "Sk_er secret"));
            assertThat(keys.pi()).isEqualTo(hex(secrets, "Sk_pi secret"));
            assertThat(keys.pr()).isEqualTo(hex(secrets, "Sk_pr secret"));
            if (secrets.has("Sk_ai secret")) {
                assertThat(keys.ai()).isEqualTo(hex(secrets, "Sk_ai secret"));
                assertThat(keys.ar()).isEqualTo(hex(secrets, "Sk_ar secret"));
            }
            final SplittableRandom random = new SplittableRandom(1);
            fromInitiator = new Protection(suite.cipher(), keys.ei(), suite.integrity(), keys.ai(), random);
            fromResponder = new Protection(suite.cipher(), keys.er(), suite.integrity(), keys.ar(), random);
        }

        private void protectedMessage(final Header header, final byte[] message, final Payload.Encrypted encrypted) throws Exception {
            final Protection protection = header.initiator() ? fromInitiator : fromResponder;
            final byte[] plain = protection.open(message, encrypted).orElseThrow();
            final Payloads payloads = new Payloads(PayloadReader.inner(encrypted.first(), plain));
            // strongSwan pads as we do, and every payload of these exchanges is one that we can write.
            assertThat(PayloadWriter.chain(payloads.list())).isEqualTo(plain);
            assertThat(protection.seal(header, payloads.list(), 0).getFirst()).hasSize(message.length);
            message[message.length - 1] ^= 1;
            assertThat(protection.open(message, encrypted)).as("damaged").isEmpty();
            if (header.exchange() == Header.IKE_AUTH) {
                authentication(header, payloads);
            } else if (header.exchange() == Header.CREATE_CHILD_SA && header.response()) {
                childKeys(lastRequest.nonce().orElseThrow(), payloads.nonce().orElseThrow(), payloads);
            } else if (header.exchange() == Header.CREATE_CHILD_SA) {
                lastRequest = payloads;
            }
        }

        private void authentication(final Header header, final Payloads payloads) {
            final byte[] ni = request.nonce().orElseThrow();
            final byte[] nr = response.nonce().orElseThrow();
            final Payload.Identification id = payloads.identification(!header.response()).orElseThrow();
            final byte[] code = payloads.first(Payload.Authentication.class).orElseThrow().value();
            final byte[] psk = HexFormat.of().parseHex(capture.get("psk").asText());
            if (header.response()) {
                assertThat(Auth.code(suite.prf(), psk, initResponse, ni, keys.pr(), id.body())).isEqualTo(code);
                childKeys(ni, nr, payloads);
            } else {
                assertThat(Auth.code(suite.prf(), psk, initRequest, nr, keys.pi(), id.body())).isEqualTo(code);
                lastRequest = payloads;
            }
        }

        private void childKeys(final byte[] ni, final byte[] nr, final Payloads answer) {
            final Optional<Payload.SecurityAssociation> sa = answer.first(Payload.SecurityAssociation.class);
            if (sa.isEmpty()) {
                return;
            }
            final int responderSpi = java.nio.ByteBuffer.wrap(sa.get().proposals().getFirst().spi()).getInt();
            final int bits = sa.get().proposals().getFirst().of(1).getFirst().keyBits();
            final EspSuite esp = EspSuite.valueOf("AES_GCM_" + bits + "_16");
            final byte[] keymat = suite.prf().plus(keys.d(), 2 * KeyMaterial.octets(esp), ni, nr);
            for (final JsonNode row : capture.get("esp")) {
                final int spi = (int) Long.parseLong(row.get("spi").asText().substring(2), 16);
                final boolean toResponder = spi == responderSpi;
                if (toResponder || offered(spi)) {
                    final EspKeys expected = KeyMaterial.keys(esp, keymat, toResponder ? 0 : KeyMaterial.octets(esp));
                    assertThat(expected.key()).isEqualTo(hex(row, "key"));
                    assertThat(expected.salt()).isEqualTo(hex(row, "salt"));
                    children++;
                }
            }
        }

        private boolean offered(final int spi) {
            return lastRequest.first(Payload.SecurityAssociation.class).orElseThrow().proposals().stream()
                .anyMatch(proposal -> java.nio.ByteBuffer.wrap(proposal.spi()).getInt() == spi);
        }

        private static byte[] hex(final JsonNode row, final String field) {
            return HexFormat.of().parseHex(row.get(field).asText());
        }
    }
}
