package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.support.Event;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;

/**
 * Two routers that get the same frames, one copied into slots full of zeros and one lent to slots full of ones: if a verdict differs,
 * something behind the end of a frame was looked at. No frame may be lost, and none may make anything throw.
 */
final class FuzzRouter implements AutoCloseable {
    /** Most frames at a time, and slots of the ring. */
    static final int BATCH = 64;

    private static final int SLOT_BYTES = 2048;
    private static final int LINK_TYPES = 4;

    private final PipelineFixture zeros = router();
    private final PipelineFixture ones = router().lending();
    private final byte[] zeroFrame = new byte[SLOT_BYTES];
    private final byte[] oneFrame = new byte[SLOT_BYTES];
    private final List<byte[]> frames = new ArrayList<>();
    private final List<Integer> links = new ArrayList<>();
    private long nanos;

    FuzzRouter() {
        Arrays.fill(oneFrame, (byte) 0xff);
    }

    private static PipelineFixture router() {
        final PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().ringSlots(BATCH).batch(BATCH).slotBytes(SLOT_BYTES)
            .reassembly(4, 4, 100_000), "auto");
        RandomStream.prepare(fixture);
        specs().forEach(fixture::installed);
        return fixture;
    }

    /** SAs without window, so that a mutation of the same packet is looked into again and again. */
    static List<SaSpec> specs() {
        return List.of(Sa.spi(0x21).window(0).build(), Sa.spi(0x22).window(0).suite(EspSuite.NULL_SHA1_96).mode(SaSpec.Mode.ANY).build(),
            Sa.spi(0x23).window(0).suite(EspSuite.AES_CBC_128_NONE).mode(SaSpec.Mode.ANY).udp(SaSpec.UdpEncap.EITHER).build(),
            Sa.spi(0x24).v6().window(0).suite(EspSuite.NULL_SHA256_128).mode(SaSpec.Mode.ANY).udp(SaSpec.UdpEncap.EITHER).build(),
            Sa.spi(0x25).v6().window(0).suite(EspSuite.CHACHA20_POLY1305).udp().build(),
            Sa.spi(0x26).window(0).suite(EspSuite.AES_CBC_192_SHA512_256).transport().build());
    }

    /** Takes a frame; judged when there are {@link #BATCH} of them, or at {@link #judge}. */
    void add(final int link, final byte[] frame) {
        frames.add(frame.length > SLOT_BYTES ? Arrays.copyOf(frame, SLOT_BYTES) : frame);
        links.add(Math.floorMod(link, LINK_TYPES));
        if (frames.size() == BATCH) {
            judge();
        }
    }

    /** Judges what was taken, in both routers. */
    void judge() {
        judge(zeros, zeroFrame);
        judge(ones, oneFrame);
        final List<Event> left = zeros.recorder().events();
        final List<Event> right = ones.recorder().events();
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!left.get(i).equals(right.get(i))) {
                final int frame = (int) (left.get(i).arrival() % (2 * BATCH)) - BATCH;
                throw new AssertionError("with zeros behind the frame " + left.get(i) + ", with ones " + right.get(i)
                    + (frame < 0 ? "" : ": " + HexFormat.of().formatHex(frames.get(frame))));
            }
        }
        assertThat(left).hasSameSizeAs(right);
        for (final PipelineFixture fixture : List.of(zeros, ones)) {
            fixture.recorder().events().clear();
            fixture.recorder().sent().clear();
            fixture.pipeline().drainPunts((type, buffer, index, length) -> { }, Integer.MAX_VALUE);
        }
        nanos += 20_000;
        frames.clear();
        links.clear();
    }

    private void judge(final PipelineFixture fixture, final byte[] junk) {
        for (int i = 0; i < BATCH; i++) {
            fixture.offerFrame(junk, LinkLayer.RAW_IP, nanos);
        }
        fixture.drain();
        fixture.recorder().events().clear();
        for (int i = 0; i < BATCH; i++) {
            // Always a whole ring, so that a frame's place tells its number.
            final boolean real = i < frames.size();
            fixture.offerFrame(real ? frames.get(i) : junk, real ? links.get(i) : LinkLayer.RAW_IP, nanos);
        }
        fixture.drain();
    }

    void assertConserved() {
        zeros.giveUpFragments().assertConserved();
        ones.giveUpFragments().assertConserved();
    }

    /** Enough frames came through the first checks to meet the later ones. */
    void assertDeep() {
        final CounterReader counters = zeros.counters();
        for (final IpsecDrop drop : new IpsecDrop[] {IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI, IpsecDrop.IN_ANTI_REPLAY_FAIL,
            IpsecDrop.IN_MAC_EXCEPTION, IpsecDrop.PAD_MISMATCH, IpsecDrop.IN_NH_MISMATCH, IpsecDrop.IN_PKT_IPVER_INVALID,
            IpsecDrop.IN_V4_PKT_FRAG_ERR, IpsecDrop.IN_UNEXP_EXCEPTION, IpsecDrop.IN_NAT_DEMUX_FAIL}) {
            assertThat(counters.ipsecPackets(drop.id())).as("%s", drop).isGreaterThan(10);
        }
        for (final Total total : new Total[] {Total.FORWARDED, Total.PUNTED, Total.CONSUMED, Total.REASSEMBLED, Total.ESP_SEALED}) {
            assertThat(counters.total(total)).as("%s", total).isGreaterThan(100);
        }
    }

    @Override
    public void close() {
        zeros.close();
        ones.close();
    }
}
