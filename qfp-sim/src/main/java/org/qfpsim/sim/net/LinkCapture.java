package org.qfpsim.sim.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.capture.PcapngWriter;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.capture.LinkType;
import org.qfpsim.sim.capture.OutputFile;

/**
 * Writes what is put on links to a pcapng file, an interface for each link. A frame that nobody will get has a comment that says why.
 * {@link #commit} makes the file appear.
 */
public final class LinkCapture implements LinkTap, AutoCloseable {
    private static final String CANNOT_BE_WRITTEN = "cannot be written";

    private final String name;
    private final OutputFile file;
    private final PcapngWriter writer;
    private final Predicate<Link> wanted;
    private final long epochNanos;
    private final Map<Link, Integer> interfaces = new HashMap<>();

    /**
     * Opens the file.
     *
     * @param name       of the file.
     * @param wanted     the links to write.
     * @param epochNanos what the network's time 0 is, in nanoseconds since 1970, 0 or more.
     * @throws InputException if it cannot be written.
     */
    public LinkCapture(final String name, final Predicate<Link> wanted, final long epochNanos) {
        this.name = name;
        this.wanted = wanted;
        this.epochNanos = epochNanos;
        file = OutputFile.create(name);
        try {
            writer = new PcapngWriter(file.stream(), "qfp-sim");
        } catch (final IOException e) {
            throw InputException.io(name, CANNOT_BE_WRITTEN, e);
        }
    }

    @Override
    public void sent(final Link link, final int from, final long nanos, final byte[] frame, final @Nullable LossCause lost) {
        if (!wanted.test(link)) {
            return;
        }
        try {
            final int number = interfaces.computeIfAbsent(link, this::describe);
            writer.write(number, epochNanos + nanos, ByteBuffer.wrap(frame), frame.length, lost == null ? null : "lost: " + lost.text());
        } catch (final IOException e) {
            throw InputException.io(name, CANNOT_BE_WRITTEN, e);
        }
    }

    private int describe(final Link link) {
        try {
            return writer.addInterface(LinkType.ETHERNET.number(), link.name());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the file appear under its name.
     *
     * @throws InputException if that fails.
     */
    public void commit() {
        file.commit();
    }

    @Override
    public void close() {
        file.close();
    }
}
