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
    private static final long MAX_GROWTH = 48_000_000;

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
                final Process thrower = thrower(forger, frames);
                // What is compiled, remembered and logged once is there after a fifth of the time.
                lab.pass(SECONDS * 200);
                final MemoryWatch before = MemoryWatch.now();
                while (thrower.isAlive()) {
                    lab.pass(Math.max(SECONDS * 100, 1000));
                    System.out.println("IKEv" + version + ": " + MemoryWatch.now() + ", replies " + ping.replies() + ", missed "
                        + ping.missed());
                }
                final MemoryWatch after = MemoryWatch.now();
                final String sent = new String(thrower.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                assertThat(sent).matches("\\d+");
                // What this machine had no time for is lost in the kernel, and counted there.
                final long forged = Long.parseLong(sent);
                lab.await("forged frames", 10, () -> lab.counter(forger.hostSide(), "received")
                    + lab.counter(forger.hostSide(), "receive-drops") > forged * 9 / 10);
                assertThat(lab.counter(forger.hostSide(), "received")).isGreaterThan(forged / 2);
                final long replies = ping.replies();
                lab.await("replies afterwards", 10, () -> ping.replies() >= replies + 20);
                System.out.println("IKEv" + version + ", " + SECONDS + " s: lost " + ping.missed() + " of " + (ping.replies() + ping.missed())
                    + " good packets among " + sent + " forged frames; memory before: " + before + "; after: " + after + "\n"
                    + "lost in the kernel, from the peer: " + lab.counter(lab.namespace().hostSide(), "receive-drops") + ", from the forger: "
                    + lab.counter(forger.hostSide(), "receive-drops") + "\n"
                    + lab.show("show platform hardware qfp active statistics drop | exclude  0 +0 ")
                    + lab.show("show crypto invalid-spi | include IKE|flow"));
                assertThat(ping.missed()).as("lost of " + ping.replies() + " among " + sent + " forged frames").isZero();
                assertThat(after.heap() - before.heap()).as("growth of the heap").isLessThan(MAX_GROWTH);
                assertThat(after.resident() - before.resident()).as("growth of the process").isLessThan(MAX_GROWTH);
            }
            assertThat(lab.scenario().problems()).isEmpty();
        }
    }

    private static Process thrower(final NetworkNamespace forger, final Path frames) {
        return forger.start(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("qfp.root", ".."), "jvm.flags"), "-cp", System.getProperty("java.class.path"),
            FrameThrower.class.getName(), frames.toString(), "eth0", String.valueOf(FRAMES_A_SECOND), String.valueOf(SECONDS), "7");
    }
}
