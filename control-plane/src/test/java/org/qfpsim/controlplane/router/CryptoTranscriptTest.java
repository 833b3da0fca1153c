package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.v1.Ikev1Service;
import org.qfpsim.controlplane.ike.v1.Ikev1Settings;
import org.qfpsim.controlplane.ike.v2.Ikev2Context;
import org.qfpsim.controlplane.ike.v2.Ikev2Service;

/**
 * Replays transcripts of two routers with real IKE, on virtual time. A line {@code > COMMAND} is typed, {@code @...} does something,
 * {@code #} is a comment; all other lines are the expected output, each with a {@code $} at its end. With -Dqfp.regenerate=true the
 * expected output is written anew.
 */
class CryptoTranscriptTest {
    private static final String FOLDER = "control-plane/src/test/resources/org/qfpsim/controlplane/router/";

    private final Lab lab = new Lab(4, IKE);
    private Lab.Router a;
    private Lab.Router b;
    private CryptoTerminal terminal;

    static final List<IkeFactory> IKE = List.of(
        (config, engine, transport, timers, log, random) ->
            new Ikev1Service(config, engine, transport, timers, log, random, IkeKeyLog.NONE, Ikev1Settings.DEFAULT),
        (config, engine, transport, timers, log, random) ->
            new Ikev2Service(new Ikev2Context(config, engine, transport, timers, log, random, IkeKeyLog.NONE)));

    private static Path file(final String name) {
        return Path.of(System.getProperty("qfp.root"), FOLDER + name);
    }

    static RouterConfig config(final String name) throws IOException {
        final ConfigFile read = ConfigFile.read(name, Files.readString(file(name)));
        assertThat(read.refused()).isEmpty();
        return read.config();
    }

    @ParameterizedTest
    @ValueSource(strings = {"crypto-v1", "crypto-v2", "crypto-gre", "crypto-clear", "crypto-clear-v2"})
    void shouldPrintWhatTheTranscriptSays(final String name) throws IOException {
        final Path file = file(name + ".txt");
        final String expected = Files.readString(file);
        final String actual = replay(expected.lines().toList());
        if (Boolean.getBoolean("qfp.regenerate")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(expected).doesNotContain("secret", "00112233445566778899");
    }

    private String replay(final List<String> lines) throws IOException {
        final StringBuilder text = new StringBuilder();
        for (final String line : lines) {
            if (!line.startsWith("> ") && line.endsWith("$")) {
                continue;
            }
            text.append(line).append('\n');
            if (line.startsWith("@")) {
                direct(line.substring(1).split(" "));
            } else if (line.startsWith("> ")) {
                terminal.run(line.substring(2)).lines().forEach(output -> text.append(output).append("$\n"));
            }
        }
        return text.toString();
    }

    private void direct(final String... words) throws IOException {
        switch (words[0]) {
            case "routers" -> {
                a = lab.router("10.0.0.1", config(words[1] + "-a.cfg"));
                b = lab.router("10.0.0.2", config(words[1] + "-b.cfg"));
                terminal = new CryptoTerminal(a);
            }
            case "at" -> terminal = new CryptoTerminal("a".equals(words[1]) ? a : b);
            case "stream" -> a.stream(a.flow(), 100 * Lab.MS, lab.now() + Long.parseLong(words[1]) * Lab.MS);
            case "run" -> lab.run(Long.parseLong(words[1]) * Lab.MS);
            case "errors" -> b.datapath.inbound.values().forEach(sa -> sa.fail(Long.parseLong(words[1]), Long.parseLong(words[2])));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }
}
