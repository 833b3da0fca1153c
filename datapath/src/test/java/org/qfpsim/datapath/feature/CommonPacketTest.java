package org.qfpsim.datapath.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.OpenBatch;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.SaInstaller;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.SaTable;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.datapath.support.Crypto;
import org.qfpsim.datapath.support.Sa;

/** Opened packets, whole and damaged: the common way writes what the general one writes, and takes the packets that it is made for. */
class CommonPacketTest {
    private static final long SEED = 20261125;
    private static final int PACKETS = 200_000;
    private static final int SLOT_BYTES = 1024;
    private static final int ESP = Slot.FRAME + 34;

    private final PacketMemory common = new PacketMemory(new UnsafeBuffer(BufferUtil.allocateDirectAligned(SLOT_BYTES, 64)));
    private final OpenBatch batch = new OpenBatch(1);
    private final PacketMemory general = new PacketMemory(new UnsafeBuffer(BufferUtil.allocateDirectAligned(SLOT_BYTES, 64)));

    private static List<SaSpec> specs() {
        final TrafficSelector v4 = TrafficSelector.between(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("10.2.0.0/15"));
        final TrafficSelector v6 = TrafficSelector.between(IpPrefix.parse("2001:db8::/32"), IpPrefix.parse("2001:db8::/32"));
        final TrafficSelector udp = new TrafficSelector(v4.source(), v4.destination(), 17, 0, 65535, 0, 65535);
        return List.of(Sa.spi(1).build(), Sa.spi(2).selectors(v4).build(), Sa.spi(3).selectors(v6).build(),
            Sa.spi(4).selectors(v4, v6).build(), Sa.spi(5).selectors(udp).build(), Sa.spi(6).transport().build(),
            Sa.spi(7).selectors(v4).suite(EspSuite.AES_CBC_256_SHA512_256).build(),
            Sa.spi(8).suite(EspSuite.AES_CBC_128_NONE).build());
    }

    @Test
    void shouldJudgeAsTheGeneralWayDoes() {
        System.out.println("common packets, seed " + SEED);
        final Random random = new Random(SEED);
        int taken = 0;
        try (CryptoBackends crypto = Crypto.open(CryptoBackends.AUTO);
            SaInstaller installer = new SaInstaller(new SaTable(), crypto.all(), change -> change.applyAt(0), () -> 0L)) {
            final List<SaSpec> specs = specs();
            final long[] records = specs.stream().mapToLong(spec -> installer.install(spec, 0).record()).toArray();
            for (int i = 0; i < PACKETS; i++) {
                final int number = random.nextInt(records.length);
                taken += compare(records[number], specs.get(number), random) ? 1 : 0;
            }
        }
        assertThat(taken).isGreaterThan(PACKETS / 20);
    }

    private boolean compare(final long sa, final SaSpec spec, final Random random) {
        final byte[] slot = new byte[SLOT_BYTES];
        final int espBytes = opened(slot, spec, random);
        final long ecn = (long) random.nextInt(4) << BriefNotes.ECN;
        final int sizes = InboundSa.sizes(sa);
        final int iv = InboundSa.ivBytes(sizes);
        for (final PacketMemory memory : List.of(common, general)) {
            memory.buffer().putBytes(0, slot);
            BriefNotes.write(memory, 0, ecn | (ecn == BriefNotes.CE ? BriefNotes.NOT_CHECKED : BriefNotes.expected(InboundSa.flags(sa))), 1, sa);
            BriefNotes.describe(memory, 0, batch.at(0), InboundSa.transform(sa), InboundSa.keyHandle(sa), espBytes, false, 0, 0, iv,
                espBytes - EspSuite.ESP_HEADER_BYTES - iv - InboundSa.icvBytes(sizes));
        }
        final byte[] expected = new byte[SLOT_BYTES];
        common.buffer().getBytes(0, expected);
        final boolean taken = CommonDecapsulation.row(common, new int[1], new int[] {EspTransform.OK}, 0, 1) == 1;
        final byte[] left = new byte[SLOT_BYTES];
        common.buffer().getBytes(0, left);
        final String text = "SPI " + spec.spi() + ": " + HexFormat.of().formatHex(slot, ESP, ESP + espBytes);
        if (!taken) {
            assertThat(left).as(text).isEqualTo(expected);
            return false;
        }
        // The general way looks these up in the notes.
        general.putInt(Slot.L3_OFFSET, Slot.FRAME + 14);
        general.putInt(Slot.L4_OFFSET, ESP);
        common.putInt(Slot.L3_OFFSET, Slot.FRAME + 14);
        common.putInt(Slot.L4_OFFSET, ESP);
        BriefNotes.withdraw(general, 0);
        general.putByte(Slot.ICV_STATUS, (byte) EspTransform.OK);
        Decapsulation.judge(general, 0, sa, ESP, espBytes);
        final byte[] right = new byte[SLOT_BYTES];
        common.buffer().getBytes(0, left);
        general.buffer().getBytes(0, right);
        assertThat(Arrays.equals(left, right)).as(text).isTrue();
        assertThat(InboundSa.flags(sa) & InboundSa.FLAG_COMMON).as(text).isNotZero();
        return true;
    }

    /** Writes an ESP packet with its plaintext in place: inner IPv4 most of the time, then pad, trailer and room for the ICV. */
    private static int opened(final byte[] slot, final SaSpec spec, final Random random) {
        final int payload = ESP + 8 + spec.suite().ivBytes();
        final int total = 20 + random.nextInt(100);
        final byte[] inner = new byte[total];
        random.nextBytes(inner);
        inner[0] = (byte) (random.nextInt(16) == 0 ? random.nextInt(256) : 0x45);
        inner[2] = 0;
        inner[3] = (byte) (random.nextInt(16) == 0 ? random.nextInt(256) : total);
        System.arraycopy(new byte[] {10, 1, (byte) random.nextInt(256), 1, 10, (byte) (2 + random.nextInt(2)), 3, 4}, 0, inner, 12, 8);
        if (random.nextInt(8) == 0) {
            inner[12 + random.nextInt(8)] = (byte) random.nextInt(256);
        }
        final int padding = random.nextInt(8) == 0 ? random.nextInt(40) : random.nextInt(20);
        final byte[] rest = new byte[padding + 2 + spec.suite().icvBytes()];
        for (int i = 0; i < padding; i++) {
            rest[i] = (byte) (i + 1);
        }
        rest[padding] = (byte) (random.nextInt(16) == 0 ? random.nextInt(256) : padding);
        rest[padding + 1] = (byte) (random.nextInt(8) == 0 ? random.nextInt(64) : 4);
        if (padding > 0 && random.nextInt(8) == 0) {
            rest[random.nextInt(padding)] ^= (byte) (1 << random.nextInt(8));
        }
        final int tfc = random.nextInt(4) == 0 ? random.nextInt(30) : 0;
        System.arraycopy(inner, 0, slot, payload, total);
        System.arraycopy(rest, 0, slot, payload + total + tfc, rest.length);
        return payload - ESP + total + tfc + rest.length;
    }
}
