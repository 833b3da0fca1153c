package org.qfpsim.controlplane.ike.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.qfpsim.controlplane.ike.crypto.DhGroup;

/** The exchanges of ikev1_kat.json: a small IKEv1 initiator (B, 20.1.1.2) and strongSwan (A, 10.1.1.1). */
record KnownAnswers(String name, JsonNode kat, List<Message> messages, JsonNode childSas) {
    record Message(boolean ours, int sport, int messageId, byte[] octets) {
        int exchange() {
            return octets[18] & 0xff;
        }
    }

    static List<KnownAnswers> all() {
        try (InputStream in = Objects.requireNonNull(KnownAnswers.class.getResourceAsStream("ikev1_kat.json"))) {
            final List<KnownAnswers> all = new ArrayList<>();
            for (final JsonNode entry : new ObjectMapper().readTree(in)) {
                final List<Message> messages = new ArrayList<>();
                for (final JsonNode each : entry.get("messages")) {
                    messages.add(new Message("B".equals(each.get("from_").asText()), each.get("sport").asInt(),
                        Integer.parseUnsignedInt(each.get("mid").asText(), 16), HexFormat.of().parseHex(each.get("ike_hex").asText())));
                }
                all.add(new KnownAnswers(entry.get("name").asText(), entry.get("kat"), messages, entry.get("child_sas")));
            }
            return all;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] octets(final String field) {
        final String hex = kat.get(field).asText();
        return HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : "0" + hex);
    }

    long cookie(final String field) {
        return Long.parseUnsignedLong(kat.get(field).asText(), 16);
    }

    DhGroup group() {
        return DhGroup.of(kat.get("group").asInt()).orElseThrow();
    }

    byte[] psk() {
        return kat.get("psk").asText().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    boolean nat() {
        return kat.get("nat").asBoolean();
    }

    /** The keys of phase 1, computed by us from the private value. */
    Ikev1Keys keys() {
        try {
            final Phase1Transform chosen = Phase1Transform.parse(
                SaBody.parse(octets("sa_i")).proposals().getFirst().transforms().getFirst()).orElseThrow();
            final byte[] secret = group().withPrivateValue(octets("x")).agree(octets("gy")).orElseThrow();
            return Ikev1Keys.derive(chosen, psk(), octets("ni"), octets("nr"), secret, Octets.join(octets("cky_i"), octets("cky_r")));
        } catch (final MalformedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
