package org.qfpsim.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.sim.docs.ShellWords;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldShowUsesAndCommandsOnOneScreen() {
        assertThat(run()).isEqualTo(Main.OK);
        final List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(40).allMatch(line -> line.length() <= 80);
        for (final Subcommand.Use use : Subcommand.Use.values()) {
            assertThat(lines).contains("  " + use.title());
        }
        assertThat(lines).anyMatch(line -> line.startsWith("  env  "));
    }

    @Test
    void shouldOnlyShowExamplesThatParse() {
        for (final Subcommand subcommand : ServiceLoader.load(Subcommand.class)) {
            for (final Subcommand.Example example : subcommand.examples()) {
                Main.commandLine().parseArgs(ShellWords.split(example.arguments()).toArray(String[]::new));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "bogus   |          | unknown command 'bogus'                               | ./qfp --help",
        "--bogus |          | unknown option '--bogus'                              | ./qfp --help",
        "env     | --jso    | unknown option '--jso'; did you mean --json?          | ./qfp env --help",
        "env     | a b      | unexpected argument 'a b'                             | ./qfp env --help",
        "fail    | --with=x | Invalid value for option '--with': expected one of [INPUT, BUG, CLOSED, PARTIAL] (case-sensitive) but was 'x'"
            + "| ./qfp fail --help",
    })
    void shouldExplainBadCommandLines(final String first, final String second, final String message, final String hint) {
        assertThat(second == null ? run(first) : run(first, second)).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString().lines()).containsExactly("qfp: " + message + " (" + hint + " explains)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldPrintInputErrorsAsOneLine() {
        assertThat(run("fail", "--with=INPUT")).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString().lines()).containsExactly("qfp: keys.json: /sas/0/spi: 'x' is not a number");
    }

    @Test
    void shouldKeepWhatWasPrintedBeforeAnError() {
        assertThat(run("fail", "--with=PARTIAL")).isEqualTo(Main.BAD_INPUT);
        assertThat(out.toString().lines()).containsExactly("first row");
    }

    @Test
    void shouldWriteTheTraceOfAnInternalErrorToAFile() throws IOException {
        assertThat(run("fail", "--with=BUG")).isEqualTo(Main.FAILED);
        final Path trace = Path.of(System.getProperty("java.io.tmpdir"), "qfp-error-" + ProcessHandle.current().pid() + ".log");
        assertThat(err.toString().lines())
            .containsExactly("qfp: internal error: java.lang.IllegalStateException: a bug (stack trace: " + trace + ")");
        assertThat(Files.readString(trace)).contains("at org.qfpsim.sim.FailingCommand.call");
        Files.delete(trace);
    }

    @Test
    void shouldSayOnceThatTheReaderIsGone() {
        for (final String[] command : new String[][] {{"env"}, {"fail", "--with=CLOSED"}}) {
            err.getBuffer().setLength(0);
            assertThat(Main.run(StandardOutput.writer(failing("Broken pipe")), new PrintWriter(err, true), command))
                .isEqualTo(Main.BAD_INPUT);
            assertThat(err.toString().lines())
                .containsExactly("qfp: standard output: cannot be written: Broken pipe; the program that reads it has ended");
        }
    }

    @Test
    void shouldReportAFullDiskUnderStandardOutput() {
        assertThat(Main.run(StandardOutput.writer(failing("No space left on device")), new PrintWriter(err, true), "env"))
            .isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString().lines()).containsExactly("qfp: standard output: cannot be written: No space left on device; "
            + "free some space or choose another directory");
    }

    @Test
    void shouldDescribeTheEnvironmentAsTableAndJson() throws IOException {
        assertThat(run("env")).isEqualTo(Main.OK);
        assertThat(out.toString()).contains(Runtime.version().toString()).containsPattern("crypto jce +\\(SunJCE");
        out.getBuffer().setLength(0);

        assertThat(run("env", "--json")).isEqualTo(Main.OK);
        final JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("cores").asInt()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(json.get("memory_bytes").asLong()).isGreaterThan(1 << 26);
        assertThat(json.at("/crypto_libraries/jce").asText()).contains("SunJCE");
        assertThat(json.get("jvm_flags").toString()).contains("--enable-native-access").doesNotContain("qfp.root");
    }

    private int run(final String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err, true), args);
    }

    private static OutputStream failing(final String reason) {
        return new OutputStream() {
            @Override
            public void write(final int octet) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
