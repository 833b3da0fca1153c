package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.support.Crypto;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/** decrypt(encrypt(p)) = p for every suite, library, mode, family and size. */
class RoundTripTest {
    private static final long SEED = 0x524f554e44L;
    private static final int PACKETS = 90 * Integer.getInteger("qfp.test.scale", 1);
    private static final int MAX_PAYLOAD = 9_000;

    @ParameterizedTest
    @EnumSource(EspSuite.class)
    void shouldOpenWhatWasSealed(final EspSuite suite) {
        for (final String crypto : Crypto.names()) {
            if (Crypto.has(crypto, suite)) {
                final long seed = SEED + suite.ordinal();
                final Random random = new Random(seed);
                try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().slotBytes(9216).ringSlots(32).ppes(2), crypto)) {
                    final List<Sender> senders = senders(fixture, suite);
                    for (int i = 0; i < PACKETS; i++) {
                        final Sender sender = senders.get(i % senders.size());
                        final byte[] packet = packet(sender, random, i);
                        assertThat(fixture.judge(sender.wrap(packet)).packet())
                            .as("seed %d, %s, %s, packet %d of %d octets", seed, crypto, suite, i, packet.length).isEqualTo(packet);
                    }
                }
            }
        }
    }

    private static List<Sender> senders(final PipelineFixture fixture, final EspSuite suite) {
        final List<Sender> senders = new ArrayList<>();
        int spi = 0x8000_0000;
        for (final boolean v6 : new boolean[] {false, true}) {
            for (final boolean transport : new boolean[] {false, true}) {
                for (final boolean natt : new boolean[] {false, true}) {
                    for (final boolean esn : new boolean[] {false, true}) {
                        Sa sa = Sa.spi(spi++).suite(suite);
                        sa = v6 ? sa.v6() : sa;
                        sa = transport ? sa.transport() : sa;
                        sa = natt ? sa.udp() : sa;
                        senders.add(fixture.install((esn ? sa.esn().initial(0xffff_ffffL) : sa).build()));
                    }
                }
            }
        }
        return senders;
    }

    private static byte[] packet(final Sender sender, final Random random, final int i) {
        final int size = i < 40 ? i : random.nextBoolean() ? random.nextInt(MAX_PAYLOAD + 1) : random.nextInt(100);
        final byte[] payload = new byte[i == 40 ? MAX_PAYLOAD : size];
        random.nextBytes(payload);
        final boolean outer6 = sender.spec().source().v6();
        if (sender.spec().mode() == SaSpec.Mode.TRANSPORT) {
            return outer6 ? Packets.ipv6(Sa.PEER6, Sa.US6, 6, payload) : Packets.ipv4(Sa.PEER, Sa.US, 6, payload);
        }
        return random.nextBoolean() ? Packets.ipv4("10.1.0.1", "10.2.0.1", 6, payload)
            : Packets.ipv6("2001:db8:a::1", "2001:db8:b::1", 6, payload);
    }
}
