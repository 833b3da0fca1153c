package org.qfpsim.perf.bench;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** The packets and SAs of all benchmarks: IPv4 in IPv4 tunnel mode, one sender, one selector an SA, seeded contents. */
final class Traffic {
    /** Octets of an Ethernet header. */
    static final int ETHERNET_BYTES = 14;
    /** Where an upper protocol is named in an IPv4 header. */
    static final int PROTOCOL_FIELD = 9;
    /** The router under test. */
    static final IpAddress US = IpAddress.parse("192.0.2.2");
    /** The router that sends to it. */
    static final IpAddress SENDER = IpAddress.parse("192.0.2.1");

    private static final IpPrefix INNER_SOURCE = IpPrefix.parse("10.1.0.0/16");
    private static final IpPrefix INNER_DESTINATION = IpPrefix.parse("10.2.0.0/16");
    private static final int FIRST_SPI = 0x1000;
    private static final int UNKNOWN = 0x4000_0000;
    private static final long ESN_START = 5L << 32;
    private static final int[] IMIX = {64, 576, 64, 64, 576, 64, 64, 1400, 576, 64, 64, 576};
    private static final long SEED = 20261123;

    private Traffic() {
    }

    /**
     * The lengths of consecutive inner packets.
     *
     * @param name octets, or {@code IMIX} for 7x64, 4x576, 1x1400.
     * @return lengths, to be repeated.
     */
    static int[] sizes(final String name) {
        return name.equals("IMIX") ? IMIX.clone() : new int[] {Integer.parseInt(name)};
    }

    /** The inner packets of {@link #sizes}, each in a buffer of its own. */
    static UnsafeBuffer[] innerPackets(final int[] sizes) {
        final UnsafeBuffer[] packets = new UnsafeBuffer[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            packets[i] = innerPacket(sizes[i], i);
        }
        return packets;
    }

    private static UnsafeBuffer innerPacket(final int length, final int number) {
        final byte[] contents = new byte[length];
        new Random(SEED + number).nextBytes(contents);
        final UnsafeBuffer packet = new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, 64));
        packet.putBytes(0, contents);
        packet.putInt(0, 0x4500_0000 | length, ByteOrder.BIG_ENDIAN);
        packet.putInt(4, 0, ByteOrder.BIG_ENDIAN);
        packet.putInt(8, 64 << 24 | Net.PROTO_UDP << 16, ByteOrder.BIG_ENDIAN);
        packet.putInt(12, (int) INNER_SOURCE.address().low() + 1, ByteOrder.BIG_ENDIAN);
        packet.putInt(16, (int) INNER_DESTINATION.address().low() + 1, ByteOrder.BIG_ENDIAN);
        Checksum.write(packet, 0, Net.IPV4_HEADER_BYTES);
        return packet;
    }

    /**
     * Writes an Ethernet header in front of an IPv4 packet.
     *
     * @param buffer where.
     * @param at     its first octet.
     */
    static void ethernet(final UnsafeBuffer buffer, final int at) {
        buffer.putLong(at, 0);
        buffer.putInt(at + 8, 0);
        buffer.putShort(at + 12, (short) Net.ETHERTYPE_IPV4, ByteOrder.BIG_ENDIAN);
    }

    /**
     * An SA, the same for sender and receiver.
     *
     * @param number from 0.
     * @param suite  its algorithms.
     * @param esn    extended sequence numbers, which then start behind the first 2^32.
     * @param window replay window, 0 for none.
     * @return the SA.
     */
    static SaSpec sa(final int number, final EspSuite suite, final boolean esn, final int window) {
        return sa(FIRST_SPI + number, number, suite, esn, window);
    }

    /** The SA of {@link #sa} under an SPI that is never installed. */
    static SaSpec unknownSa(final int number, final EspSuite suite, final boolean esn, final int window) {
        return sa(UNKNOWN + number, number, suite, esn, window);
    }

    private static SaSpec sa(final int spi, final int number, final EspSuite suite, final boolean esn, final int window) {
        final Random random = new Random(SEED + number);
        return new SaSpec("sa-" + number, spi, SENDER, US, SaSpec.Mode.TUNNEL, suite,
            new EspKeys(bytes(random, suite.keyBytes()), bytes(random, suite.saltBytes()), bytes(random, suite.authKeyBytes())),
            esn, window, esn ? ESN_START : 0, null, List.of(selector()),
            SaSpec.Lifetime.UNLIMITED);
    }

    /** What goes through the SAs. */
    static TrafficSelector selector() {
        return TrafficSelector.between(INNER_SOURCE, INNER_DESTINATION);
    }

    private static byte[] bytes(final Random random, final int count) {
        final byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /**
     * Fails unless a packet came out as it went in.
     *
     * @param expected what went in.
     * @param actual   where it came out.
     * @param offset   its first octet there.
     */
    static void requireSame(final UnsafeBuffer expected, final UnsafeBuffer actual, final int offset) {
        for (int i = 0; i < expected.capacity(); i++) {
            if (expected.getByte(i) != actual.getByte(offset + i)) {
                throw new IllegalStateException("octet " + i + " of a packet of " + expected.capacity() + " came out wrong");
            }
        }
    }

    /**
     * Fails unless a count is right.
     *
     * @param what     is counted.
     * @param expected count.
     * @param actual   count.
     */
    static void require(final String what, final long expected, final long actual) {
        if (expected != actual) {
            throw new IllegalStateException(what + ": " + actual + " instead of " + expected);
        }
    }

    /**
     * Fails: a library that a benchmark names is not here.
     *
     * @param cause says which.
     * @return never.
     */
    static IllegalStateException unavailable(final Exception cause) {
        return new IllegalStateException(cause.getMessage(), cause);
    }
}
