package org.qfpsim.sim.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What a reader delivered, and reading all of a capture at once. */
final class Frames {
    /** One frame as a value. */
    record Copy(long number, long nanos, LinkType linkType, int original, String hex) {
    }

    private Frames() {
    }

    static List<Copy> all(final CaptureReader reader) {
        final List<Copy> frames = new ArrayList<>();
        while (reader.next()) {
            frames.add(copy(reader));
        }
        return frames;
    }

    static List<Copy> all(final byte[] file) {
        try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(file), "x.pcap")) {
            return all(reader);
        }
    }

    static Copy copy(final CaptureReader reader) {
        final byte[] data = Arrays.copyOf(reader.data(), reader.capturedLength());
        return new Copy(reader.frameNumber(), reader.timestampNanos(), reader.linkType(), reader.originalLength(),
            HexFormat.of().formatHex(data));
    }

    /** A test resource, by its path from the root of the resources. */
    static byte[] resource(final String path) throws IOException {
        try (InputStream in = Frames.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IOException("no test resource " + path);
            }
            return in.readAllBytes();
        }
    }
}
