package org.qfpsim.datapath.pipeline;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.reassembly.Fragmenter;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/** Mutations of good frames, outside and below the encryption: a count that depends on the scale, and qfp.fuzz.seconds in any case. */
class FrameMutationTest {
    private static final long SEED = 0x46555a5aL;
    private static final int FRAMES = 200_000 * Integer.getInteger("qfp.test.scale", 1);
    private static final long NANOS = Integer.getInteger("qfp.fuzz.seconds", 0) * 1_000_000_000L;
    private static final Fragmenter FRAGMENTER = new Fragmenter();
    private static final int CONSERVATION_EVERY = 20_000;
    private static final int[] INTERESTING = {0, 1, 4, 6, 17, 41, 44, 50, 51, 59, 60, 0x45, 0x60, 0x7f, 0x80, 0xfe, 0xff};

    @Test
    void shouldSurviveMutationsOfGoodFrames() {
        System.out.println("fuzz seed " + SEED);
        final Random random = new Random(SEED);
        final List<byte[]> seeds = new ArrayList<>();
        final List<Sender> senders = Stream.concat(FuzzRouter.specs().stream(), RandomStream.specs().stream()).map(Sender::new).toList();
        for (int i = 0; i < 400; i++) {
            seeds.add(seed(random, senders.get(i % senders.size()), i));
        }
        try (FuzzRouter router = new FuzzRouter()) {
            final long start = System.nanoTime();
            for (int i = 0; i < FRAMES || System.nanoTime() - start < NANOS; i++) {
                byte[] packet = random.nextInt(4) == 0 ? inside(random, senders.get(random.nextInt(senders.size())))
                    : mutated(random, seeds.get(random.nextInt(seeds.size())), seeds);
                if (random.nextInt(4) != 0) {
                    packet = repaired(packet);
                }
                final boolean ethernet = random.nextBoolean();
                byte[] frame = ethernet && packet.length > 0 ? Packets.ethernet(packet) : packet;
                if (random.nextInt(16) == 0) {
                    frame = mutated(random, frame, seeds);
                }
                router.add(ethernet ? LinkLayer.ETHERNET : random.nextInt(8) == 0 ? random.nextInt(4) : LinkLayer.RAW_IP, frame);
                if (i % 16 == 0) {
                    addFragments(random, router, senders.get(random.nextInt(senders.size())));
                }
                if (i % CONSERVATION_EVERY == 0) {
                    router.assertConserved();
                }
            }
            router.judge();
            router.assertDeep();
        }
        senders.forEach(Sender::close);
    }

    /** A good packet in pieces, of which one may be strange. */
    private static void addFragments(final Random random, final FuzzRouter router, final Sender sender) {
        final byte[] packet = sender.outer(sender.esp(random.nextInt(1_000), sender.plaintext(inner(random, sender.spec()), 4)));
        FRAGMENTER.cut(new UnsafeBuffer(packet), 0, packet.length, 100 + random.nextInt(100), (buffer, offset, length) -> {
            final byte[] fragment = new byte[length];
            buffer.getBytes(offset, fragment);
            router.add(LinkLayer.RAW_IP, random.nextInt(4) == 0 ? repaired(mutated(random, fragment, List.of(fragment))) : fragment);
            return true;
        });
    }

    private static byte[] octets(final Random random, final int length) {
        final byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    private static byte[] seed(final Random random, final Sender sender, final int i) {
        final byte[] payload = octets(random, random.nextInt(120));
        return switch (i % 8) {
            case 0 -> Packets.ipv4("10.1.0.1", "10.2.0.1", 17, Packets.udp(1, 2, payload), 0, new byte[] {7, 7, 4, 0, 0, 0, 0, 0});
            case 1 -> Packets.ipv6(Sa.PEER6, Sa.US6, 0, Packets.concat(Packets.extension(60, 1), Packets.extension(17, 2), payload));
            case 2 -> Packets.ipv4(Sa.PEER, Sa.US, 17, Packets.udp(4500, 4500, payload));
            case 3 -> Packets.ipv6Fragment(Sa.PEER6, Sa.US6, random.nextBoolean() ? 50 : 44, payload, random.nextInt(3),
                random.nextInt(16) * 8, random.nextBoolean());
            case 4 -> Packets.ipv4Fragment(Packets.ipv4(Sa.PEER, Sa.US, 50, payload), random.nextInt(3),
                random.nextBoolean() ? Packets.MORE : 0, random.nextInt(16) * 8);
            case 5 -> Packets.ipv4("10.2.0.1", "10.1.0.1", 17, octets(random, 1_400 + random.nextInt(500)));
            default -> sender.outer(sender.esp(i, sender.plaintext(inner(random, sender.spec()), random.nextBoolean() ? 4 : 41)));
        };
    }

    private static byte[] inner(final Random random, final SaSpec spec) {
        final byte[] payload = octets(random, random.nextInt(100));
        return spec.source().v6() ? Packets.ipv6("2001:db8:a::1", "2001:db8:b::1", 17, payload)
            : Packets.ipv4("10.1.0.1", "10.2.0.1", 17, payload);
    }

    /** A mutation below the encryption: good ICV, strange plaintext. */
    private static byte[] inside(final Random random, final Sender sender) {
        final byte[] plain = sender.plaintext(inner(random, sender.spec()), random.nextBoolean() ? 4 : 41);
        for (int i = random.nextInt(3); i >= 0; i--) {
            plain[random.nextBoolean() ? random.nextInt(plain.length) : plain.length - 1 - random.nextInt(2)] = value(random);
        }
        final int blocks = sender.spec().suite().blockBytes();
        final byte[] cut = random.nextInt(8) == 0 ? Arrays.copyOf(plain, Math.max(blocks, random.nextInt(plain.length) / blocks * blocks)) : plain;
        return sender.outer(sender.esp(random.nextInt(), cut), random.nextInt(256));
    }

    private static byte value(final Random random) {
        return (byte) (random.nextBoolean() ? random.nextInt(256) : INTERESTING[random.nextInt(INTERESTING.length)]);
    }

    private static byte[] mutated(final Random random, final byte[] original, final List<byte[]> seeds) {
        byte[] packet = original.clone();
        for (int i = random.nextInt(4); i >= 0 && packet.length > 0; i--) {
            switch (random.nextInt(8)) {
                case 0 -> packet = Arrays.copyOf(packet, random.nextInt(packet.length + 1));
                case 1 -> packet = Arrays.copyOf(packet, packet.length + random.nextInt(64));
                case 2 -> packet = Packets.concat(Arrays.copyOf(packet, random.nextInt(packet.length)), seeds.get(random.nextInt(seeds.size())));
                case 3, 4 -> packet[random.nextInt(Math.min(packet.length, 64))] = value(random);
                case 5 -> packet[random.nextInt(packet.length)] = value(random);
                default -> packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return packet;
    }

    /** Makes length and checksum of the outer header right again, so that mutations behind it are seen. */
    private static byte[] repaired(final byte[] packet) {
        if (packet.length < 20) {
            return packet;
        }
        final int header = (packet[0] & 15) << 2;
        if (packet[0] >> 4 == 4 && header >= 20 && header <= packet.length) {
            ByteBuffer.wrap(packet).putShort(2, (short) packet.length);
            return Packets.checksummed(packet);
        }
        if (packet[0] >> 4 == 6 && packet.length >= 40) {
            ByteBuffer.wrap(packet).putShort(4, (short) (packet.length - 40));
        }
        return packet;
    }
}
