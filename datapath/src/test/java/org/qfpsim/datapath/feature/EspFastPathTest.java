package org.qfpsim.datapath.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.OpenBatch;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.LocalAddresses;
import org.qfpsim.datapath.sa.ReplayWindow;
import org.qfpsim.datapath.sa.SaInstaller;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.support.Crypto;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/** For what the fast path takes, it writes octet for octet what the general features write; what it does not take it leaves alone. */
class EspFastPathTest {
    private static final long SEED = 0x46415354L;
    private static final int FRAMES = 300_000 * Integer.getInteger("qfp.test.scale", 1);
    private static final int SLOT_BYTES = 512;
    private static final int UNKNOWN_SPI = 0x99;
    private static final long EXPIRED_FROM = 1_000;

    private final Tables tables = new Tables();
    private final EspFastPath fastPath = new EspFastPath(tables.saTable());
    private final PacketMemory fast = new PacketMemory(new UnsafeBuffer(BufferUtil.allocateDirectAligned(SLOT_BYTES, 64)));
    private final PacketMemory general = new PacketMemory(new UnsafeBuffer(BufferUtil.allocateDirectAligned(SLOT_BYTES, 64)));
    private final OpenBatch batch = new OpenBatch(2);
    private final PacketMemory rowed = new PacketMemory(new UnsafeBuffer(BufferUtil.allocateDirectAligned(SLOT_BYTES, 64)));
    private final PacketMemory mixed = new PacketMemory(new UnsafeBuffer(BufferUtil.allocateDirectAligned(SLOT_BYTES, 64)));
    private final byte[] before = new byte[SLOT_BYTES];
    private final byte[] left = new byte[SLOT_BYTES];
    private final byte[] right = new byte[SLOT_BYTES];
    private final int[] taken = new int[4];
    private CryptoBackends crypto;
    private SaInstaller installer;
    private List<Sender> senders;

    @BeforeEach
    void installSas() {
        crypto = Crypto.open(CryptoBackends.AUTO);
        installer = new SaInstaller(tables.saTable(), crypto.all(), change -> change.applyAt(0), () -> 0L);
        tables.replace(Tables.Forwarding.of(new LocalAddresses(List.of(IpAddress.parse(Sa.US), IpAddress.parse(Sa.US6))), List.of(), false));
        senders = specs().stream().map(Sender::new).toList();
        specs().forEach(spec -> {
            final long record = installer.install(spec, 0).record();
            if (spec.replayWindow() != 0) {
                ReplayWindow.accept(record, spec.initialSequence() + 40);
            }
        });
    }

    @AfterEach
    void close() {
        senders.forEach(Sender::close);
        installer.close();
        crypto.close();
    }

    private static List<SaSpec> specs() {
        return List.of(Sa.spi(1).build(), Sa.spi(2).suite(EspSuite.AES_CBC_128_SHA1_96).build(),
            Sa.spi(3).esn().initial(0x1_ffff_fff0L).build(), Sa.spi(4).window(0).suite(EspSuite.NULL_SHA256_128).build(),
            Sa.spi(5).udp(SaSpec.UdpEncap.EITHER).build(), Sa.spi(6).udp().build(), Sa.spi(7).transport().build(),
            Sa.spi(8).lifetime(0, 0, EXPIRED_FROM).build());
    }

    @Test
    void shouldWriteTheNotesOfTheGeneralFeatures() {
        System.out.println("fast path seed " + SEED);
        final Random random = new Random(SEED);
        for (int i = 0; i < FRAMES; i++) {
            compare(frame(random), random.nextInt(16) == 0 ? random.nextInt(4) : LinkLayer.ETHERNET, random);
        }
        System.out.println("not taken, to open, replayed, unknown SPI: " + Arrays.toString(taken));
        assertThat(Arrays.stream(taken).min().orElse(0)).as("least frequent").isGreaterThan(FRAMES / 1_000);
    }

    private byte[] frame(final Random random) {
        final Sender sender = senders.get(random.nextInt(senders.size()));
        final byte[] esp = new byte[random.nextInt(8) == 0 ? random.nextInt(64) : 24 + 16 * random.nextInt(10) + 12 + random.nextInt(2) * 4];
        random.nextBytes(esp);
        final UnsafeBuffer header = new UnsafeBuffer(esp);
        if (esp.length >= EspSuite.ESP_HEADER_BYTES) {
            header.putInt(0, random.nextInt(8) == 0 ? UNKNOWN_SPI : sender.spec().spi(), ByteOrder.BIG_ENDIAN);
            header.putInt(4, (int) sender.spec().initialSequence() + random.nextInt(140) - 30, ByteOrder.BIG_ENDIAN);
        }
        final byte[] packet = Packets.ipv4(Sa.PEER, random.nextInt(16) == 0 ? "10.9.9.9" : Sa.US, 50, esp, random.nextInt(256), new byte[0]);
        for (int mutations = random.nextInt(3) - 1; mutations > 0; mutations--) {
            packet[random.nextInt(Math.min(packet.length, 32))] = (byte) random.nextInt(256);
        }
        final byte[] frame = Packets.ethernet(random.nextInt(4) == 0 && (packet[0] & 15) == 5 ? Packets.checksummed(packet) : packet);
        if (random.nextInt(16) == 0) {
            frame[random.nextInt(14)] = (byte) random.nextInt(256);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(frame, Math.max(0, frame.length + random.nextInt(40) - 20)) : frame;
    }

    private void compare(final byte[] frame, final int linkType, final Random random) {
        // What the slot's last packet left behind; no feature writes an outbound rule here.
        random.nextBytes(before);
        final UnsafeBuffer slot = new UnsafeBuffer(before);
        slot.putInt(Slot.RULE, 0);
        slot.putLong(Slot.ARRIVAL, random.nextInt(1_000));
        slot.putLong(Slot.TIME, random.nextLong(2 * EXPIRED_FROM));
        slot.putInt(Slot.FRAME_LENGTH, frame.length);
        slot.putInt(Slot.WIRE_LENGTH, frame.length + (random.nextInt(16) == 0 ? 1 : 0));
        slot.putInt(Slot.LINK_TYPE, linkType);
        slot.putInt(Slot.VERDICT, Verdict.NONE);
        slot.putLong(Slot.LENT, 0);
        slot.putBytes(Slot.FRAME, frame);
        fast.buffer().putBytes(0, before);
        general.buffer().putBytes(0, before);
        final boolean inMix = isTakenBehindAnother();
        final boolean inRow = isTakenInRow();
        final int result = fastPath.take(fast, 0);
        final boolean common = result == EspFastPath.OPEN && fast.getByte(Slot.OUTER_ECN) != Net.ECN_CE;
        assertThat(inRow).isEqualTo(common || result == EspFastPath.UNKNOWN_SPI);
        if (common) {
            final boolean expected = (InboundSa.flags(fast.getLong(Slot.SA)) & InboundSa.FLAG_COMMON) != 0;
            assertThat(fast.getInt(Slot.FLAGS))
                .isEqualTo(Slot.FLAG_FOR_US | Slot.FLAG_ESP | Slot.FLAG_BRIEF | (expected ? Slot.FLAG_TUNNEL : 0));
            assertThat(fast.getByte(Slot.ICV_STATUS)).isEqualTo((byte) (expected ? EspTransform.OK : Slot.ICV_NOT_CHECKED));
            expectPayload(fast);
        }
        fast.buffer().getBytes(0, left);
        rowed.buffer().getBytes(0, right);
        assertThat(right).isEqualTo(inRow ? left : before);
        assertThat(inMix).isEqualTo(common);
        mixed.buffer().getBytes(0, right);
        assertThat(right).isEqualTo(inMix ? left : before);
        if (common) {
            assertDescribed(rowed, batch.at(0));
            assertDescribed(mixed, batch.at(1));
            BriefNotes.withdraw(fast, 0);
            fast.putByte(Slot.ICV_STATUS, (byte) Slot.ICV_NOT_CHECKED);
        }
        final boolean open = FeatureChain.general(general, 0, tables.forwarding(), tables.saTable());
        taken[result]++;
        final String text = "seed " + SEED + ", link type " + linkType + ": " + HexFormat.of().formatHex(frame);
        if (result == EspFastPath.NOT_TAKEN) {
            fast.buffer().getBytes(0, left);
            assertThat(left).as(text).isEqualTo(before);
            return;
        }
        assertThat(result == EspFastPath.OPEN).as(text).isEqualTo(open);
        assertThat((fast.getInt(Slot.FLAGS) & Slot.FLAG_BRIEF) != 0).as(text).isTrue();
        FeatureChain.completeNotes(fast, 0);
        fast.buffer().getBytes(0, left);
        general.buffer().getBytes(0, right);
        if (!Arrays.equals(left, right)) {
            assertThat(HexFormat.of().formatHex(left, 0, Slot.FRAME)).as(text).isEqualTo(HexFormat.of().formatHex(right, 0, Slot.FRAME));
        }
    }

    /** What describing the packet notes: where its payload will be at most. */
    private static void expectPayload(final PacketMemory memory) {
        final int sizes = InboundSa.sizes(memory.getLong(Slot.SA));
        final int start = Slot.FRAME + 34 + EspSuite.ESP_HEADER_BYTES + InboundSa.ivBytes(sizes);
        memory.putInt(Slot.PAYLOAD_OFFSET, start);
        memory.putInt(Slot.PAYLOAD_LENGTH, Net.u16(memory, Slot.FRAME + 16) + Slot.FRAME + 14 - InboundSa.icvBytes(sizes) - start);
    }

    private static void assertDescribed(final PacketMemory memory, final long described) {
        final long sa = memory.getLong(Slot.SA);
        assertThat(OpenBatch.keyHandle(described)).isEqualTo(InboundSa.keyHandle(sa));
        assertThat(OpenBatch.transform(described)).isEqualTo(InboundSa.transform(sa));
        assertThat(OpenBatch.extended(described)).isEqualTo((InboundSa.flags(sa) & InboundSa.FLAG_ESN) != 0);
        assertThat(OpenBatch.seqHigh(described)).isEqualTo(memory.getInt(Slot.SEQ_HIGH));
        FeatureChain.completeNotes(memory, 0);
        assertThat(OpenBatch.esp(described)).isEqualTo(memory.address(memory.getInt(Slot.ESP_OFFSET)));
        assertThat(OpenBatch.source(described)).isEqualTo(OpenBatch.esp(described));
        assertThat(OpenBatch.length(described)).isEqualTo(memory.getInt(Slot.ESP_LENGTH));
    }

    /** Whether a packet like {@link #before} is taken behind one that is no more than the first of its SA. */
    private boolean isTakenBehindAnother() {
        fastPath.begin(tables.forwarding().addresses());
        mixed.buffer().putBytes(0, before);
        fastPath.take(mixed, 0);
        mixed.buffer().putBytes(0, before);
        return fastPath.mixed(mixed, new int[1], 0, 1, batch, 1) == 1;
    }

    /** Whether a packet like {@link #before} behind two others like it is taken with them. */
    private boolean isTakenInRow() {
        for (int i = 0; i < 2; i++) {
            rowed.buffer().putBytes(0, before);
            fastPath.take(rowed, 0);
        }
        rowed.buffer().putBytes(0, before);
        if (fastPath.isUnknown()) {
            return fastPath.expectsRow() && fastPath.unknownRow(rowed, new int[1], 0, 1) == 1;
        }
        return fastPath.expectsRow() && fastPath.row(rowed, new int[1], 0, 1, batch, 0) == 1;
    }
}
