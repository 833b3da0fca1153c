package org.qfpsim.sim.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.qfpsim.sim.InputException;

/** Reads a whole configuration file, of bounded size. */
final class SmallFile {
    /** Hundreds of thousands of SAs fit. */
    private static final int MAX_BYTES = 1 << 26;

    private SmallFile() {
    }

    static byte[] read(final Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new InputException(file + ": is larger than " + MAX_BYTES + " octets; split it");
            }
            return content;
        } catch (final IOException e) {
            throw InputException.io(file.toString(), "cannot be read", e);
        }
    }
}
