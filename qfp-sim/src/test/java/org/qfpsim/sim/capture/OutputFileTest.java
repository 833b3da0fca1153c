package org.qfpsim.sim.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.InputException;

class OutputFileTest {
    private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    @Test
    void shouldKeepTheOldContentUntilCommit() throws IOException {
        final Path target = Files.writeString(directory.resolve("a.txt"), "old");
        try (OutputFile out = OutputFile.create(target)) {
            out.stream().write(NEW);
            out.stream().flush();
            assertThat(target).hasContent("old");
            assertThat(directory.resolve(".a.txt.part")).hasContent("new");
            out.commit();
        }
        assertThat(target).hasContent("new");
        assertThat(files()).containsExactly("a.txt");
    }

    @Test
    void shouldLeaveNothingWithoutCommit() throws IOException {
        try (OutputFile out = OutputFile.create(directory.resolve("a.txt"))) {
            out.stream().write(NEW);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldFollowASymbolicLink() throws IOException {
        final Path real = Files.writeString(directory.resolve("real"), "old");
        final Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        try (OutputFile out = OutputFile.create(link.toString())) {
            out.stream().write(NEW);
            out.commit();
        }
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("new");
    }

    @Test
    void shouldWriteAFifoDirectly() throws Exception {
        final Path fifo = directory.resolve("fifo");
        assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "mkfifo is not there");
        final CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(fifo);
            } catch (final IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try (OutputFile out = OutputFile.create(fifo)) {
            out.stream().write(NEW);
            out.commit();
        }
        assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo("new");
        assertThat(files()).containsExactly("fifo");
    }

    @Test
    void shouldReadACaptureFromAFifo() throws Exception {
        final Path fifo = directory.resolve("fifo");
        assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "mkfifo is not there");
        final byte[] capture = Frames.resource("captures/invspi/v2-initialcontact-598/wire.pcap");
        final CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
            try (OutputFile out = OutputFile.create(fifo)) {
                out.stream().write(capture);
                out.commit();
            } catch (final IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try (CaptureReader reader = CaptureReader.open(fifo)) {
            assertThat(Frames.all(reader)).hasSize(68);
        }
        written.get(60, TimeUnit.SECONDS);
    }

    @Test
    void shouldExplainWhatCannotBeWritten() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> OutputFile.create(directory.resolve("no/such/a.txt"))).isInstanceOf(InputException.class)
            .hasMessage(directory.resolve("no/such/a.txt") + ": cannot be written: no such file or directory; check the path");
        assertThatThrownBy(() -> OutputFile.create(directory)).isInstanceOf(InputException.class)
            .hasMessage(directory + ": cannot be written: it is a directory; name a file");
        assertThatThrownBy(() -> OutputFile.create(file.resolve("a.txt"))).isInstanceOf(InputException.class)
            .hasMessageContaining("a part of the path is not a directory; check the path");
        assertThatThrownBy(() -> OutputFile.create("a\0b")).isInstanceOf(InputException.class).hasMessageContaining("is not a file name");
    }

    @Test
    void shouldReportAFullDisk() {
        assumeTrue(Files.exists(Path.of("/dev/full")), "/dev/full is not there");
        try (OutputFile out = OutputFile.create("/dev/full")) {
            assertThatThrownBy(() -> {
                out.stream().write(NEW);
                out.commit();
            }).isInstanceOf(InputException.class)
                .hasMessage("/dev/full: cannot be written: No space left on device; free some space or choose another directory");
        }
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(p -> p.getFileName().toString()).sorted().toList().stream();
        }
    }
}
