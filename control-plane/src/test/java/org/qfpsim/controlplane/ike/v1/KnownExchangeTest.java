package org.qfpsim.controlplane.ike.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.DhKey;
import org.qfpsim.controlplane.ike.support.FakeConfig;
import org.qfpsim.controlplane.ike.support.FakeEngine;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** The service plays B of the known answers, given B's random values and A's messages: it sends what B sent, to the byte. */
class KnownExchangeTest {
    private static final IpAddress A = IpAddress.parse("10.1.1.1");
    private static final IpAddress B = IpAddress.parse("20.1.1.2");

    private final Timers timers = new Timers();
    private final Deque<byte[]> sent = new ArrayDeque<>();
    private final Deque<Integer> spis = new ArrayDeque<>();
    private final FakeEngine engine = new FakeEngine(spis::remove);

    static List<KnownAnswers> exchanges() {
        return KnownAnswers.all();
    }

    /** B's random values, in the order in which its messages show them. */
    private static final class Recorded implements Entropy {
        private final KnownAnswers exchange;
        private final Deque<byte[]> nonces = new ArrayDeque<>();
        private final Deque<Integer> messageIds = new ArrayDeque<>();

        Recorded(final KnownAnswers exchange) {
            this.exchange = exchange;
            nonces.add(exchange.octets("ni"));
        }

        @Override
        public long cookie() {
            return exchange.cookie("cky_i");
        }

        @Override
        public byte[] nonce() {
            return nonces.remove();
        }

        @Override
        public int messageId() {
            return messageIds.remove();
        }

        @Override
        public DhKey key(final DhGroup group) {
            return group.withPrivateValue(exchange.octets("x"));
        }
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void shouldSendWhatWasSent(final KnownAnswers exchange) throws MalformedException {
        final Recorded recorded = new Recorded(exchange);
        final List<PayloadChain> plain = decrypted(exchange);
        for (int i = 0; i < plain.size(); i++) {
            final KnownAnswers.Message each = exchange.messages().get(i);
            if (each.ours() && each.messageId() != 0) {
                if (each.exchange() == Isakmp.INFORMATIONAL || first(exchange, i)) {
                    recorded.messageIds.add(each.messageId());
                }
                if (each.exchange() == Isakmp.QUICK_MODE && plain.get(i).find(Isakmp.SA) != null) {
                    recorded.nonces.add(plain.get(i).need(Isakmp.NONCE));
                    spis.add(SaBody.parse(plain.get(i).need(Isakmp.SA)).proposals().getFirst().espSpi());
                }
            }
        }
        final Ikev1Context context = context(exchange, recorded);
        final Ikev1Service service = new Ikev1Service(context);
        final boolean contact = plain.get(4).find(Isakmp.NOTIFY) != null;
        service.requestIkeSa(B, A, contact, null, (up, reason) -> assertThat(reason).isEmpty());
        for (int i = 0; i < plain.size(); i++) {
            play(exchange, i, plain.get(i), service, context);
        }
        assertThat(sent).isEmpty();
        assertChildren(exchange);
    }

    private void play(final KnownAnswers exchange, final int index, final PayloadChain payloads, final Ikev1Service service,
                      final Ikev1Context context) throws MalformedException {
        final KnownAnswers.Message each = exchange.messages().get(index);
        if (!each.ours()) {
            service.receive(new IkePath(B, each.sport(), A, each.sport()), each.octets());
            return;
        }
        if (each.exchange() == Isakmp.INFORMATIONAL) {
            final byte[] delete = payloads.find(Isakmp.DELETE);
            if (delete != null && DeleteBody.parse(delete).protocol() == Isakmp.PROTO_ESP) {
                assertThat(service.sendDelete(B, A, DeleteBody.parse(delete).espSpis(), false)).isTrue();
            } else {
                Informational.send(context.table().with(A).getFirst(), payloads.payloads().subList(1, payloads.payloads().size()));
            }
        } else if (each.messageId() != 0 && first(exchange, index)) {
            service.requestChild(policy(exchange, 3600), A, null);
        }
        assertThat(sent.remove()).as("message %d", index).isEqualTo(each.octets());
    }

    private static boolean first(final KnownAnswers exchange, final int index) {
        return exchange.messages().subList(0, index).stream().noneMatch(each -> each.messageId() == exchange.messages().get(index).messageId());
    }

    private static List<PayloadChain> decrypted(final KnownAnswers exchange) throws MalformedException {
        final Ikev1Keys keys = exchange.keys();
        final Map<Integer, CbcChain> chains = new HashMap<>();
        chains.put(0, new CbcChain(keys, keys.firstIv(exchange.octets("gx"), exchange.octets("gy"))));
        final List<PayloadChain> plain = new ArrayList<>();
        for (final KnownAnswers.Message each : exchange.messages()) {
            final IsakmpMessage message = IsakmpMessage.parse(each.octets());
            if (!message.encrypted()) {
                plain.add(PayloadChain.parse(message.next(), message.body(), false));
                continue;
            }
            final CbcChain chain = chains.computeIfAbsent(message.messageId(),
                id -> new CbcChain(keys, keys.laterIv(exchange.octets("last_p1_block"), id)));
            plain.add(PayloadChain.parse(message.next(), chain.decrypt(message.body()), true));
            chain.advance(message.body());
        }
        return plain;
    }

    private Ikev1Context context(final KnownAnswers exchange, final Entropy entropy) {
        final boolean gcm = exchange.name().contains("gcm");
        final FakeConfig config = new FakeConfig().key(new String(exchange.psk(), StandardCharsets.US_ASCII)).proposals(
            new IkeProposal(10, List.of("aes-cbc-128"), List.of(gcm ? "sha256" : "sha1"), List.of(), List.of(exchange.group().number()), 28_800));
        engine.policies().add(policy(exchange, 3960));
        return new Ikev1Context(config, engine, (path, message) -> sent.add(message), timers, EventLog.SILENT, entropy, IkeKeyLog.NONE,
            new Ikev1Settings(exchange.nat(), 10, 5, 5, 60));
    }

    private static ChildPolicy policy(final KnownAnswers exchange, final long seconds) {
        return new ChildPolicy(1, "map 10", B, A,
            TrafficSelector.between(IpPrefix.parse("192.168.2.0/24"), IpPrefix.parse("192.168.1.0/24")), SaSpec.Mode.TUNNEL,
            List.of(exchange.name().contains("gcm") ? EspSuite.AES_GCM_128_16 : EspSuite.AES_CBC_128_SHA1_96), false, 0, seconds, 0, 64, 1);
    }

    private void assertChildren(final KnownAnswers exchange) {
        assertThat(engine.pairs()).hasSize(exchange.childSas().size() / 2);
        assertThat(engine.sending()).hasSize(exchange.childSas().size() / 2);
        for (int i = 0; i < exchange.childSas().size(); i++) {
            final int spi = Integer.parseUnsignedInt(exchange.childSas().get(i).get("spi").asText(), 16);
            final byte[] key = HexFormat.of().parseHex(exchange.childSas().get(i).get("key").asText());
            final boolean inbound = "inb".equals(exchange.childSas().get(i).get("dir_at_B").asText());
            final ChildSa child = engine.pairs().values().stream().filter(each -> (inbound ? each.inboundSpi() : each.outboundSpi()) == spi)
                .findFirst().orElseThrow();
            assertThat((inbound ? child.inboundKeys() : child.outboundKeys()).key()).isEqualTo(key);
            assertThat(child.udp()).isEqualTo(exchange.nat());
        }
    }
}
