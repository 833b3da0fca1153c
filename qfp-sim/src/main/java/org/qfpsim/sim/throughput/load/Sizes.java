package org.qfpsim.sim.throughput.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.InputException;

/**
 * Lengths of consecutive packets, to be repeated.
 *
 * @param name    what reports call it.
 * @param packets octets of the clear IP packets, those that go into the tunnel.
 */
public record Sizes(String name, List<Integer> packets) {
    /** The smallest clear packet: IPv4 and UDP headers. */
    public static final int LEAST = 28;

    /** Ethernet header and frame check sequence, which RFC 2544 and RFC 6985 count. */
    private static final int FRAME_OVERHEAD = 18;
    private static final List<Integer> RFC2544 = List.of(64, 128, 256, 512, 1024, 1280, 1518);
    /** 7 x 64, 4 x 576, 1 x 1400, spread. */
    private static final List<Integer> IMIX = List.of(64, 576, 64, 64, 576, 64, 64, 1400, 576, 64, 64, 576);
    /** RFC 6985 section 4. */
    private static final Map<Character, Integer> GENOME = Map.of('a', 64, 'b', 128, 'c', 256, 'd', 512, 'e', 1024, 'f', 1280, 'g', 1518,
        'h', 2112, 'i', 9000, 'j', 16_000);

    /** Freezes. */
    public Sizes {
        packets = List.copyOf(packets);
    }

    /**
     * Reads sizes.
     *
     * @param text {@code 64} (octets of the clear IP packet), {@code frame:64} (of its Ethernet frame with FCS), {@code IMIX}, or
     *             {@code genome:aaaaaaaddddg} (RFC 6985), separated by commas; {@code rfc2544} stands for the seven frames of RFC 2544.
     * @param mtu  octets of the largest clear packet.
     * @return one or more.
     * @throws InputException naming what is wrong.
     */
    public static List<Sizes> parse(final String text, final int mtu) {
        final List<Sizes> all = new ArrayList<>();
        for (final String name : text.split(",", -1)) {
            if (name.equals("rfc2544")) {
                RFC2544.forEach(frame -> all.add(one("frame:" + frame)));
            } else {
                all.add(one(name));
            }
        }
        all.forEach(sizes -> sizes.check(mtu));
        return all;
    }

    private static Sizes one(final String name) {
        if (name.equals("IMIX")) {
            return new Sizes(name, IMIX);
        }
        if (name.startsWith("genome:") && name.length() > "genome:".length()) {
            return new Sizes(name, name.substring("genome:".length()).chars().mapToObj(letter -> frame(name, (char) letter)).toList());
        }
        try {
            return name.startsWith("frame:")
                ? new Sizes(name, List.of(Integer.parseInt(name.substring("frame:".length())) - FRAME_OVERHEAD))
                : new Sizes(name, List.of(Integer.parseInt(name)));
        } catch (final NumberFormatException e) {
            throw new InputException("--size: '" + name + "' is none of N, frame:N, IMIX, genome:LETTERS, rfc2544", e);
        }
    }

    private static int frame(final String name, final char letter) {
        final Integer frame = GENOME.get(letter);
        if (frame == null) {
            throw new InputException("--size: " + name + ": '" + letter + "' is none of a to j (RFC 6985 section 4)");
        }
        return frame - FRAME_OVERHEAD;
    }

    private void check(final int mtu) {
        for (final int packet : packets) {
            if (packet < LEAST || packet > mtu) {
                throw new InputException("--size " + name + ": a clear packet of " + packet + " octets is not within " + LEAST + " to "
                    + mtu + (packet > mtu ? ", what fits into a tunnel packet of the MTU; choose a smaller one, or --mtu" : ""));
            }
        }
    }

    /** Mean octets of a clear packet. */
    public double mean() {
        return packets.stream().mapToInt(Integer::intValue).average().orElse(0);
    }

    /** The longest. */
    public int longest() {
        return packets.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** As an array. */
    int[] array() {
        return packets.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The lengths of an array, for tests and models. */
    static Sizes of(final int... packets) {
        return new Sizes(String.valueOf(packets[0]), Arrays.stream(packets).boxed().toList());
    }
}
