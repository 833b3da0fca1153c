package org.qfpsim.sim.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.sim.Main;

/** The whole screen on a real terminal, which the program script(1) provides. */
class TerminalTest {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";

    @TempDir
    private Path directory;
    private CounterStore store;

    @BeforeEach
    void findScript() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "the program script is not installed (Debian: bsdutils)");
        store = CounterStore.inFile(directory.resolve("counters"), 2);
        store.ppe(0).add(Total.FORWARDED, 7);
        store.dispatcher().add(Total.RECEIVED, 7);
    }

    private Process start(final String after) throws IOException {
        final String root = Objects.requireNonNull(System.getProperty("qfp.root"));
        final Path script = Files.writeString(directory.resolve("session.sh"), "stty rows 14 cols 66\n'" + System.getProperty("java.home")
            + "/bin/java' '@" + root + "/jvm.flags' -cp '" + System.getProperty("java.class.path") + "' " + Main.class.getName() + " top '"
            + directory.resolve("counters") + "' --interval 0.2 --ascii " + after + "\n");
        final ProcessBuilder builder = new ProcessBuilder("/usr/bin/script", "-qec", "sh " + script, "/dev/null").redirectErrorStream(true);
        builder.environment().put("TERM", "vt100");
        return builder.start();
    }

    private static String readUntil(final InputStream in, final String end) throws IOException {
        final StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            final int octet = in.read();
            if (octet < 0) {
                throw new IOException("it has ended with: " + text);
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", "\u0003"})
    void shouldDrawAndGiveTheTerminalBack(final String key) throws Exception {
        final Process process = start("; echo code $?; stty -a");
        try (InputStream in = process.getInputStream(); OutputStream keys = process.getOutputStream()) {
            readUntil(in, ENTER);
            final String frame = readUntil(in, "\u001b[J\u001b[H");
            assertThat(frame).contains("\u001b[1;7mcounters  esp20  process " + ProcessHandle.current().pid() + "\u001b[0m\u001b[K\r");
            readUntil(in, "PPE 1");
            keys.write((" x" + key).getBytes(StandardCharsets.US_ASCII));
            keys.flush();
            readUntil(in, LEAVE);
            final String rest = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(rest).contains("code 0").containsPattern("\\sicanon\\s").containsPattern("\\sisig\\s").containsPattern("\\secho\\s");
        }
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void shouldGiveTheTerminalBackWhenASignalEndsIt() throws Exception {
        final Process process = start("; stty -a");
        try (InputStream in = process.getInputStream()) {
            readUntil(in, ENTER);
            readUntil(in, "PPE 1");
            process.descendants().filter(each -> each.info().command().orElse("").endsWith("/java")).forEach(ProcessHandle::destroy);
            readUntil(in, LEAVE);
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                .containsPattern("\\sicanon\\s").containsPattern("\\secho\\s");
        }
        process.waitFor();
    }
}
