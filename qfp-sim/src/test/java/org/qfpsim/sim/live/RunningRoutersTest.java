package org.qfpsim.sim.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.sim.InputException;

/** Which process is meant. */
class RunningRoutersTest {
    private static final long DEAD = 999_999_999;

    @TempDir
    private Path base;

    private Path folder(final long pid, final String more) throws IOException {
        return Files.createDirectory(base.resolve(RunningRouters.PREFIX + pid + "-" + more));
    }

    @Test
    void shouldFindTheOnlyProcessThatLives() throws IOException {
        assertThatThrownBy(() -> RunningRouters.only(base)).isInstanceOf(InputException.class)
            .hasMessageStartingWith("no router is running");
        folder(DEAD, "1");
        Files.createDirectory(base.resolve("qfp-sim-console-notanumber-1"));
        assertThatThrownBy(() -> RunningRouters.only(base)).isInstanceOf(InputException.class)
            .hasMessageStartingWith("no router is running");
        final long alive = ProcessHandle.current().pid();
        final Path folder = folder(alive, "2");
        assertThat(RunningRouters.only(base)).isEqualTo(folder.resolve("console.sock"));
        folder(alive, "3");
        assertThatThrownBy(() -> RunningRouters.only(base)).isInstanceOf(InputException.class)
            .hasMessageStartingWith("more than one process runs routers; say which: " + alive + " (" + base)
            .hasMessageNotContaining("" + DEAD);
    }

    @Test
    void shouldSayWhatCannotBeWatched() throws IOException {
        assertThatThrownBy(() -> RunningRouters.open("/nowhere", PlatformProfile.DEFAULT)).isInstanceOf(InputException.class)
            .hasMessage("/nowhere: is neither a process number, nor the folder of a running router, nor a counters file");
        assertThatThrownBy(() -> RunningRouters.open("" + DEAD, PlatformProfile.DEFAULT)).isInstanceOf(InputException.class)
            .hasMessageContaining("has no console in");
        final Path empty = folder(DEAD, "4");
        assertThatThrownBy(() -> RunningRouters.open(empty.toString(), PlatformProfile.DEFAULT)).isInstanceOf(InputException.class)
            .hasMessageContaining("is the router still running?");
        final Path text = Files.writeString(base.resolve("text"), "no counters");
        assertThatThrownBy(() -> RunningRouters.open(text.toString(), PlatformProfile.DEFAULT)).isInstanceOf(InputException.class)
            .hasMessageStartingWith(text + ": is no counters file");
    }
}
