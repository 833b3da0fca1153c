package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.RoutedFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/** Damaged frames, outside, in GRE and below the encryption: none is lost without a reason, none makes anything throw. */
class RoutedMutationTest {
    private static final long SEED = 0x4d5554L;
    private static final int FRAMES = 20_000 * Integer.getInteger("qfp.test.scale", 1);

    private static RoutedFixture router() {
        final RoutedFixture fixture = new RoutedFixture(PipelineFixture.config().ringSlots(64).reassembly(4, 4, 100_000));
        fixture.configure(TwoRouters.tunnel(false, InterfaceKind.TUNNEL_GRE, 7, false, RoutedConfig.NO_FLOW));
        fixture.router().installInbound(Sa.spi(0x21).window(0).mode(SaSpec.Mode.ANY).build(), 1, RoutedConfig.NO_INTERFACE);
        return fixture;
    }

    private static byte[] repaired(final byte[] packet) {
        if (packet.length >= 20 && packet[0] == 0x45) {
            ByteBuffer.wrap(packet).putShort(2, (short) packet.length);
            Checksum.write(new UnsafeBuffer(packet), 0, 20);
        }
        return packet;
    }

    private static byte[] mutated(final Random random, final byte[] original) {
        final byte[] copy = Arrays.copyOf(original, random.nextInt(6) == 0 ? random.nextInt(original.length + 20) : original.length);
        for (int n = random.nextInt(4); n > 0 && copy.length > 0; n--) {
            copy[random.nextInt(random.nextBoolean() ? copy.length : Math.min(copy.length, 48))] = (byte) random.nextInt(256);
        }
        return copy;
    }

    @Test
    void shouldSurviveMutations() {
        System.out.println("seed " + SEED);
        final Random random = new Random(SEED);
        final List<byte[]> inner = List.of(TwoRouters.rightwards(50), TwoRouters.rightwards6(50), TwoRouters.rightwards(1_500),
            Packets.ipv4("10.1.0.5", "172.16.0.2", 1, new byte[16]));
        try (RoutedFixture fixture = router(); Sender sender =
            new Sender(Sa.spi(0x21).window(0).mode(SaSpec.Mode.TUNNEL).build())) {
            for (int i = 0; i < FRAMES; i++) {
                byte[] packet = inner.get(random.nextInt(inner.size()));
                packet = random.nextBoolean() ? packet : repaired(mutated(random, packet));
                if (random.nextBoolean()) {
                    final int type = packet.length > 0 && packet[0] >> 4 == 6 ? 0x86dd : 0x0800;
                    final byte[] gre = Packets.concat(ByteBuffer.allocate(8).putShort((short) 0x2000).putShort((short) type).putInt(7).array(),
                        packet);
                    packet = Packets.ipv4(Sa.PEER, Sa.US, 47, random.nextBoolean() ? gre : mutated(random, gre));
                }
                if (random.nextInt(3) == 0) {
                    packet = sender.outer(sender.esp(i, sender.plaintext(packet, random.nextBoolean() ? 4 : 41)));
                }
                packet = random.nextInt(3) == 0 ? repaired(mutated(random, packet)) : packet;
                byte[] frame = packet.length == 0 ? packet : RoutedFixture.frame(RoutedFixture.mac(2, TwoRouters.WAN), packet);
                frame = random.nextInt(16) == 0 && frame.length > 0 ? mutated(random, frame) : frame;
                fixture.time(i * 20_000L).offerFrame(TwoRouters.WAN, frame.length > 2048 ? Arrays.copyOf(frame, 2048) : frame);
                if (i % 1_000 == 0) {
                    fixture.drain().punted();
                    fixture.told();
                    fixture.sent().clear();
                }
            }
            fixture.drain();
            fixture.router().pipeline().expire(Long.MAX_VALUE);
            fixture.assertConserved();
            for (final GlobalDrop drop : new GlobalDrop[] {GlobalDrop.GRE_BAD_OPTIONS, GlobalDrop.FOR_US, GlobalDrop.UNKNOWN_ENCAP,
                GlobalDrop.IP_FORMAT_ERR, GlobalDrop.BAD_IP_CHECKSUM, GlobalDrop.BAD_LEN, GlobalDrop.IPV4_NO_ROUTE, GlobalDrop.IPSEC_INPUT}) {
                assertThat(fixture.drops(drop)).as("%s", drop).isGreaterThan(10);
            }
            assertThat(fixture.counters().total(Total.FORWARDED)).isGreaterThan(1_000);
        }
    }

    @FuzzTest
    void fuzzFrames(final byte[] data) {
        try (RoutedFixture fixture = router()) {
            for (int at = 0; at + 2 <= data.length;) {
                final int end = Math.min(data.length, at + 2 + (data[at + 1] & 0xff) * 4);
                final byte[] rest = Arrays.copyOfRange(data, at + 2, end);
                if (data[at] % 2 == 0 || rest.length == 0) {
                    fixture.offerFrame(Math.floorMod(data[at], 3), rest);
                } else {
                    fixture.offer(TwoRouters.WAN, RoutedFixture.mac(2, TwoRouters.WAN), rest);
                }
                at = end;
            }
            fixture.drain();
            fixture.router().pipeline().expire(Long.MAX_VALUE);
            fixture.assertConserved();
        }
    }
}
