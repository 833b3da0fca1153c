package org.qfpsim.controlplane.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.show.CommandTree;
import org.qfpsim.controlplane.show.FlashFolder;
import org.qfpsim.controlplane.show.Result;

/** {@code dir} and {@code more}. */
class FileCommandsTest {
    @TempDir
    private Path folder;

    private Result run(final String line) {
        final FlashFolder flash = new FlashFolder(folder.resolve("flash"), 1000);
        return new CommandTree(new FileCommands(flash).commands()).execute(line);
    }

    @Test
    void shouldListNothingBeforeSomethingIsWritten() {
        assertThat(run("dir").text()).isEqualTo("Directory of flash:/\n\nNo files in directory\n\n1000 bytes total (1000 bytes free)\n");
    }

    @Test
    void shouldListAndShowWhatThereIs() throws IOException {
        final FlashFolder flash = new FlashFolder(folder.resolve("flash"), 1000);
        flash.write("invspi.txt", "spi\nmore\n".getBytes(StandardCharsets.UTF_8));
        flash.write("a.txt", new byte[] {'x'});
        assertThat(run("dir flash:").text()).isEqualTo("Directory of flash:/\n\n"
            + "    1  -rw-             1  a.txt\n    2  -rw-             9  invspi.txt\n\n1000 bytes total (990 bytes free)\n");
        assertThat(run("dir").text()).isEqualTo(run("dir flash:").text());
        assertThat(run("more flash:invspi.txt").text()).isEqualTo("spi\nmore\n");
        assertThat(run("more FLASH:invspi.txt | include more").text()).isEqualTo("more\n");
    }

    @Test
    void shouldSayWhyThereIsNothingToShow() throws IOException {
        assertThat(run("more flash:none.txt").text()).isEqualTo("%Error opening flash:none.txt (No such file or directory)\n");
        Files.createDirectories(folder.resolve("flash"));
        Files.writeString(folder.resolve("secret"), "secret");
        assertThat(run("more flash:../secret").text()).isEqualTo("%Error opening flash:../secret (Invalid filename)\n");
        assertThat(run("more nvram:x").ok()).isFalse();
    }
}
