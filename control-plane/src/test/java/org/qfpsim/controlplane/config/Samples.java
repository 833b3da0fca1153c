package org.qfpsim.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.qfpsim.controlplane.config.model.RouterConfig;

/** The sample configurations of the tests. */
final class Samples {
    static final List<String> NAMES = List.of("static-map-ikev1", "static-map-ikev2", "dynamic-map", "gre-p2p", "mgre-hub-dynamic",
        "mgre-static", "svti", "ezvpn-client", "ezvpn-server", "manual", "operations", "terminals", "remote");

    private Samples() {
    }

    static Stream<String> texts() {
        return NAMES.stream().map(Samples::text);
    }

    static String text(final String name) {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream(name + ".cfg"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a configuration that must be good. */
    static RouterConfig read(final String text) {
        final ConfigFile file = ConfigFile.read("test.cfg", text);
        assertThat(file.refused()).isEmpty();
        return file.config();
    }
}
