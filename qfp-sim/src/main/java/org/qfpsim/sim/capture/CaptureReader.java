package org.qfpsim.sim.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;

/**
 * Reads the frames of a pcap or pcapng file one after another, in bounded memory and without an object per frame. Never seeks, so it reads
 * a FIFO as well. Single thread.
 *
 * <p>Formats: pcap with micro- or nanoseconds in both byte orders; pcapng with any number of sections and interfaces, in both byte orders.
 * Link types: {@link LinkType}. Not: compressed files.
 *
 * <p>A damaged file delivers every frame before the damage; then {@link #next} throws, and throws the same again.
 */
public final class CaptureReader implements AutoCloseable {
    private final InputStream stream;
    private final String name;
    private final CaptureInput in;
    private final Frame frame = new Frame();
    private final CaptureFormat format;
    private long frameNumber;
    private @Nullable CaptureException damage;

    /**
     * Reads the file header.
     *
     * @param stream the file from its first octet; closed with this reader. Need not be buffered.
     * @param name   what errors call the file.
     * @throws CaptureException if it is neither pcap nor pcapng, or of a link type that we do not know.
     */
    public CaptureReader(final InputStream stream, final String name) {
        this.stream = stream;
        this.name = name;
        this.in = new CaptureInput(stream, name);
        this.format = detect();
    }

    /**
     * Opens a file.
     *
     * @param file a file or FIFO.
     * @return a reader before the first frame.
     * @throws InputException if the file cannot be opened or is not a capture.
     */
    public static CaptureReader open(final Path file) {
        final InputStream stream;
        if (Files.isDirectory(file)) {
            throw new InputException(file + ": cannot be read: it is a directory; name a file");
        }
        try {
            stream = Files.newInputStream(file);
        } catch (final IOException e) {
            throw InputException.io(file.toString(), "cannot be read", e);
        }
        try {
            return new CaptureReader(stream, file.toString());
        } catch (final InputException e) {
            try (stream) {
                throw e;
            } catch (final IOException closing) {
                e.addSuppressed(closing);
                throw e;
            }
        }
    }

    private CaptureFormat detect() {
        if (in.atEnd()) {
            throw new CaptureException(name + ": the file is empty; give a pcap or pcapng file");
        }
        in.order(ByteOrder.BIG_ENDIAN);
        final int magic = in.s32("file header");
        final PcapFormat pcap = PcapFormat.open(in, magic);
        if (pcap != null) {
            return pcap;
        }
        final PcapngFormat pcapng = PcapngFormat.open(in, magic);
        if (pcapng != null) {
            return pcapng;
        }
        final boolean compressed = magic >>> 16 == 0x1f8b || magic == 0x28b52ffd || magic == 0x04224d18;
        throw new CaptureException(name + ": starts with 0x" + Integer.toHexString(magic) + (compressed
            ? ": it is compressed; unpack it first"
            : ": neither a pcap nor a pcapng file; convert it with editcap"));
    }

    /**
     * Goes to the next frame; what was read of the one before it is overwritten.
     *
     * @return false at the end of the file.
     * @throws CaptureException if the file is damaged here or cannot be read; the message names the frame.
     */
    public boolean next() {
        if (damage != null) {
            throw damage;
        }
        try {
            if (!format.next(frame)) {
                return false;
            }
        } catch (final CaptureException e) {
            damage = e;
            throw e;
        }
        in.endFrame();
        frameNumber++;
        return true;
    }

    /** The octets of the frame, from index 0 to {@link #capturedLength}; the array is reused and may be longer. */
    public byte[] data() {
        return frame.data;
    }

    /** Octets of the frame that the file has, 0 to 262144. */
    public int capturedLength() {
        return frame.capturedLength;
    }

    /** Octets that the frame had on the wire, at least {@link #capturedLength}; more if the snap length cut it. */
    public int originalLength() {
        return frame.originalLength;
    }

    /** When the frame was seen: nanoseconds since the epoch. A pcapng simple packet has the time of the frame before it. */
    public long timestampNanos() {
        return frame.timestampNanos;
    }

    /** What the frame starts with. */
    public LinkType linkType() {
        return frame.linkType;
    }

    /** The number of this frame in the file, from 1, as Wireshark counts; 0 before the first {@link #next}. */
    public long frameNumber() {
        return frameNumber;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (final IOException e) {
            throw new CaptureException(name + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
