package org.qfpsim.sim.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine's {@code ping} within a namespace, and what it has seen so far. */
public final class Ping implements AutoCloseable {
    private static final Pattern REPLY = Pattern.compile("\\[(\\d{1,12})\\.(\\d{6})] \\d+ bytes from .*icmp_seq=(\\d{1,9}) .*");

    private final Process process;
    private long replies;
    private long outageMillis;
    private long lastSequence;
    private long lastMicros;

    private Ping(final Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().name("ping").start(this::read);
    }

    /**
     * Begins to ping.
     *
     * @param namespace   from where.
     * @param source      its address.
     * @param destination whom.
     * @param millis      between two requests.
     * @param octets      of data.
     * @return the ping, which goes on until it is closed.
     */
    public static Ping start(final NetworkNamespace namespace, final String source, final String destination, final int millis,
                             final int octets) {
        return new Ping(namespace.start("ping", "-n", "-D", "-i", Double.toString(millis / 1000.0), "-s", Integer.toString(octets), "-I",
            source, destination));
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final Matcher matcher = REPLY.matcher(line);
                // A reply whose content is not what was sent has "wrong data" behind it.
                if (matcher.matches() && !line.contains("DUP!")) {
                    reply(Long.parseLong(matcher.group(1)) * 1_000_000 + Long.parseLong(matcher.group(2)),
                        Long.parseLong(matcher.group(3)));
                }
            }
        } catch (final IOException e) {
            // It was ended.
            return;
        }
    }

    private synchronized void reply(final long micros, final long sequence) {
        replies++;
        if (lastMicros != 0) {
            outageMillis = Math.max(outageMillis, (micros - lastMicros) / 1000);
        }
        // A reply may overtake another one.
        lastSequence = Math.max(lastSequence, continued(lastSequence, sequence));
        lastMicros = micros;
    }

    /**
     * The number of a request, of which a reply shows 16 bits.
     *
     * @param near a number that is less than 32,768 away.
     * @param seen what is shown.
     * @return the number.
     */
    static long continued(final long near, final long seen) {
        return near + (short) (seen - near);
    }

    /** Replies so far. */
    public synchronized long replies() {
        return replies;
    }

    /** Requests before the latest reply that have got none. */
    public synchronized long missed() {
        return lastSequence - replies;
    }

    /** The longest time between two replies, in milliseconds. */
    public synchronized long outageMillis() {
        return outageMillis;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
