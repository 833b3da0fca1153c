package org.qfpsim.datapath.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qfpsim.datapath.support.Packets.concat;
import static org.qfpsim.datapath.support.Packets.counting;
import static org.qfpsim.datapath.support.Packets.extension;
import static org.qfpsim.datapath.support.Packets.ipv4;
import static org.qfpsim.datapath.support.Packets.ipv6;
import static org.qfpsim.datapath.support.Packets.udp;
import static org.qfpsim.datapath.support.Packets.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.reassembly.Fragmenter;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.InstalledSa;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/** The cases in prose of vectors/semantic_cases.json that concern received packets; the sent ones are in OutboundTest. */
class SemanticCasesTest {
    private static final byte[] INNER = ipv4("10.1.0.1", "10.2.0.1", 17, udp(7, 9, counting(33)));

    private static InstalledSa first(final PipelineFixture fixture) {
        return fixture.pipeline().installer().installed().getFirst();
    }

    private static long top(final PipelineFixture fixture) {
        return InboundSa.top(first(fixture).record());
    }

    @ParameterizedTest
    @EnumSource(value = EspSuite.class, names = {"AES_GCM_128_16", "AES_CBC_128_SHA1_96", "NULL_SHA1_96", "CHACHA20_POLY1305"})
    void shouldNotMoveTheWindowForABadIcv(final EspSuite suite) {
        final int window = 64;
        try (PipelineFixture fixture = new PipelineFixture();
             Sender forger = new Sender(Sa.spi(1).suite(suite).keySeed(99).build())) {
            final Sender sender = fixture.install(Sa.spi(1).suite(suite).window(window).build());
            fixture.verdict(sender.wrapAt(200, INNER));
            for (int i = 0; i < 17; i++) {
                assertThat(fixture.verdict(forger.wrapAt(window + 200, INNER))).isEqualTo(Expect.BAD_ICV);
            }
            assertThat(top(fixture)).isEqualTo(200);
            assertThat(fixture.verdict(sender.wrapAt(234, INNER))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(sender.wrapAt(171, INNER))).isEqualTo(Expect.FORWARD);
            assertThat(InboundSa.icvDrops(first(fixture).record())).isEqualTo(17);
            assertThat(fixture.counters().ipsecPackets(IpsecDrop.IN_MAC_EXCEPTION.id())).isEqualTo(17);
        }
    }

    @Test
    void shouldCountARuntAsALengthErrorAndLeaveTheWindowAlone() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).build());
            final byte[] esp = sender.esp(50, sender.plaintext(INNER, 4));
            assertThat(fixture.verdict(sender.outer(Arrays.copyOf(esp, EspSuite.AES_GCM_128_16.minimumEspBytes() - 1))))
                .isEqualTo(Expect.BAD_ESP_LENGTH);
            assertThat(top(fixture)).isZero();
            assertThat(InboundSa.icvDrops(first(fixture).record())).isZero();
            assertThat(fixture.verdict(sender.outer(esp))).isEqualTo(Expect.FORWARD);
        }
    }

    @Test
    void shouldConsumeTheNumberOfAPacketWithACorruptedFooter() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).build());
            final byte[] good = sender.plaintext(INNER, 4);
            final byte[] bad = with(good, good.length - 2, 0xff);
            assertThat(fixture.verdict(sender.outer(sender.esp(5, bad)))).isEqualTo(Expect.drop(IpsecDrop.PAD_MISMATCH));
            assertThat(top(fixture)).isEqualTo(5);
            assertThat(fixture.verdict(sender.outer(sender.esp(5, good)))).isEqualTo(Expect.REPLAY);
        }
    }

    @Test
    void shouldAcceptOneOfEightCopiesInABatch() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final byte[] packet = fixture.install(Sa.spi(1).build()).wrap(INNER);
            for (int i = 0; i < 8; i++) {
                fixture.offer(packet);
            }
            fixture.drain();
            assertThat(fixture.verdicts().getFirst()).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdicts().subList(1, 8)).containsOnly(Expect.REPLAY);
            assertThat(InboundSa.replayDrops(first(fixture).record())).isEqualTo(7);
        }
    }

    @Test
    void shouldNotLetAnEarlyFailureTouchTheRestOfTheBatch() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).build());
            fixture.verdict(sender.wrapAt(100, INNER));
            fixture.offer(sender.wrapAt(100, INNER)).offer(sender.wrapAt(10, INNER)).offer(sender.wrapAt(101, INNER))
                .offer(Packets.damaged(sender.wrapAt(102, INNER), -1)).offer(sender.wrapAt(102, INNER)).drain();
            assertThat(fixture.verdicts().subList(1, 6))
                .containsExactly(Expect.REPLAY, Expect.REPLAY, Expect.FORWARD, Expect.BAD_ICV, Expect.FORWARD);
        }
    }

    @Test
    void shouldJudgeABatchMateThatAnEarlierPacketMadeStale() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).window(64).build());
            for (final long sequence : new long[] {200, 81, 201, 202}) {
                fixture.offer(sender.wrapAt(sequence, INNER));
            }
            fixture.drain();
            assertThat(fixture.verdicts()).containsExactly(Expect.FORWARD, Expect.REPLAY, Expect.FORWARD, Expect.FORWARD);
        }
    }

    @Test
    void shouldReassembleBeforeDecapsulation() {
        final byte[] inner = ipv4("10.1.0.1", "10.2.0.1", 17, udp(7, 9, counting(1800)));
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).build());
            final byte[] outer = sender.wrap(inner);
            final List<byte[]> fragments = new ArrayList<>();
            new Fragmenter().cut(new UnsafeBuffer(outer), 0, outer.length, 1400, (buffer, offset, length) -> {
                final byte[] fragment = new byte[length];
                buffer.getBytes(offset, fragment);
                return fragments.add(fragment);
            });
            assertThat(fragments).hasSize(2);
            for (int turn = 0; turn < 2; turn++) {
                fragments.forEach(fixture::offer);
                fixture.drain();
                Collections.reverse(fragments);
            }
            assertThat(fixture.verdicts()).containsExactly(Expect.FRAGMENT_USED, Expect.FORWARD, Expect.FRAGMENT_USED, Expect.REPLAY);
            assertThat(fixture.lastSent()).isEqualTo(inner);
            assertThat(InboundSa.packets(first(fixture).record())).isEqualTo(1);
            assertThat(fixture.counters().total(Total.REASSEMBLED)).isEqualTo(2);
        }
    }

    @Test
    void shouldFindEspBehindIpv6ExtensionHeaders() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).v6().transport().build());
            final byte[] packet = ipv6(Sa.PEER6, Sa.US6, 0, concat(extension(60, 1), extension(17, 3), udp(1, 2, counting(50))));
            assertThat(fixture.judge(sender.wrap(packet)).packet()).isEqualTo(packet);
        }
    }

    @Test
    void shouldTellOfSoftExpiryOnceAndDropAfterHardExpiryByOctets() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).lifetime(2L * INNER.length, 4L * INNER.length, Long.MAX_VALUE).build());
            final int soft = IpsecDrop.GEN_NOTIFY_SOFT_EXPIRY.id();
            for (int i = 1; i <= 4; i++) {
                assertThat(fixture.verdict(sender.wrap(INNER))).isEqualTo(Expect.FORWARD);
                assertThat(fixture.counters().ipsecPackets(soft)).isEqualTo(i < 2 ? 0 : 1);
            }
            assertThat(fixture.verdict(sender.wrap(INNER))).isEqualTo(Expect.drop(IpsecDrop.IN_HARD_EXPIRY));
            assertThat(fixture.verdict(sender.wrap(INNER))).isEqualTo(Expect.drop(IpsecDrop.IN_HARD_EXPIRY));
            assertThat(InboundSa.octets(first(fixture).record())).isEqualTo(4L * INNER.length);
        }
    }

    @Test
    void shouldDropAfterHardExpiryByTime() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).lifetime(0, 0, 1_000).build());
            assertThat(fixture.judge(sender.wrap(INNER), 999).verdict()).isEqualTo(Expect.FORWARD);
            assertThat(fixture.judge(sender.wrap(INNER), 1_000).verdict()).isEqualTo(Expect.drop(IpsecDrop.IN_HARD_EXPIRY));
        }
    }

    @Test
    void shouldDropForAnSaThatIsMarkedInvalid() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender four = fixture.install(Sa.spi(1).build());
            final Sender six = fixture.install(Sa.spi(1).v6().build());
            assertThat(fixture.verdict(four.wrap(INNER))).isEqualTo(Expect.FORWARD);
            fixture.offer(four.wrap(INNER));
            fixture.pipeline().installer().installed().forEach(fixture.pipeline().installer()::invalidate);
            fixture.offer(four.wrap(INNER)).offer(six.wrap(INNER)).drain();
            assertThat(fixture.verdicts()).containsExactly(Expect.FORWARD, Expect.FORWARD,
                Expect.drop(IpsecDrop.IN_V4_PKT_HIT_INVALID_SA), Expect.drop(IpsecDrop.IN_V6_PKT_HIT_INVALID_SA));
        }
    }
}
