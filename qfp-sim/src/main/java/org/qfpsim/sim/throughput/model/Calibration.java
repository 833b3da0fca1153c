package org.qfpsim.sim.throughput.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.qfpsim.controlplane.platform.Hardware;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.sim.InputException;

/**
 * Service times and queues of a modelled platform. They follow from what its data sheet says, once:
 * <ul>
 *   <li>a pass of a packet through a thread takes what makes all threads together the published packets a second;
 *   <li>the crypto engine takes a fixed time a packet and a time an octet, which two figures give: IPsec with 1,400 octets, and with IMIX;
 *   <li>the way out takes the published bits a second.
 * </ul>
 *
 * @param threads       threads of all packet processing engines.
 * @param passNanos     of a thread, for one pass of a packet; a packet that goes to the crypto engine makes two.
 * @param cryptoNanos   of the crypto engine, for a packet of no length.
 * @param cryptoOctet   nanoseconds of the crypto engine for an octet of the clear packet.
 * @param transmitOctet nanoseconds of the way out for an octet of the packet.
 * @param inputQueue    packets that wait for a thread.
 * @param cryptoQueue   packets that wait for the crypto engine.
 * @param transmitQueue octets that wait for the way out.
 * @param assumed       the figure for IMIX is not known but assumed.
 */
record Calibration(int threads, double passNanos, double cryptoNanos, double cryptoOctet, double transmitOctet, int inputQueue,
                   int cryptoQueue, int transmitQueue, boolean assumed) {
    private static final String FILE = "calibration.csv";
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;
    /** Octets of the packets of the published IPsec figure. */
    private static final double LARGE = 1400;
    /** Mean of 7 x 64, 4 x 576, 1 x 1400. */
    private static final double IMIX = (7 * 64 + 4 * 576 + 1400) / 12.0;

    /**
     * Calibrates.
     *
     * @param profile the platform.
     * @param ppes    packet processing engines; 0 for those that it has.
     * @return service times.
     * @throws InputException if the platform is not modelled.
     */
    static Calibration of(final PlatformProfile profile, final int ppes) {
        final String[] row = row(profile.key()).orElseThrow(() -> new InputException("--platform " + profile.key()
            + " is no hardware with a QFP: its packets are worked on by cores like the ones here; leave --platform away to measure them"));
        final Hardware hardware = profile.hardware();
        final int all = hardware.qfps() * hardware.ppes() * Hardware.THREADS;
        final double large = nanos(LARGE, hardware.ipsecMegabits());
        final double imix = nanos(IMIX, Double.parseDouble(row[1]));
        final double octet = (large - imix) / (LARGE - IMIX);
        return new Calibration(ppes == 0 ? all : ppes * Hardware.THREADS, all * NANOS / (hardware.kiloPackets() * 1e3),
            Math.max(0, imix - octet * IMIX), octet, nanos(1, hardware.megabits()), Integer.parseInt(row[3]), Integer.parseInt(row[4]),
            Integer.parseInt(row[5]), row[2].equals("no"));
    }

    private static double nanos(final double octets, final double megabits) {
        return octets * Byte.SIZE / (megabits * MEGA) * NANOS;
    }

    private static Optional<String[]> row(final String key) {
        try (InputStream stream = Objects.requireNonNull(Calibration.class.getResourceAsStream(FILE), FILE);
            BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().map(line -> line.split(",")).filter(cells -> cells[0].equals(key)).findFirst();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For JSON. */
    Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("threads", threads);
        map.put("pass_nanos", passNanos);
        map.put("crypto_nanos_a_packet", cryptoNanos);
        map.put("crypto_nanos_an_octet", cryptoOctet);
        map.put("transmit_nanos_an_octet", transmitOctet);
        map.put("input_queue_packets", inputQueue);
        map.put("crypto_queue_packets", cryptoQueue);
        map.put("transmit_queue_octets", transmitQueue);
        map.put("imix_figure_assumed", assumed);
        return map;
    }

    /** For people. */
    List<String> notes() {
        return List.of(("  %,d threads, %.2f us a pass (two with IPsec); crypto engine %.3f us and %.3f ns an octet%s; "
            + "way out %.3f ns an octet").formatted(threads, passNanos / 1e3, cryptoNanos / 1e3, cryptoOctet,
                assumed ? " (from an assumed IMIX figure)" : "", transmitOctet),
            "  queues: %,d packets before the threads, %,d before the crypto engine, %,d octets before the way out".formatted(inputQueue,
                cryptoQueue, transmitQueue));
    }
}
