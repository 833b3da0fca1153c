package org.qfpsim.controlplane.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.trace.TraceRecord;

/** Whatever octets come, their text is bounded and every line of it is whole. */
class PacketDecoderFuzzTest {
    private static void decode(final TraceRecord.Form form, final int type, final byte[] octets) {
        final StringBuilder text = new StringBuilder();
        new PacketDecoder(octets, text).decode(form, type);
        HexText.words(octets, text);
        HexText.dump(octets, text);
        assertThat(text.length()).isLessThan(8_000 + 20 * octets.length);
        assertThat(octets.length == 0 || text.charAt(text.length() - 1) == '\n').isTrue();
        assertThat(PacketHeader.of(octets).protocol()).isNotEmpty();
    }

    @FuzzTest
    void shouldTakeAnyOctets(final FuzzedDataProvider data) {
        decode(data.pickValue(TraceRecord.Form.values()), data.consumeInt(0, 0xffff), data.consumeRemainingAsBytes());
    }

    @Test
    void shouldTakeDamagedAndCutPackets() {
        final long seed = 0x4445434fL;
        final Random random = new Random(seed);
        final byte[] udp = Packets.udp(4500, 4500, Packets.counting(30));
        final byte[][] samples = {Packets.ethernet(Packets.ipv4("10.0.0.1", "10.0.0.2", 17, udp)),
            Packets.ethernet(Packets.ipv4("10.0.0.1", "10.0.0.2", 47, Packets.concat(new byte[] {(byte) 0xb0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 7,
                0, 0, 0, 1}, Packets.ipv4("10.0.0.1", "10.0.0.2", 4, Packets.ipv4("10.0.0.1", "10.0.0.2", 50, udp))))),
            Packets.ethernet(Packets.ipv6("2001:db8::1", "2001:db8::2", 58, udp)), Packets.ethernet(0x0806, Packets.counting(28))};
        for (int i = 0; i < 20_000; i++) {
            final byte[] sample = samples[random.nextInt(samples.length)].clone();
            for (int damage = random.nextInt(4); damage > 0; damage--) {
                sample[random.nextInt(sample.length)] = (byte) random.nextInt();
            }
            final byte[] cut = Arrays.copyOf(sample, random.nextInt(sample.length + 1));
            try {
                decode(TraceRecord.Form.values()[random.nextInt(4)], random.nextInt(3) == 0 ? 50 : 0x0800, cut);
            } catch (final RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", packet " + i, e);
            }
        }
    }
}
