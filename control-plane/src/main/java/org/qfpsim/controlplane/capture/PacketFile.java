package org.qfpsim.controlplane.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.show.FlashFiles;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.controlplane.time.WallClock;

/** A pcapng file in the making, an interface for each name and link type, and the way of it into {@code flash:}. */
final class PacketFile {
    private static final String DEVICE = "flash:";

    private final WallClock clock;
    private final Timers timers;
    private final Map<String, Integer> interfaces = new HashMap<>();
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final PcapngWriter writer;
    private long packets;

    PacketFile(final WallClock clock, final Timers timers) throws IOException {
        this.clock = clock;
        this.timers = timers;
        writer = new PcapngWriter(octets, "qfp-sim");
    }

    /** An argument for a file in {@code flash:}; its value is what follows the colon. */
    static Argument<String> argument() {
        return Argument.of("flash:FILE", String.class,
            text -> text.toLowerCase(Locale.ROOT).startsWith(DEVICE) && text.length() > DEVICE.length()
                ? text.substring(DEVICE.length()) : null);
    }

    /**
     * Adds a packet.
     *
     * @param name    of its interface.
     * @param link    link type.
     * @param nanos   time, on the packets' clock.
     * @param packet  octets that were kept.
     * @param length  octets that it had.
     * @param comment what is to be said of it.
     */
    void add(final String name, final int link, final long nanos, final byte[] packet, final int length, final @Nullable String comment)
        throws IOException {
        final String key = link + " " + name;
        Integer number = interfaces.get(key);
        if (number == null) {
            number = writer.addInterface(link, name);
            interfaces.put(key, number);
        }
        writer.write(number, Math.max(0, clock.nanosSince1970() + nanos - timers.nanos()), ByteBuffer.wrap(packet),
            Math.max(length, packet.length), comment);
        packets++;
    }

    /** Writes the file; what a terminal shows then. */
    String save(final FlashFiles flash, final String name) {
        try {
            writer.close();
            flash.write(name, octets.toByteArray());
            return packets + " packets written to flash:" + name + "\n";
        } catch (final IOException e) {
            return "%Error opening flash:" + name + " (" + e.getMessage() + ")\n";
        }
    }
}
