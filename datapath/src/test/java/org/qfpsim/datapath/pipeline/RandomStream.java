package org.qfpsim.datapath.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.reassembly.Fragmenter;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/**
 * A seeded stream of everything at once: good, late, replayed and damaged ESP, unknown SPIs, wraps of extended sequence numbers, dummies,
 * bad trailers, fragments of it all, packets to protect, clear packets, IKE and noise.
 */
final class RandomStream {
    private static final int RECENT = 64;

    private final Random random;
    private final List<Sender> senders = new ArrayList<>();
    private final long[] sequences;
    private final List<byte[]> frames = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<byte[]> late = new ArrayList<>();
    private final Fragmenter fragmenter = new Fragmenter();
    private long time;

    RandomStream(final long seed, final int length) {
        random = new Random(seed);
        specs().forEach(spec -> senders.add(new Sender(spec)));
        sequences = senders.stream().mapToLong(sender -> sender.spec().initialSequence()).toArray();
        while (frames.size() < length) {
            step();
        }
        senders.forEach(Sender::close);
    }

    static List<SaSpec> specs() {
        return List.of(Sa.spi(0x11).build(), Sa.spi(0x12).suite(EspSuite.AES_CBC_256_SHA1_96).window(256).build(),
            Sa.spi(0x13).suite(EspSuite.AES_GCM_256_16).esn().initial(0xffff_ffe0L).build(),
            Sa.spi(0x14).suite(EspSuite.AES_CBC_128_SHA256_128).esn().window(128).initial(0xffff_fff8L).build(),
            Sa.spi(0x15).suite(EspSuite.CHACHA20_POLY1305).esn().window(1024).initial(0x1_ffff_fff0L).build(),
            Sa.spi(0x16).suite(EspSuite.NULL_SHA256_128).transport().udp().build(), Sa.spi(0x17).v6().transport().build(),
            Sa.spi(0x18).v6().esn().initial(0x3_0000_0005L).lifetime(9_000, 120_000, Long.MAX_VALUE)
                .selectors(TrafficSelector.between(IpPrefix.parse("10.1.0.0/24"), IpPrefix.parse("10.2.0.0/16"))).build());
    }

    /** Policy and SAs of the router that gets the stream. */
    static void prepare(final PipelineFixture fixture) {
        fixture.rules(false,
            new PolicyRule("in", PolicyRule.Direction.INBOUND, TrafficSelector.between(IpPrefix.parse("10.1.7.0/24"),
                IpPrefix.parse("10.2.0.0/16")), PolicyRule.Action.PROTECT, null),
            new PolicyRule("out", PolicyRule.Direction.OUTBOUND, TrafficSelector.between(IpPrefix.parse("10.2.0.0/16"),
                IpPrefix.parse("10.1.0.0/16")), PolicyRule.Action.PROTECT, null));
        specs().forEach(fixture::installed);
        fixture.outbound(Sa.spi(0x99).reversed().lifetime(5_000, 300_000, Long.MAX_VALUE).build(), 0);
    }

    int size() {
        return frames.size();
    }

    void offer(final PipelineFixture fixture, final int i) {
        fixture.offer(frames.get(i), times.get(i));
    }

    private void step() {
        time += random.nextInt(20) == 0 ? random.nextInt(5_000_000) : random.nextInt(2_000);
        final int which = random.nextInt(senders.size());
        switch (random.nextInt(20)) {
            case 0, 1 -> add(pick());
            case 2 -> late.add(good(which));
            case 3, 4 -> add(late.isEmpty() ? good(which) : late.remove(random.nextInt(late.size())));
            case 5 -> add(damagedCopy(good(which)));
            case 6 -> lost(which);
            case 7 -> add(clear());
            case 8 -> add(strange(which));
            case 9 -> fragments(good(which));
            case 10 -> jump(which);
            case 11 -> add(noise());
            case 12 -> add(Packets.ipv4("10.2.0.1", "10.1.0.1", 6, octets(random.nextInt(2_000))));
            default -> add(good(which));
        }
    }

    private void add(final byte[] packet) {
        frames.add(packet);
        times.add(time);
    }

    /** A row of packets with one unknown SPI, some in fragments, of one that are late, or damaged; now and then something else between. */
    private void lost(final int which) {
        final byte[] good = good(which);
        final int kind = random.nextInt(3);
        final int spi = 200 + random.nextInt(3);
        for (int count = random.nextInt(8); count >= 0; count--) {
            if (random.nextInt(4) == 0) {
                fragments(Packets.ipv4(Sa.PEER, Sa.US, 50, Packets.with(octets(100 + random.nextInt(100)), 3, spi)));
            }
            add(switch (random.nextInt(8) == 0 ? 3 : kind) {
                case 0 -> Packets.ipv4(Sa.PEER, Sa.US, 50, Packets.with(new byte[60 + random.nextInt(60)], 3, spi));
                case 1 -> good;
                case 2 -> damagedCopy(good);
                default -> pick();
            });
            time += random.nextInt(100);
        }
    }

    private byte[] pick() {
        return frames.isEmpty() ? noise() : frames.get(Math.max(0, frames.size() - 1 - random.nextInt(RECENT)));
    }

    private byte[] octets(final int length) {
        final byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    private byte[] good(final int which) {
        final Sender sender = senders.get(which);
        return sender.wrapAt(++sequences[which], inner(sender.spec()));
    }

    private byte[] inner(final SaSpec spec) {
        final byte[] payload = octets(random.nextInt(8) == 0 ? random.nextInt(1_200) : random.nextInt(100));
        if (spec.mode() == SaSpec.Mode.TRANSPORT) {
            return spec.source().v6() ? Packets.ipv6(Sa.PEER6, Sa.US6, 6, payload) : Packets.ipv4(Sa.PEER, Sa.US, 6, payload);
        }
        return Packets.ipv4("10.1.0." + random.nextInt(4), "10.2.0.1", 17, payload, random.nextInt(256), new byte[0]);
    }

    /** With extended numbers nearly 2^32 may be skipped: so a wrap can come at any place in a batch. */
    private void jump(final int which) {
        if (senders.get(which).spec().esn()) {
            sequences[which] += random.nextLong(1L << 31);
            add(good(which));
            sequences[which] = (sequences[which] | 0xffff_ffffL) - random.nextInt(20);
        } else {
            sequences[which] += random.nextInt(100);
        }
        add(good(which));
    }

    private byte[] damagedCopy(final byte[] packet) {
        final int header = packet[0] >> 4 == 4 ? 20 : 40;
        return Packets.damaged(packet, header + random.nextInt(packet.length - header));
    }

    private byte[] strange(final int which) {
        final Sender sender = senders.get(which);
        final byte[] plain = sender.plaintext(octets(random.nextInt(60)), random.nextBoolean() ? 59 : random.nextInt(256));
        if (random.nextInt(3) == 0) {
            plain[plain.length - 2] = (byte) random.nextInt();
        }
        return sender.outer(sender.esp(++sequences[which], plain), random.nextInt(256));
    }

    private void fragments(final byte[] packet) {
        final List<byte[]> parts = new ArrayList<>();
        final int mtu = Math.max(68, 68 + random.nextInt(packet.length));
        fragmenter.cut(new UnsafeBuffer(packet), 0, packet.length, mtu, (buffer, offset, length) -> {
            final byte[] part = new byte[length];
            buffer.getBytes(offset, part);
            return parts.add(part);
        });
        if (random.nextInt(4) == 0) {
            parts.remove(random.nextInt(parts.size()));
        }
        Collections.shuffle(parts, random);
        for (final byte[] part : parts) {
            (random.nextInt(3) == 0 ? late : frames).add(part);
            while (times.size() < frames.size()) {
                times.add(time);
            }
        }
    }

    private byte[] clear() {
        return switch (random.nextInt(4)) {
            case 0 -> Packets.ipv4("10.1.7.1", "10.2.0.1", 17, octets(random.nextInt(100)));
            case 1 -> Packets.ipv4("10.1.8.1", "10.9.0.1", 17, octets(random.nextInt(100)));
            case 2 -> Packets.ipv4(Sa.PEER, Sa.US, 17, Packets.udp(500, 500, octets(28)));
            default -> Packets.ipv4(Sa.PEER, Sa.US, 17, Packets.udp(4500, 4500, new byte[] {-1}));
        };
    }

    private byte[] noise() {
        final byte[] packet = Packets.ipv4(Sa.PEER, Sa.US, random.nextInt(60), octets(1 + random.nextInt(60)));
        packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
        return packet;
    }
}
