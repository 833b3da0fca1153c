package org.qfpsim.controlplane.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.packet.IpAddress;

/** Lines as the platform prints them, and where they go. */
class SyslogServiceTest {
    private static final Instant START = Instant.parse("2013-09-02T13:27:57.707Z");
    private static final String TEXT =
        "decaps: rec'd IPSEC packet has invalid spi for destaddr=20.1.1.2, prot=50, spi=0xB761863E(3076621886), srcaddr=10.1.1.1";
    private static final IpAddress PEER = IpAddress.parse("10.1.1.1");

    private final Timers timers = new Timers();
    private final List<byte[]> datagrams = new ArrayList<>();

    private SyslogService log(final boolean set, final SyslogSettings settings) {
        return new SyslogService(new WallClock(timers, START, ZoneId.of("Europe/Berlin"), set), settings,
            (host, datagram) -> datagrams.add(datagram));
    }

    private static SyslogSettings settings(final TimestampFormat format, final int octets, final int rate, final RemoteHost... hosts) {
        return new SyslogSettings("R1", format, format, octets, Severity.DEBUGGING, Severity.DEBUGGING, Severity.DEBUGGING,
            Severity.INFORMATIONAL, new SyslogSettings.RateLimit(rate, true, false, Severity.CRITICAL), List.of(hosts));
    }

    private static void invalidSpi(final SyslogService log) {
        log.message("CRYPTO", 4, "RECVD_PKT_INV_SPI", TEXT);
    }

    private String stamp(final boolean set, final TimestampFormat format) {
        final SyslogService log = log(set, settings(format, 4096, 0));
        log.message("SYS", 5, "X", "y");
        return log.buffer().getFirst().replace("%SYS-5-X: y", "");
    }

    @Test
    void shouldPrintTheLineOfTheReferenceDocument() {
        final SyslogService log = log(true, SyslogSettings.DEFAULTS);
        invalidSpi(log);
        assertThat(log.buffer()).containsExactly("Sep  2 13:27:57.707: %CRYPTO-4-RECVD_PKT_INV_SPI: " + TEXT);
    }

    @Test
    void shouldStampAsTheConfigurationSays() {
        assertThat(stamp(false, TimestampFormat.DATETIME_MSEC)).isEqualTo("*Sep  2 13:27:57.707: ");
        assertThat(stamp(true, new TimestampFormat(TimestampFormat.Kind.DATETIME, false, false, false, false))).isEqualTo("Sep  2 13:27:57: ");
        assertThat(stamp(true, new TimestampFormat(TimestampFormat.Kind.DATETIME, true, true, true, true)))
            .isEqualTo("Sep  2 2013 15:27:57.707 CEST: ");
        assertThat(stamp(true, new TimestampFormat(TimestampFormat.Kind.NONE, false, false, false, false))).isEmpty();
        final TimestampFormat uptime = new TimestampFormat(TimestampFormat.Kind.UPTIME, false, false, false, false);
        timers.advance(73_000_000_000L);
        assertThat(stamp(true, uptime)).isEqualTo("00:01:13: ");
        assertThat(TimestampFormat.uptime(26 * 3600)).isEqualTo("1d02h");
        assertThat(TimestampFormat.uptime(17 * 86_400)).isEqualTo("2w3d");
        assertThat(stamp(true, TimestampFormat.DATETIME_MSEC)).isEqualTo("Sep  2 13:29:10.707: ");
    }

    @Test
    void shouldLoseTheAsteriskWhenTheClockIsSet() {
        final WallClock clock = new WallClock(timers, Instant.EPOCH, ZoneId.of("UTC"), false);
        final SyslogService log = new SyslogService(clock, SyslogSettings.DEFAULTS, (host, datagram) -> { });
        log.message("SYS", 5, "A", "a");
        timers.advance(1_000_000L);
        clock.set(START);
        log.message("SYS", 5, "B", "b");
        assertThat(log.buffer()).containsExactly("*Jan  1 00:00:00.000: %SYS-5-A: a", "Sep  2 13:27:57.707: %SYS-5-B: b");
        assertThat(clock.nanosSince1970()).isEqualTo(START.toEpochMilli() * 1_000_000L);
    }

    @Test
    void shouldKeepTheNewestLinesThatFit() {
        final SyslogService log = log(true, settings(new TimestampFormat(TimestampFormat.Kind.NONE, false, false, false, false), 36, 0));
        for (int i = 0; i < 9; i++) {
            log.message("SYS", 5, "X", "" + i);
        }
        assertThat(log.buffer()).containsExactly("%SYS-5-X: 6", "%SYS-5-X: 7", "%SYS-5-X: 8");
        log.configure(settings(TimestampFormat.DATETIME_MSEC, 12, 0));
        assertThat(log.buffer()).containsExactly("%SYS-5-X: 8");
        log.clear();
        assertThat(log.buffer()).isEmpty();
    }

    private static SyslogSettings console(final @Nullable Severity least, final SyslogSettings.RateLimit limit) {
        return new SyslogSettings("R1", TimestampFormat.DATETIME_MSEC, TimestampFormat.DATETIME_MSEC, 100_000, Severity.DEBUGGING,
            least, Severity.WARNINGS, Severity.INFORMATIONAL, limit, List.of());
    }

    @Test
    void shouldShowOnTheConsoleWhatTheConfigurationSays() {
        final SyslogService log = log(true, console(Severity.WARNINGS, SyslogSettings.RateLimit.OFF));
        final List<String> shown = new ArrayList<>();
        log.console(line -> shown.add(line.message()));
        invalidSpi(log);
        log.message("SYS", 5, "CONFIG_I", "x");
        assertThat(shown).singleElement().asString().startsWith("%CRYPTO-4-RECVD_PKT_INV_SPI");
        assertThat(log.buffer()).hasSize(2);
        assertThat(log.show()).contains("    Console logging: level warnings, 1 messages logged, xml disabled,\n"
            + "                     filtering disabled\n");
        log.configure(console(null, SyslogSettings.RateLimit.OFF));
        invalidSpi(log);
        assertThat(shown).hasSize(1);
        assertThat(log.show()).contains("    Console logging: disabled\n");
    }

    @Test
    void shouldLimitTheConsoleAlone() {
        final SyslogService log = log(true, console(Severity.DEBUGGING, new SyslogSettings.RateLimit(2, false, true, null)));
        final List<LogLine> shown = new ArrayList<>();
        log.console(shown::add);
        log.debugs().set(Debug.CRYPTO_ISAKMP, true);
        for (int i = 0; i < 5; i++) {
            invalidSpi(log);
            log.debug(Debug.CRYPTO_ISAKMP, null, () -> "a debug line");
        }
        assertThat(shown).filteredOn(LogLine::debug).as("debug lines are limited with 'all' only").hasSize(5);
        assertThat(shown).filteredOn(line -> !line.debug()).hasSize(2);
        assertThat(log.buffer()).hasSize(10);
        assertThat(log.rateLimited()).isEqualTo(3);
        log.configure(console(Severity.DEBUGGING, new SyslogSettings.RateLimit(2, true, true, null)));
        timers.advance(2_000_000_000L);
        shown.clear();
        for (int i = 0; i < 5; i++) {
            log.debug(Debug.CRYPTO_ISAKMP, null, () -> "a debug line");
        }
        assertThat(shown).hasSize(2);
    }

    @Test
    void shouldLimitTheRateButNotWhatIsExempt() {
        final SyslogService log = log(true, settings(TimestampFormat.DATETIME_MSEC, 100_000, 3));
        for (int i = 0; i < 10; i++) {
            invalidSpi(log);
            log.message("SYS", 2, "BAD", "x");
        }
        assertThat(log.rateLimited()).isEqualTo(7);
        assertThat(log.buffer()).hasSize(13);
        timers.advance(999_999_999L);
        invalidSpi(log);
        assertThat(log.rateLimited()).isEqualTo(8);
        timers.advance(1_000_000_000L);
        invalidSpi(log);
        assertThat(log.rateLimited()).isEqualTo(8);
        assertThat(log.show()).startsWith("Syslog logging: enabled (0 messages dropped, 8 messages rate-limited, ");
    }

    @Test
    void shouldMakeADebugLineOnlyIfSomebodyLooks() {
        final SyslogService log = log(true, SyslogSettings.DEFAULTS);
        final int[] made = {0};
        final Runnable debug = () -> log.debug(Debug.CRYPTO_ISAKMP, PEER, () -> "ISAKMP: (0):line " + ++made[0]);
        debug.run();
        assertThat(made[0]).isZero();
        assertThat(log.debugs().set(Debug.CRYPTO_ISAKMP, true)).isEqualTo("Crypto ISAKMP debugging is on\n");
        debug.run();
        log.debugs().condition(IpAddress.parse("10.9.9.9"), true);
        debug.run();
        log.debug(Debug.CRYPTO_ISAKMP, null, () -> "nobody's");
        log.debugs().condition(PEER, true);
        assertThat(log.debugs().show()).isEqualTo("  Crypto ISAKMP debugging is on\n"
            + "  Crypto condition: peer ipv4 10.1.1.1\n  Crypto condition: peer ipv4 10.9.9.9\n");
        debug.run();
        log.debugs().allOff();
        debug.run();
        assertThat(log.buffer()).containsExactly("Sep  2 13:27:57.707: ISAKMP: (0):line 1", "Sep  2 13:27:57.707: ISAKMP: (0):line 2");
    }

    @Test
    void shouldTellListenersInOrderAndNotLetThemRecurse() {
        final SyslogService log = log(true, settings(TimestampFormat.DATETIME_MSEC, 1 << 20, 0));
        final List<String> heard = new ArrayList<>();
        log.listen(line -> {
            if (heard.size() < 5_000) {
                log.message("SYS", 5, "ECHO", "1");
                log.message("SYS", 5, "ECHO", "2");
            }
        });
        log.listen(line -> heard.add(line.mnemonic()));
        log.message("SYS", 5, "FIRST", "x");
        assertThat(heard).hasSizeBetween(5_000, 7_000).first().isEqualTo("FIRST");
        assertThat(log.show()).doesNotStartWith("Syslog logging: enabled (0 messages dropped");
    }

    @Test
    void shouldKeepALineOneLine() {
        final SyslogService log = log(true, settings(TimestampFormat.DATETIME_MSEC, 1 << 20, 0));
        log.message("SYS", 5, "X", "a\r\n%SYS-0-FORGED: b" + "c".repeat(10_000));
        assertThat(log.buffer()).singleElement().asString().contains("a  %SYS-0-FORGED").hasSizeLessThan(SyslogService.MAX_LINE + 40);
    }

    @Test
    void shouldShowTheLogAsThePlatformDoes() {
        final SyslogService log = log(true, settings(TimestampFormat.DATETIME_MSEC, 4096, 0,
            new RemoteHost(IpAddress.parse("192.0.2.9"), 514, RemoteHost.Format.RFC3164)));
        log.message("SYS", 5, "CONFIG_I", "Configured from console by console");
        assertThat(log.show().lines()).contains(
            "    Buffer logging:  level debugging, 1 messages logged, xml disabled,",
            "    Trap logging: level informational, 1 message lines logged",
            "        Logging to 192.0.2.9  (udp port 514, audit disabled,",
            "Log Buffer (4096 bytes):",
            "Sep  2 13:27:57.707: %SYS-5-CONFIG_I: Configured from console by console");
    }

    @Test
    void shouldSendBothFormatsOverUdp() throws IOException {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress()); DatagramSocket client = new DatagramSocket()) {
            server.setSoTimeout(10_000);
            final RemoteHost bsd = new RemoteHost(IpAddress.parse("127.0.0.1"), server.getLocalPort(), RemoteHost.Format.RFC3164);
            final RemoteHost ietf = new RemoteHost(IpAddress.parse("127.0.0.1"), server.getLocalPort(), RemoteHost.Format.RFC5424);
            final SyslogService log = new SyslogService(new WallClock(timers, START, ZoneId.of("UTC"), true),
                settings(TimestampFormat.DATETIME_MSEC, 4096, 0, bsd, ietf), (host, datagram) -> {
                    try {
                        client.send(new DatagramPacket(datagram, datagram.length, InetAddress.getByAddress(host.address().octets()), host.port()));
                    } catch (final IOException e) {
                        throw new AssertionError(e);
                    }
                });
            invalidSpi(log);
            assertThat(receive(server)).isEqualTo("<188>Sep  2 13:27:57 R1 %CRYPTO-4-RECVD_PKT_INV_SPI: " + TEXT);
            assertThat(receive(server)).isEqualTo(
                "<188>1 2013-09-02T13:27:57.707000Z R1 CRYPTO - RECVD_PKT_INV_SPI - %CRYPTO-4-RECVD_PKT_INV_SPI: " + TEXT);
        }
    }

    private static String receive(final DatagramSocket server) throws IOException {
        final DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        server.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldNotSendMoreThanAServerMustTake() {
        final SyslogService log = log(true, settings(TimestampFormat.DATETIME_MSEC, 4096, 0,
            new RemoteHost(PEER, 514, RemoteHost.Format.RFC3164), new RemoteHost(PEER, 514, RemoteHost.Format.RFC5424)));
        log.message("SYS", 5, "LONG", "x".repeat(3_000));
        log.debugs().set(Debug.NHRP, true);
        log.debug(Debug.NHRP, null, () -> "not for servers");
        assertThat(datagrams).extracting(datagram -> datagram.length).containsExactly(1024, 2048);
    }

    @Test
    void shouldBeReadByTsharkAsItIsMeant(@TempDir final Path directory) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "tshark is not installed");
        final SyslogService log = log(true, settings(TimestampFormat.DATETIME_MSEC, 4096, 0,
            new RemoteHost(PEER, 514, RemoteHost.Format.RFC3164), new RemoteHost(PEER, 514, RemoteHost.Format.RFC5424)));
        invalidSpi(log);
        final Path capture = directory.resolve("syslog.pcap");
        Files.write(capture, capture(datagrams));
        final Process tshark = new ProcessBuilder("/usr/bin/tshark", "-r", capture.toString(), "-T", "fields", "-e", "syslog.facility",
            "-e", "syslog.level", "-e", "syslog.hostname", "-e", "syslog.msg").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final List<String> lines = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertThat(tshark.waitFor()).isZero();
        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("23\t4\t").contains("R1", "RECVD_PKT_INV_SPI: decaps"));
    }

    /** A capture of raw IPv4 (link type 228) with UDP to port 514. */
    private static byte[] capture(final List<byte[]> payloads) {
        final ByteBuffer out = ByteBuffer.allocate(1 << 16);
        out.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65535).putInt(228);
        for (final byte[] payload : payloads) {
            final int length = 28 + payload.length;
            out.putInt(0).putInt(0).putInt(length).putInt(length)
                .putShort((short) 0x4500).putShort((short) length).putInt(0).putShort((short) 0x4011).putShort((short) 0)
                .putInt(0x14010102).putInt(0x0a010101)
                .putShort((short) 514).putShort((short) 514).putShort((short) (8 + payload.length)).putShort((short) 0).put(payload);
        }
        return java.util.Arrays.copyOf(out.array(), out.position());
    }
}
