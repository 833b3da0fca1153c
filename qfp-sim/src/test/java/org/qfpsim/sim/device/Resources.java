package org.qfpsim.sim.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that the tests of this package read. */
final class Resources {
    private Resources() {
    }

    static byte[] octets(final String resource) throws IOException {
        try (InputStream in = Resources.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IOException("no test resource " + resource);
            }
            return in.readAllBytes();
        }
    }

    /** A page of the documentation. */
    static String documentation(final String name) throws IOException {
        return Files.readString(Path.of(System.getProperty("qfp.root", ".."), "docs", name));
    }

    /** The example in docs/device-file.md. */
    static byte[] documentedExample() throws IOException {
        final String page = documentation("device-file.md");
        final int start = page.indexOf("```json\n") + 8;
        return page.substring(start, page.indexOf("```", start)).getBytes(StandardCharsets.UTF_8);
    }
}
