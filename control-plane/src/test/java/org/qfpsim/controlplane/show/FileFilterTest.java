package org.qfpsim.controlplane.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output goes into files of the flash folder, and nowhere else. */
class FileFilterTest {
    @TempDir
    private Path parent;
    private Path flash;
    private final List<String> commands = new ArrayList<>();

    @BeforeEach
    void name() {
        flash = parent.resolve("flash");
    }

    private Result run(final String line) {
        final StringBuilder shown = new StringBuilder();
        final boolean ok = FileFilter.run(line, new FlashFolder(flash, 100), (command, out, refusals) -> {
            commands.add(command);
            final boolean good = !command.startsWith("bad");
            (good ? out : refusals).print(command + " said\n");
            return good;
        }, shown::append);
        return new Result(ok, shown.toString());
    }

    @Test
    void shouldAppendRedirectAndTee() throws IOException {
        assertThat(run("show a | append flash:f.txt")).isEqualTo(new Result(true, ""));
        assertThat(run("show b | i x | a flash:f.txt").text()).isEmpty();
        assertThat(Files.readString(flash.resolve("f.txt"))).isEqualTo("show a said\nshow b | i x said\n");
        assertThat(run("show c | redi flash:/f.txt").text()).isEmpty();
        assertThat(Files.readString(flash.resolve("f.txt"))).isEqualTo("show c said\n");
        assertThat(run("show d | tee /append flash:f.txt").text()).isEqualTo("show d said\n");
        assertThat(Files.readString(flash.resolve("f.txt"))).isEqualTo("show c said\nshow d said\n");
        assertThat(run("show e | tee flash:f.txt").text()).isEqualTo("show e said\n");
        assertThat(Files.readString(flash.resolve("f.txt"))).isEqualTo("show e said\n");
    }

    @Test
    void shouldLeaveOtherLinesAlone() {
        for (final String line : new String[] {"show a", "show a | i flash:", "show a | count flash:x", "show a | append", "show | redirect /append flash:f"}) {
            assertThat(run(line).text()).isEqualTo(line + " said\n");
        }
        assertThat(flash).doesNotExist();
    }

    @Test
    void shouldWriteNothingWhenTheCommandIsRefused() {
        assertThat(run("bad | append flash:f.txt")).isEqualTo(new Result(false, "bad said\n"));
        assertThat(flash).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "/../x", "..", ".hidden", "//x", "a\\b", "x\u0000y", "-"})
    void shouldNotLeaveTheFolder(final String name) throws IOException {
        assertThat(run("show a | redirect flash:" + name)).isEqualTo(new Result(false, "%Error opening flash:" + name + " (Invalid filename)\n"));
        try (var files = Files.walk(parent)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void shouldNotFollowASymbolicLink() throws IOException {
        final Path secret = Files.writeString(parent.resolve("secret"), "s");
        Files.createDirectory(flash);
        Files.createSymbolicLink(flash.resolve("link"), secret);
        assertThat(run("show a | redirect flash:link")).isEqualTo(new Result(false, "%Error opening flash:link (Not a file)\n"));
        assertThat(Files.readString(secret)).isEqualTo("s");
    }

    @Test
    void shouldFillUp() {
        for (int i = 0; i < 8; i++) {
            assertThat(run("show a | append flash:f").ok()).isTrue();
        }
        assertThat(run("show a | append flash:f").text()).isEqualTo("%Error opening flash:f (No space left on device)\n");
        assertThat(run("show a | redirect flash:f").ok()).isTrue();
    }

    @Test
    void shouldReadAndListWhatWasWritten() throws IOException {
        final FlashFolder folder = new FlashFolder(flash, 100);
        assertThat(folder.list()).isEmpty();
        run("show b | append flash:b.txt");
        run("show a | append flash:a.txt");
        Files.createSymbolicLink(flash.resolve("link"), Files.writeString(parent.resolve("secret"), "s"));
        assertThat(folder.list()).containsExactly(Map.entry("a.txt", 12L), Map.entry("b.txt", 12L));
        assertThat(folder.read("/a.txt")).isEqualTo("show a said\n");
        for (final String name : List.of("c.txt", "link")) {
            assertThatThrownBy(() -> folder.read(name)).isInstanceOf(IOException.class).hasMessage("No such file or directory");
        }
        assertThatThrownBy(() -> folder.read("../secret")).isInstanceOf(IOException.class).hasMessage("Invalid filename");
        assertThat(folder.capacity()).isEqualTo(100);
    }
}
