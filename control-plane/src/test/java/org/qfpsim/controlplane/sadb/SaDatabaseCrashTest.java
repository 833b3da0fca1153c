package org.qfpsim.controlplane.sadb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Routers and readers that are killed, at random. A process that is stopped (SIGSTOP) leaves its files exactly as one that is killed there,
 * so that one process gives many points of death: the files are copied while it stands, and opened as a next owner would.
 */
class SaDatabaseCrashTest {
    private static final long SEED = 61;
    private static final int SCALE = Integer.getInteger("qfp.test.scale", 1);

    @TempDir
    private Path parent;
    private Path directory;
    private Path progressFile;
    private ByteBuffer progress;
    private final List<Process> processes = new ArrayList<>();
    private final SaWriter.Model model = new SaWriter.Model(SEED);

    @BeforeEach
    void name() throws IOException {
        directory = parent.resolve("state");
        progressFile = parent.resolve("progress");
        progress = SaWriter.progress(progressFile);
    }

    @AfterEach
    void killAll() throws InterruptedException {
        for (final Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process java(final Class<?> main, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("qfp.root"), "jvm.flags"), "-XX:TieredStopAtLevel=1", "-Xmx256m",
            "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(parent.resolve(main.getSimpleName() + ".out").toFile()).start();
        processes.add(process);
        return process;
    }

    private Process writer() throws IOException {
        final long before = progress.getLong(0);
        final Process writer = java(SaWriter.class, directory.toString(), progressFile.toString(), String.valueOf(SEED));
        await(writer, () -> progress.getLong(0) > before + 2_000);
        return writer;
    }

    private static void await(final Process process, final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(process.isAlive()).as("the process has ended by itself").isTrue();
            pause(1);
        }
    }

    private static void pause(final long millis) {
        try {
            Thread.sleep(millis);
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void signal(final Process process, final String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor()).isZero();
    }

    /** Waits until no thread of it moves any more. */
    private static void stop(final Process process) throws IOException, InterruptedException {
        signal(process, "STOP");
        await(process, () -> {
            try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
                return tasks.allMatch(task -> stopped(task.resolve("stat")));
            } catch (final IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static boolean stopped(final Path stat) {
        try {
            final String line = Files.readString(stat);
            return line.charAt(line.lastIndexOf(')') + 2) == 'T';
        } catch (final IOException e) {
            return true;
        }
    }

    /** The files as they are, in the hands of nobody. */
    private Path corpse(final String name) throws IOException {
        final Path corpse = Files.createDirectory(parent.resolve(name));
        Files.setPosixFilePermissions(corpse, Files.getPosixFilePermissions(directory));
        for (final String file : new String[] {"head", "lock", "sas.dat"}) {
            Files.copy(directory.resolve(file), corpse.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (var head = Files.newByteChannel(corpse.resolve("head"), StandardOpenOption.WRITE)) {
            // The process number: the stopped process lives.
            head.position(16).write(ByteBuffer.allocate(8));
        }
        return corpse;
    }

    private static Map<Integer, Long> contents(final Iterable<SaRecord> records) {
        final Map<Integer, Long> found = new HashMap<>();
        for (final SaRecord sa : records) {
            final int number = (sa.inboundSpi() - 256) * 2 + sa.direction().ordinal();
            final SaRecord expected = SaWriter.step(SEED, sa.sequence()).record(SEED);
            assertThat(SaCodec.encode(sa.withOpening(expected.opening()))).as("record %d of step %d", number, sa.sequence())
                .isEqualTo(SaCodec.encode(expected));
            assertThat(found.put(number, sa.sequence())).as("record %d is there once", number).isNull();
        }
        return found;
    }

    private void assertRecovered(final Path place, final long steps, final String what) {
        try (SaDatabase database = SaDatabase.open(place, SaWriter.ENTRIES)) {
            final List<SaRecord> records = new ArrayList<>();
            database.forEach(records::add);
            assertThat(contents(records)).as(what).isIn(model.after(steps));
            assertThat(database.lost()).as(what).isZero();
            assertThat(database.size()).isEqualTo(records.size());
        }
    }

    @Test
    void shouldFindEveryChangeThatReturnedWhereverTheRouterIsKilled() throws IOException, InterruptedException {
        final Random random = new Random(SEED);
        for (int life = 0; life < SCALE; life++) {
            final Process writer = writer();
            for (int point = 0; point < 15; point++) {
                pause(random.nextInt(5));
                stop(writer);
                final String what = "seed " + SEED + ", life " + life + ", point " + point;
                final Path corpse = corpse("corpse-" + life + "-" + point);
                final long steps = progress.getLong(0);
                signal(writer, "CONT");
                assertRecovered(corpse, steps, what);
            }
            writer.destroyForcibly().waitFor();
            assertThat(SaDatabaseReader.read(directory).owner()).isEqualTo(SaDatabaseReader.Owner.CRASHED);
            assertRecovered(directory, progress.getLong(0), "killed in life " + life);
        }
    }

    @Test
    void shouldReadWholeRecordsWhileTheRouterWritesAndNotHinderItWhenKilled() throws IOException, InterruptedException {
        final Process writer = writer();
        final Random random = new Random(SEED + 1);
        for (int life = 0; life < SCALE; life++) {
            final Process reader = java(SaReaderLoop.class, directory.toString());
            await(reader, () -> parent.resolve("SaReaderLoop.out").toFile().length() > 0);
            for (int i = 0; i < 6; i++) {
                final SaDatabaseReader.Snapshot read = SaDatabaseReader.read(directory);
                assertThat(read.owner()).isEqualTo(SaDatabaseReader.Owner.RUNNING);
                assertThat(read.pid()).isEqualTo(writer.pid());
                contents(read.records());
            }
            pause(random.nextInt(50));
            reader.destroyForcibly().waitFor();
            final long before = progress.getLong(0);
            await(writer, () -> progress.getLong(0) > before + 2_000);
        }
        stop(writer);
        final long steps = progress.getLong(0);
        final SaDatabaseReader.Snapshot read = SaDatabaseReader.read(directory);
        // Stopped within a change, the reader cannot tell what is missing, and says so.
        if (read.stable()) {
            assertThat(contents(read.records())).isIn(model.after(steps));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("head", "lock", "sas.dat");
        }
        signal(writer, "CONT");
    }

    @Test
    void shouldSayThatARouterIsRecovering() throws IOException {
        try (SaDatabase database = SaDatabase.open(directory)) {
            database.put(TestRecords.any(SEED, 1));
            try (Head head = Head.own(StateDirectory.existing(directory))) {
                head.phase(Head.Phase.RECOVERING);
                final SaDatabaseReader.Snapshot read = SaDatabaseReader.read(directory);
                assertThat(read.owner()).isEqualTo(SaDatabaseReader.Owner.RECOVERING);
                assertThat(read.pid()).isEqualTo(ProcessHandle.current().pid());
                assertThat(read.records()).isEmpty();
                head.phase(Head.Phase.OPEN);
            }
            assertThat(SaDatabaseReader.read(directory).records()).hasSize(1);
        }
    }

    @Test
    void shouldMakeAChangeAgainThatWasOnlyWrittenDown() {
        final SaRecord written = TestRecords.any(SEED, 1);
        final SaRecord removed = TestRecords.any(SEED, 2);
        SaDatabase database = SaDatabase.open(directory);
        database.put(removed);
        database.crash();
        try (Head head = Head.own(StateDirectory.existing(directory))) {
            head.begin(written.key().octets(), SaCodec.encode(written), 2);
        }
        database = SaDatabase.open(directory);
        assertThat(database.get(written.key())).isPresent();
        assertThat(database.size()).isEqualTo(2);
        assertThat(database.lost()).isZero();
        database.crash();
        try (Head head = Head.own(StateDirectory.existing(directory))) {
            head.begin(removed.key().octets(), null, 1);
        }
        try (SaDatabase last = SaDatabase.open(directory)) {
            assertThat(last.get(removed.key())).isEmpty();
            assertThat(last.size()).isEqualTo(1);
        }
    }
}
