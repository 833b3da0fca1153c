package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.sim.outside.FrameThrower;

/** A good tunnel with strongSwan, and a forger on the same segment who throws mutations of its frames at the router. */
class LiveFuzzTest {
    private static final int SECONDS = Integer.getInteger("qfp.test.scale", 1) > 1 ? 1800 : 5;
    private static final int FRAMES_A_SECOND = 2000;

    @BeforeAll
    static void shouldHaveAPeer() {
        assumeTrue(StrongSwan.missing().isEmpty(), () -> StrongSwan.missing().orElse(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldLoseNoGoodPacket(final int version, @TempDir final Path folder) throws IOException {
        try (NetworkNamespace forger = NetworkNamespace.create(List.of("10.9.0.66/24"), Tunnel.ROUTER);
            Lab lab = new Lab(folder, Tunnel.of(version).router("crypto isakmp invalid-spi-recovery"), forger.hostSide())) {
            final Path frames = folder.resolve("frames");
            try (FrameThrower.Recorder recorder = new FrameThrower.Recorder(lab.namespace().hostSide())) {
                lab.initiate();
                try (Ping ping = lab.ping(50)) {
                    lab.await("replies", 10, () -> ping.replies() >= 20);
                }
                assertThat(recorder.write(frames)).isGreaterThan(20);
            }
            try (Ping ping = lab.ping(20)) {
                lab.await("replies", 10, () -> ping.replies() >= 20);
                final Process thrower = forger.start(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "@" + Path.of(System.getProperty("qfp.root", ".."), "jvm.flags"), "-cp", System.getProperty("java.class.path"),
                    FrameThrower.class.getName(), frames.toString(), "eth0", String.valueOf(FRAMES_A_SECOND), String.valueOf(SECONDS), "7");
                lab.await("end of the forger", SECONDS + 60, () -> !thrower.isAlive());
                final String sent = new String(thrower.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                assertThat(sent).matches("\\d+");
                assertThat(lab.counter(forger.hostSide(), "received")).isGreaterThan(Long.parseLong(sent) * 9 / 10);
                final long replies = ping.replies();
                lab.await("replies afterwards", 10, () -> ping.replies() >= replies + 20);
                assertThat(ping.missed()).as("lost of " + ping.replies() + " among " + sent + " forged frames").isZero();
            }
            assertThat(lab.scenario().problems()).isEmpty();
        }
    }
}
