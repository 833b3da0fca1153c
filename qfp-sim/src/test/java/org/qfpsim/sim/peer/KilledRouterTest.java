package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;

/** A router in a process of its own that is killed with {@code kill -9} under traffic, and started again without its SAs. */
class KilledRouterTest {
    private static final String HOST = "10.2.0.2";

    @BeforeAll
    static void shouldHaveAPeer() {
        assumeTrue(StrongSwan.missing().isEmpty(), () -> StrongSwan.missing().orElse(""));
    }

    private static Process router(final Path folder, final Path configuration, final String hostSide) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("qfp.root", ".."), "jvm.flags"), "-cp", System.getProperty("java.class.path"),
            Main.class.getName(), "console", "--mode", "invoker", "--config", configuration.toString(), "--attach",
            "GigabitEthernet0/0/0=eth:" + hostSide).redirectErrorStream(true)
            .redirectOutput(folder.resolve("console.txt").toFile()).start();
    }

    private static void await(final String what, final int seconds, final BooleanSupplier condition) throws InterruptedException {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail("not within " + seconds + " s: " + what);
            }
            Thread.sleep(20);
        }
    }

    private static boolean initiated(final StrongSwan daemon) {
        try {
            return daemon.control("--initiate", "--child", "net", "--timeout", "2").contains("completed");
        } catch (final InputException e) {
            return false;
        }
    }

    @Test
    void shouldRecoverWhenItIsBack(@TempDir final Path folder) throws IOException, InterruptedException {
        final Tunnel tunnel = Tunnel.of(1).closeAction("start").router("crypto isakmp invalid-spi-recovery");
        final Path configuration = Files.writeString(folder.resolve("r2.cfg"), tunnel.routerConfiguration());
        try (NetworkNamespace namespace = NetworkNamespace.create(Tunnel.addresses(), Tunnel.ROUTER);
            StrongSwan daemon = StrongSwan.start(namespace, tunnel.daemonConfiguration())) {
            Process process = router(folder, configuration, namespace.hostSide());
            try {
                await("tunnel", 60, () -> initiated(daemon));
                try (Ping ping = Ping.start(namespace, Tunnel.PEER_INSIDE, HOST, 20, 1000)) {
                    await("replies", 10, () -> ping.replies() >= 50);
                    process.destroyForcibly().waitFor();
                    process = router(folder, configuration, namespace.hostSide());
                    final long replies = ping.replies();
                    await("replies of the router that was started again", 60, () -> ping.replies() >= replies + 50);
                }
                final OutputStream keyboard = process.getOutputStream();
                keyboard.write("""
                    enable
                    terminal length 0
                    show platform hardware qfp active feature ipsec datapath drops
                    show crypto invalid-spi
                    """.getBytes(StandardCharsets.UTF_8));
                keyboard.close();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(Files.readString(folder.resolve("console.txt"), StandardCharsets.UTF_8))
                    .containsPattern("4  IN_US_V4_PKT_SA_NOT_FOUND_SPI +[1-9]").contains("IKE exchanges begun: 1");
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
