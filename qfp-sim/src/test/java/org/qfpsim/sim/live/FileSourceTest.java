package org.qfpsim.sim.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.qfp.load.Load;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.counters.Total;

/** A counters file as a router, on a clock of the test. */
class FileSourceTest {
    @TempDir
    private Path directory;

    @Test
    void shouldModelTheLoadFromWhatWasCounted() throws IOException {
        final AtomicLong clock = new AtomicLong(5_000);
        final Path file = directory.resolve("counters");
        try (CounterStore store = CounterStore.inFile(file, 1);
            FileSource source = new FileSource(file, PlatformProfile.ESP20, clock::get)) {
            assertThat(source.routers()).containsExactly("counters");
            final RouterLook first = source.look("counters").orElseThrow();
            assertThat(first.load()).isNull();
            assertThat(first.startedNanos()).isEqualTo(5_000);
            final long packets = PlatformProfile.ESP20.hardware().kiloPackets() * 1000L / 4;
            final CounterBlock block = store.ppe(0);
            block.add(Total.RECEIVED, 2 * packets);
            block.add(Total.RECEIVED_OCTETS, 200 * packets);
            block.add(Total.ESP_OPENED, packets);
            block.add(Total.FORWARDED, 2 * packets);
            block.add(Total.TRANSMITTED, 2 * packets);
            block.add(Total.FORWARDED_OCTETS, 100 * packets);
            clock.addAndGet(2_000_000_000L);
            final RouterLook look = source.look("counters").orElseThrow();
            final Load load = Objects.requireNonNull(look.load());
            // A quarter of the packets that the engines can do, and for half of them a second time: ESP counts twice.
            assertThat(load.processing()).isEqualTo(38);
            assertThat(load.inputPackets()).isEqualTo(packets);
            assertThat(load.inputBits()).isEqualTo(800.0 * packets);
            assertThat(load.outputBits()).isEqualTo(400.0 * packets);
            assertThat(look.counters().inFlight()).isZero();
        }
    }
}
