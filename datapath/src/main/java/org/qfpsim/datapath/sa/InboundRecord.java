package org.qfpsim.datapath.sa;

import java.util.List;
import org.agrona.UnsafeApi;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.memory.RawMemory;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.packet.Net;

/** Writes the record of a new SA, in the layout of {@link InboundSa}. */
final class InboundRecord {
    private static final int INLINE_BITMAP_WORDS = 2;

    private InboundRecord() {
    }

    /**
     * Writes it; no packet may use it before the dispatcher has given it its place.
     *
     * @param at        the record.
     * @param spec      the SA.
     * @param number    its dense number.
     * @param transform number of what opens its packets.
     * @param key       the handle of its keys.
     */
    static void write(final long at, final SaSpec spec, final int number, final int transform, final long key) {
        UnsafeApi.setMemory(at, InboundSa.BYTES, (byte) 0);
        UnsafeApi.putLong(at + InboundSa.VALID_FROM, Long.MAX_VALUE);
        UnsafeApi.putLong(at + InboundSa.INVALID_FROM, Long.MAX_VALUE);
        UnsafeApi.putLong(at + InboundSa.KEY, key);
        UnsafeApi.putLong(at + InboundSa.HARD_NANOS, spec.lifetime().hardNanos());
        UnsafeApi.putInt(at + InboundSa.TRANSFORM, transform);
        UnsafeApi.putInt(at + InboundSa.FLAGS, flags(spec));
        UnsafeApi.putInt(at + InboundSa.WINDOW, spec.replayWindow());
        UnsafeApi.putInt(at + InboundSa.LIMITED, flags(spec) & InboundSa.FLAG_VOLUME);
        UnsafeApi.putInt(at + InboundSa.SIZES, sizes(spec.suite()));
        UnsafeApi.putInt(at + InboundSa.NUMBER, number);
        UnsafeApi.putInt(at + InboundSa.SPI, spec.spi());
        UnsafeApi.putLong(at + InboundSa.TOP, spec.initialSequence());
        UnsafeApi.putLong(at + InboundSa.SOFT_BYTES, spec.lifetime().softBytes());
        UnsafeApi.putLong(at + InboundSa.HARD_BYTES, spec.lifetime().hardBytes());
        fillSelectors(at, spec.selectors());
        fillBitmap(at, spec.replayWindow());
    }

    private static int sizes(final EspSuite suite) {
        final int outer = Net.IPV4_HEADER_BYTES + EspSuite.ESP_HEADER_BYTES + suite.ivBytes() + suite.icvBytes();
        return suite.ivBytes() | suite.icvBytes() << 8 | suite.blockBytes() << 16 | outer << 24;
    }

    private static void fillSelectors(final long at, final List<TrafficSelector> selectors) {
        final int count = selectors.size();
        final long memory = count <= 1 ? at + InboundSa.FIRST_SELECTOR : UnsafeApi.allocateMemory((long) count * Selectors.BYTES);
        for (int i = 0; i < count; i++) {
            Selectors.write(memory + (long) i * Selectors.BYTES, selectors.get(i));
        }
        UnsafeApi.putLong(at + InboundSa.SELECTORS, memory);
        UnsafeApi.putInt(at + InboundSa.SELECTOR_COUNT, count);
        if (count == 1) {
            final IpPrefix source = selectors.getFirst().source();
            final IpPrefix destination = selectors.getFirst().destination();
            RawMemory.putNetworkLong(at + InboundSa.ADDRESSES, source.address().low() << 32 | destination.address().low());
            RawMemory.putNetworkLong(at + InboundSa.ADDRESS_MASK, source.maskLow() << 32 | destination.maskLow());
        }
    }

    private static void fillBitmap(final long at, final int window) {
        final int words = window == 0 ? 0 : ReplayWindow.words(window);
        long bitmap = at + InboundSa.BITMAP;
        if (words > INLINE_BITMAP_WORDS) {
            bitmap = UnsafeApi.allocateMemory((long) words << 3);
            UnsafeApi.setMemory(bitmap, (long) words << 3, (byte) 0);
        }
        UnsafeApi.putLong(at + InboundSa.BITMAP_ADDRESS, bitmap);
    }

    private static int flags(final SaSpec spec) {
        int flags = spec.esn() ? InboundSa.FLAG_ESN : 0;
        flags |= spec.selectors().stream().allMatch(TrafficSelector::anyProtocol) ? InboundSa.FLAG_ANY_PROTOCOL : 0;
        flags |= spec.lifetime().softBytes() != 0 || spec.lifetime().hardBytes() != 0 ? InboundSa.FLAG_VOLUME : 0;
        flags |= switch (spec.mode()) {
            case TUNNEL -> InboundSa.FLAG_TUNNEL;
            case TRANSPORT -> InboundSa.FLAG_TRANSPORT;
            case ANY -> InboundSa.FLAG_TUNNEL | InboundSa.FLAG_TRANSPORT;
        };
        flags |= isCommon(spec) ? InboundSa.FLAG_COMMON : 0;
        final SaSpec.UdpEncap udp = spec.udpEncap();
        if (udp == null || udp.equals(SaSpec.UdpEncap.EITHER)) {
            flags |= InboundSa.FLAG_RAW;
        }
        return udp == null ? flags : flags | InboundSa.FLAG_UDP;
    }

    private static boolean isCommon(final SaSpec spec) {
        final List<TrafficSelector> selectors = spec.selectors();
        return spec.mode() != SaSpec.Mode.TRANSPORT
            && (selectors.isEmpty()
            || selectors.size() == 1 && selectors.getFirst().anyProtocol() && !selectors.getFirst().source().address().v6());
    }
}
