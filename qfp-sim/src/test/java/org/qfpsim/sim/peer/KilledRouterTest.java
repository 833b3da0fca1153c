package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioResult;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/**
 * A router in a process of its own that is killed with {@code kill -9} under traffic, and started again, without its SAs and with them. What
 * is counted then is what the simulator counts when its R2 loses power and has it back at the same times.
 */
class KilledRouterTest {
    private static final String HOST = "10.2.0.2";
    private static final String RECOVERY = "crypto isakmp invalid-spi-recovery";
    /** Packets: what is in flight, and what a busy machine does to the times of a ping. */
    private static final int TOLERANCE = 12;
    private static final String NETWORK = """
        title: what has happened to a real router
        epoch: 2026-11-26T09:00:00Z
        routers:
          r1: {}
          r2: {}
        hosts:
          alice: {ipv4: 10.1.0.10/24, gateway: 10.1.0.1}
          bob: {ipv4: 10.2.0.2/24, gateway: 10.2.0.1}
        links:
          office: {ports: [alice, r1 Gi0/0/1]}
          wan: {ports: [r1 Gi0/0/0, r2 Gi0/0/0]}
          branch: {ports: [r2 Gi0/0/1, bob]}
        """;

    @BeforeAll
    static void shouldHaveAPeer() {
        assumeTrue(StrongSwan.missing().isEmpty(), () -> StrongSwan.missing().orElse(""));
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
        final Tunnel tunnel = Tunnel.of(1).closeAction("start").router(RECOVERY);
        try (NetworkNamespace namespace = NetworkNamespace.create(Tunnel.addresses(), Tunnel.ROUTER);
            StrongSwan daemon = StrongSwan.start(namespace, tunnel.daemonConfiguration());
            RouterProcess first = RouterProcess.start(folder, tunnel.routerConfiguration(), namespace.hostSide())) {
            RouterProcess.await("tunnel", 60, () -> initiated(daemon));
            try (Ping ping = Ping.start(namespace, Tunnel.PEER_INSIDE, HOST, 20, 1000)) {
                RouterProcess.await("replies", 10, () -> ping.replies() >= 50);
                first.kill();
                try (RouterProcess second = RouterProcess.start(folder, tunnel.routerConfiguration(), namespace.hostSide())) {
                    final long replies = ping.replies();
                    RouterProcess.await("replies of the router that was started again", 60, () -> ping.replies() >= replies + 50);
                    second.type("enable", "show platform hardware qfp active feature ipsec datapath drops", "show crypto invalid-spi");
                    second.end();
                    assertThat(second.printed()).containsPattern("4  IN_US_V4_PKT_SA_NOT_FOUND_SPI +[1-9]")
                        .contains("IKE exchanges begun: 1");
                }
            }
        }
    }

    @Test
    void shouldCountWhatTheSimulatorPredictsWithoutItsSas(@TempDir final Path folder) throws IOException, InterruptedException {
        final Tunnel tunnel = Tunnel.of(1).closeAction("start").router("service timestamps log datetime msec");
        try (NetworkNamespace namespace = NetworkNamespace.create(Tunnel.addresses(), Tunnel.ROUTER);
            StrongSwan daemon = StrongSwan.start(namespace, tunnel.daemonConfiguration());
            RouterProcess first = RouterProcess.start(folder, tunnel.routerConfiguration(), namespace.hostSide())) {
            RouterProcess.await("tunnel", 60, () -> initiated(daemon));
            try (Ping ping = Ping.start(namespace, Tunnel.PEER_INSIDE, HOST, 20, 200)) {
                RouterProcess.await("replies", 10, () -> ping.replies() >= 50);
                first.kill();
                final Instant crash = Instant.now();
                try (RouterProcess second = RouterProcess.start(folder, tunnel.routerConfiguration(), namespace.hostSide())) {
                    RouterProcess.await("its message", 60, () -> second.printed().contains("RECVD_PKT_INV_SPI"));
                    Thread.sleep(5000);
                    second.type("enable", "show clock", "show platform hardware qfp active feature ipsec datapath drops",
                        "show platform hardware qfp active statistics drop");
                    final Instant look = Instant.now();
                    RouterProcess.await("counters", 10, () -> second.printed().contains("IpsecInput  "));
                    final long replies = ping.replies();
                    second.type("configure terminal", RECOVERY, "end");
                    final Instant cure = Instant.now();
                    RouterProcess.await("replies after the cure", 20, () -> ping.replies() >= replies + 50);
                    final Times times = Times.of(crash, ping);
                    second.type("show platform hardware qfp active feature ipsec datapath drops");
                    second.end();
                    final String printed = second.printed();
                    final long dead = number(printed, "4  IN_US_V4_PKT_SA_NOT_FOUND_SPI +(\\d+)");
                    final String last = printed.substring(printed.lastIndexOf("datapath drops"));
                    final String expect = times.counter("ipsec 4", look, dead) + times.counter("IpsecInput", look,
                        number(printed, "IpsecInput +(\\d+)")) + times.counterAfterCure("ipsec 4", number(last,
                        "4  IN_US_V4_PKT_SA_NOT_FOUND_SPI +(\\d+)")) + times.lost(ping)
                        + "  - {router: r2, log: RECVD_PKT_INV_SPI, is: %d}%n".formatted(printed.split("RECVD_PKT_INV_SPI", -1).length - 1);
                    predict(folder, tunnel, times, times.router("do: restart", firstMessage(printed, look)) + times.router(
                        "command: configure terminal", cure) + times.router("command: " + RECOVERY, cure) + times.router("command: end", cure),
                        expect);
                }
            }
        }
    }

    @Test
    void shouldCountWhatTheSimulatorPredictsWithItsSas(@TempDir final Path folder) throws IOException, InterruptedException {
        final Tunnel tunnel = Tunnel.of(1).router("qfp-sim restore-sas");
        try (NetworkNamespace namespace = NetworkNamespace.create(Tunnel.addresses(), Tunnel.ROUTER);
            StrongSwan daemon = StrongSwan.start(namespace, tunnel.daemonConfiguration());
            RouterProcess first = RouterProcess.start(folder, tunnel.routerConfiguration(), namespace.hostSide())) {
            RouterProcess.await("tunnel", 60, () -> initiated(daemon));
            try (Ping ping = Ping.start(namespace, Tunnel.PEER_INSIDE, HOST, 20, 200)) {
                RouterProcess.await("replies", 10, () -> ping.replies() >= 50);
                first.kill();
                final Instant crash = Instant.now();
                final long before = ping.replies();
                try (RouterProcess second = RouterProcess.start(folder, tunnel.routerConfiguration(), namespace.hostSide())) {
                    RouterProcess.await("first reply", 60, () -> ping.replies() > before);
                    final Instant restart = Instant.now();
                    RouterProcess.await("replies with the SAs that it had", 10, () -> ping.replies() >= before + 100);
                    final Times times = Times.of(crash, ping);
                    second.type("enable", "show platform hardware qfp active feature ipsec datapath drops all", "show crypto invalid-spi");
                    second.end();
                    final String printed = second.printed();
                    assertThat(number(printed, " 4  IN_US_V4_PKT_SA_NOT_FOUND_SPI +(\\d+)")).isZero();
                    assertThat(printed).doesNotContain("RECVD_PKT_INV_SPI");
                    predict(folder, tunnel, times, times.router("do: restart", restart), "  - {router: r2, counter: ipsec 4, is: 0}\n"
                        + times.lost(ping) + "  - {router: r2, log: RECVD_PKT_INV_SPI, is: 0}\n");
                }
            }
        }
    }

    /** The simulator does the same at the same times, and must find what was measured. */
    private static void predict(final Path folder, final Tunnel tunnel, final Times times, final String events, final String measured)
        throws IOException {
        final Path scenario = Files.createDirectory(folder.resolve("predicted"));
        final String text = NETWORK + times.head() + events + "expect:\n" + measured;
        Files.writeString(scenario.resolve("scenario.yaml"), text, StandardCharsets.UTF_8);
        Files.writeString(scenario.resolve("r1.cfg"), tunnel.otherRouterConfiguration(), StandardCharsets.UTF_8);
        Files.writeString(scenario.resolve("r2.cfg"), tunnel.routerConfiguration(), StandardCharsets.UTF_8);
        final StringWriter story = new StringWriter();
        final ScenarioResult result = new ScenarioRunner(new RouterFactory(new KeyExport()), ScenarioRunner.Settings.DEFAULT)
            .run(ScenarioFolder.of(scenario), new PrintWriter(story), nanos -> { });
        System.out.println("counted by a router that was killed, and what the simulator finds:\n"
            + story.toString().lines().filter(line -> line.contains("seen: ")).collect(Collectors.joining("\n")));
        assertThat(result.failure()).as(text + story).isEmpty();
    }

    private static long number(final String text, final String pattern) {
        final Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /**
     * When the router logged the first packet with an unknown SPI, the first one that it saw. Its clock began before it ran, so it was asked
     * for its time at a moment that is known.
     */
    private static Instant firstMessage(final String printed, final Instant asked) {
        final LocalTime message = time(printed, "(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}): %CRYPTO-4-RECVD_PKT_INV_SPI");
        return asked.minus(Duration.between(message, time(printed, "(?m)^\\*?(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) UTC")));
    }

    private static LocalTime time(final String printed, final String pattern) {
        final Matcher matcher = Pattern.compile(pattern).matcher(printed);
        assertThat(matcher.find()).as(printed).isTrue();
        return LocalTime.parse(matcher.group(1));
    }

    /** Times of day as times of a scenario in which the power fails after ten seconds; {@code rate} packets a second flow. */
    private record Times(Instant crash, long rate) {
        private static final int CRASH_MILLIS = 10_000;

        /** A ping that gets no answer may send less often than it was told to. */
        static Times of(final Instant crash, final Ping ping) {
            return new Times(crash, Math.round(ping.missed() * 1000.0 / ping.outageMillis()));
        }


        private String at(final Instant when) {
            return ChronoUnit.MILLIS.between(crash, when) + CRASH_MILLIS + "ms";
        }

        String head() {
            return String.format(Locale.ROOT, """
                duration: %s
                streams:
                  ping: {from: alice, to: bob, rate: %d, size: 228, start: 2s}
                timeline:
                  - {at: %dms, router: r2, do: crash}
                """, at(Instant.now().plusSeconds(2)), rate, CRASH_MILLIS);
        }

        String router(final String what, final Instant when) {
            return "  - {at: %s, router: r2, %s}%n".formatted(at(when), what);
        }

        /** A counter of R2. */
        String counter(final String name, final Instant when, final long measured) {
            return "  - {router: r2, counter: %s, at: %s, min: %d, max: %d}%n".formatted(name, at(when), measured - TOLERANCE,
                measured + TOLERANCE);
        }

        /** A counter of R2 at the end: the first Main Mode of a Java that has just started takes longer than that of the simulator. */
        String counterAfterCure(final String name, final long measured) {
            return "  - {router: r2, counter: %s, min: %d, max: %d}%n".formatted(name, measured - rate, measured + TOLERANCE);
        }

        /** Packets that had no answer because the router was away, or did not know their SPI. */
        String lost(final Ping ping) {
            return "  - {stream: ping, measure: lost, min: %d, max: %d}%n".formatted(ping.missed() - rate, ping.missed() + TOLERANCE);
        }
    }
}
