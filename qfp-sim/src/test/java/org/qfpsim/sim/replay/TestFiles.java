package org.qfpsim.sim.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Test resources and the files that a replay writes. */
public final class TestFiles {
    static final ObjectMapper JSON = new ObjectMapper();

    private TestFiles() {
    }

    /** A test resource, by its path from the root of the resources. */
    public static byte[] resource(final String path) throws IOException {
        try (InputStream in = TestFiles.class.getResourceAsStream("/" + path)) {
            if (in == null) {
                throw new IOException("no test resource " + path);
            }
            return in.readAllBytes();
        }
    }

    /** A test resource as JSON, unpacked if its name ends with gz. */
    public static JsonNode json(final String path) throws IOException {
        final InputStream octets = new ByteArrayInputStream(resource(path));
        return JSON.readTree(path.endsWith(".gz") ? new GZIPInputStream(octets) : octets);
    }

    /** A copy of a resource with the resource's own file name. */
    public static Path copy(final String path, final Path directory) throws IOException {
        return Files.write(directory.resolve(path.substring(path.lastIndexOf('/') + 1)), resource(path));
    }

    /** A file of one JSON object a line. */
    public static List<JsonNode> lines(final Path file) throws IOException {
        final List<JsonNode> lines = new ArrayList<>();
        for (final String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
