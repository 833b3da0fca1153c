package org.qfpsim.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.sim.Main;

/** Outputs that cannot be written: directories, full disks, readers that went away. The other outputs are whole. */
class OutputFailureTest {
    private static final String FULL = "cannot be written: No space left on device; free some space or choose another directory";
    private static final String GONE = "cannot be written: Broken pipe; the program that reads it has ended";

    @TempDir
    private Path directory;
    private Path capture;
    private Path keys;

    @BeforeEach
    void makeFiles() throws IOException {
        capture = TestFiles.copy("corpus/corpus.pcap", directory);
        keys = TestFiles.copy("corpus/keys.json", directory);
    }

    @AfterEach
    void nothingIsHalfWritten() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--verdicts", "--out", "--drops", "--json"})
    void shouldRefuseBeforeTheRunWhatCannotBeOpened(final String option) throws IOException {
        final Path below = directory.resolve("keys.json/x");
        assertThat(refused(option, below)).isEqualTo(below + ": cannot be written: a part of the path is not a directory; check the path");
        final Path lost = directory.resolve("no/x");
        assertThat(refused(option, lost)).isEqualTo(lost + ": cannot be written: no such file or directory; check the path");
        assertThat(refused(option, directory)).isEqualTo(directory + ": cannot be written: it is a directory; name a file");
    }

    private String refused(final String option, final Path target) {
        final Path other = directory.resolve("other");
        final String good = option.equals("--verdicts") ? "--out" : "--verdicts";
        final Replay run = Replay.run(capture, "--device", keys, option, target, good, other);
        assertThat(run.out()).isEmpty();
        assertThat(other).doesNotExist();
        return run.refusal();
    }

    @Test
    void shouldRefuseADirectoryThatMayOnlyBeRead() throws Exception {
        final Path locked = Files.createDirectory(directory.resolve("locked"));
        final boolean root = System.getProperty("user.name").equals("root");
        // Root may write everywhere but there.
        assumeTrue(!root || run("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", locked.toString()) == 0, "no tmpfs can be mounted");
        try {
            assertThat(root || locked.toFile().setWritable(false)).isTrue();
            assertThat(refused("--verdicts", locked.resolve("v"))).isEqualTo(locked.resolve("v") + ": cannot be written: "
                + (root ? "Read-only file system; choose another directory"
                    : "permission denied; check the owner and mode of the file and its directory"));
        } finally {
            if (root) {
                run("umount", locked.toString());
            }
        }
    }

    @Test
    void shouldRefuseCountersThatCannotBeKept() {
        final Path below = directory.resolve("keys.json/x");
        assertThat(Replay.run(capture, "--device", keys, "--counters", below).refusal())
            .isEqualTo(below + ": cannot be used for counters: a part of the path is not a directory; check the path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--verdicts", "--out", "--drops", "--json"})
    void shouldKeepTheOtherOutputsWhenADiskIsFull(final String option) throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "/dev/full is not there");
        for (final String mode : List.of("invoker", "dedicated")) {
            final String good = option.equals("--verdicts") ? "--json" : "--verdicts";
            final Path other = directory.resolve("other-" + mode);
            assertThat(Replay.run(capture, "--device", keys, "--mode", mode, option, "/dev/full", good, other).refusal())
                .isEqualTo("/dev/full: " + FULL);
            final int frames = good.equals("--json")
                ? TestFiles.JSON.readTree(other.toFile()).at("/totals/received").asInt() : TestFiles.lines(other).size();
            assertThat(frames).isBetween(1024, 2000);
        }
    }

    /** A file system that fills up while the file is written: nothing is there afterwards. */
    @Test
    void shouldLeaveNothingOnAFullFileSystem() throws Exception {
        final Path small = Files.createDirectory(directory.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", small.toString()) == 0, "no tmpfs can be mounted");
        try {
            final Path verdicts = small.resolve("v");
            assertThat(Replay.run(capture, "--device", keys, "--verdicts", verdicts).refusal()).isEqualTo(verdicts + ": " + FULL);
            assertThat(small).isEmptyDirectory();
            Files.writeString(verdicts, "old");
            assertThat(Replay.run(capture, "--device", keys, "--verdicts", verdicts).refusal()).isEqualTo(verdicts + ": " + FULL);
            assertThat(verdicts).hasContent("old");
        } finally {
            run("umount", small.toString());
        }
    }

    private static int run(final String... command) throws Exception {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    @Test
    void shouldSayThatStandardOutputIsAFullDisk() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "/dev/full is not there");
        final Path verdicts = directory.resolve("v");
        assertThat(ReplayProcess.inShell(directory, "\"$@\" > /dev/full", capture, "--device", keys, "--verdicts", verdicts).refusal())
            .isEqualTo("standard output: " + FULL);
        assertThat(TestFiles.lines(verdicts)).hasSize(2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/stdout", "-", "/dev/fd/1", "/proc/self/fd/1"})
    void shouldSayThatTheReaderOfTheVerdictsIsGone(final String standardOutput) throws Exception {
        final Path report = directory.resolve("j");
        final Replay run = ReplayProcess.inShell(directory, "\"$@\" | true; exit ${PIPESTATUS[0]}", capture, "--device", keys,
            "--verdicts", standardOutput, "--json", report);
        assertThat(run.refusal()).isEqualTo((standardOutput.equals("-") ? "standard output" : standardOutput) + ": " + GONE);
        assertThat(TestFiles.JSON.readTree(report.toFile()).at("/totals/received").asInt()).isPositive();
    }

    @Test
    void shouldSayThatTheReaderOfTheSummaryOrAShowIsGone() throws Exception {
        final String script = "\"$@\" | true; exit ${PIPESTATUS[0]}";
        assertThat(ReplayProcess.inShell(directory, script, capture, "--device", keys).refusal()).isEqualTo("standard output: " + GONE);
        assertThat(ReplayProcess.inShell(directory, script, capture, "--device", keys, "--show",
            "show platform hardware qfp active feature ipsec datapath drops all").refusal()).isEqualTo("standard output: " + GONE);
    }

    /** Verdicts on standard output are only verdicts, and a reader that takes some lines gets whole ones. */
    @Test
    void shouldWriteNothingElseToStandardOutput() throws Exception {
        final Path file = directory.resolve("v");
        Replay.run(capture, "--device", keys, "--verdicts", file).ok();
        for (final String name : List.of("-", "/dev/stdout")) {
            final Replay run = ReplayProcess.inShell(directory, "\"$@\" | cat; exit ${PIPESTATUS[0]}", capture, "--device", keys,
                "--verdicts", name);
            assertThat(run.code()).isEqualTo(Main.OK);
            assertThat(run.out()).isEqualTo(Files.readString(file));
            assertThat(run.err()).startsWith("received 2,000 = ");
        }
    }

    @Test
    void shouldPrintTheSameInEveryLanguage() throws Exception {
        final Replay run = ReplayProcess.inShell(directory, "JAVA_TOOL_OPTIONS='-Duser.language=de' \"$@\"", capture, "--device", keys);
        assertThat(run.out()).startsWith("received 2,000 = ");
    }

    @Test
    void shouldRefuseANameThatTheLocaleCannotSay() throws Exception {
        final Replay run = ReplayProcess.inShell(directory, "LC_ALL=C \"$@\" $'\\xc3\\xa4.pcap'", "--device", keys);
        assertThat(run.refusal()).contains(".pcap' is not a file name: ").endsWith("; choose another, or a UTF-8 locale (LC_ALL=C.UTF-8)");
    }

    /** A replay that is interrupted leaves neither the files nor their beginnings. */
    @Test
    void shouldCleanUpWhenInterrupted() throws Exception {
        final Path fifo = directory.resolve("fifo");
        assumeTrue(run("mkfifo", fifo.toString()) == 0, "mkfifo is not there");
        final Path verdicts = directory.resolve("v");
        final Process process = new ProcessBuilder(ReplayProcess.command(fifo, "--device", keys, "--verdicts", verdicts))
            .redirectErrorStream(true).redirectOutput(directory.resolve("said").toFile()).start();
        // Half a capture: the run has begun and waits for more.
        try (var writer = Files.newOutputStream(fifo)) {
            writer.write(TestFiles.resource("corpus/corpus.pcap"), 0, 200_000);
            writer.flush();
            while (!Files.exists(directory.resolve(".v.part"))) {
                assertThat(process.isAlive()).isTrue();
                Thread.onSpinWait();
            }
            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(verdicts).doesNotExist();
    }
}
