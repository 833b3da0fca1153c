package org.qfpsim.sim.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Mutations;

/** Whatever a device file has in it: a device, or one line that shows no key. */
class DeviceFileFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void fuzz(final byte[] file) {
        read(file);
    }

    @Test
    void shouldSurviveDamage() throws IOException {
        Mutations.each(Resources.documentedExample(), 12, Mutations.rounds(10_000), DeviceFileFuzzTest::read);
        Mutations.each(Resources.octets("captures/v1-aes128gcm16-natt/keys.json"), 13, Mutations.rounds(5_000), DeviceFileFuzzTest::read);
    }

    private static void read(final byte[] file) {
        try {
            assertThat(DeviceFile.parse(file, "x").replayWindow()).isBetween(0, 4096);
        } catch (final InputException e) {
            // Bounds are ours, and long.
            final String message = e.getMessage().replaceFirst("is not within 0 to \\d+$", "");
            assertThat(message).startsWith("x:").doesNotContainPattern("[\\r\\n]").doesNotContainPattern("[0-9A-Fa-f]{16}");
        }
    }
}
