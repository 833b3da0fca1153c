package org.qfpsim.sim.replay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qfpsim.sim.capture.CaptureBuilder;
import org.qfpsim.sim.capture.CaptureReader;

/** Frames of the corpus, and captures made of some of them. */
public final class SmallCapture {
    private static final int LINKTYPE_ETHERNET = 1;
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;

    /** A frame of the corpus; numbers count from 1. */
    public record Frame(long nanos, byte[] octets) {
    }

    private SmallCapture() {
    }

    /** All frames of a capture. */
    public static List<Frame> frames(final byte[] capture) {
        final List<Frame> frames = new ArrayList<>();
        try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(capture), "capture")) {
            while (reader.next()) {
                frames.add(new Frame(reader.timestampNanos(), Arrays.copyOf(reader.data(), reader.capturedLength())));
            }
        }
        return frames;
    }

    /** The first frames of the corpus. */
    public static List<Frame> corpus(final int count) throws IOException {
        return frames(TestFiles.resource("corpus/corpus.pcap")).subList(0, count);
    }

    /** A microsecond pcap file; no frame has more than {@code snapLength} octets. */
    public static byte[] pcap(final List<Frame> frames, final int snapLength) {
        final CaptureBuilder file = new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).pcap(false, LINKTYPE_ETHERNET);
        for (final Frame frame : frames) {
            file.record(frame.nanos / 1_000_000_000, frame.nanos % 1_000_000_000 / 1000,
                Arrays.copyOf(frame.octets, Math.min(snapLength, frame.octets.length)), frame.octets.length);
        }
        return file.bytes();
    }

    /** How many frames are whole in the first octets of {@link #pcap}; -1 if not even the file header is. */
    public static int wholeFrames(final List<Frame> frames, final int octets) {
        int end = HEADER_BYTES;
        int whole = octets < end ? -1 : 0;
        for (final Frame frame : frames) {
            end += RECORD_HEADER_BYTES + frame.octets.length;
            if (octets >= end) {
                whole++;
            }
        }
        return whole;
    }

    /** Whether a file of so many octets ends between two frames. */
    public static boolean endsWhole(final List<Frame> frames, final int octets) {
        int end = HEADER_BYTES;
        boolean ends = octets == end;
        for (final Frame frame : frames) {
            end += RECORD_HEADER_BYTES + frame.octets.length;
            ends |= octets == end;
        }
        return ends;
    }
}
