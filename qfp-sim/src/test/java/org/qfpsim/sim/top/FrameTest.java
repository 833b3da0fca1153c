package org.qfpsim.sim.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qfpsim.sim.live.Looks.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.controlplane.live.RouterLook.Kind;
import org.qfpsim.sim.live.History;
import org.qfpsim.sim.live.Looks;

/** The screen, character by character. */
class FrameTest {
    private static final List<String> ROUTERS = List.of("r1", "r2");

    private final History history = new History();
    private final Looks looks = new Looks().engines(2);

    private String frame(final int columns, final int rows) {
        final List<Frame.Line> lines = Frame.of(history, "r2", ROUTERS, new Frame.Screen(columns, rows, true));
        return String.join("\n", lines.stream().map(Frame.Line::text).toList()) + "\n";
    }

    private void story() {
        history.add(looks.pass(10 * SECOND).forward(4000).look());
        history.add(looks.pass(30 * SECOND).forward(600).event(Kind.SYSLOG, 1, 4, "%CRYPTO-4-RECVD_PKT_INV_SPI: decaps").look());
        history.add(looks.pass(15 * SECOND).drop(56, 1500).type(4, 1500).punt(2).spi("10.1.1.1", "0xD82B633D", 1500, "black hole for 15 s")
            .event(Kind.IKE, 1, 6, "KMI Received: KEY_ENG_DELETE_SAS").look());
    }

    @Test
    void shouldShowEverythingThatIsKnown() {
        story();
        assertThat(frame(80, 24)).isEqualTo("""
            r2 of r1 r2  esp20 release 3.7  process 4711
            13:22:55.000 UTC  up 0:00:55  0 packets in flight
            QFP 42% crypto 7% modelled  in 1,234,567 pps 9.9 Gb/s  out 1,000 pps 500.0 kb/s

            Packets a second    received   forwarded     dropped      punted last minute
            all                      100           0         100         0.1    ::::::::%###
            PPE 0                   50.1           0        50.0         0.1    ::::::::%###
            PPE 1                   50.1           0        50.0         0.1    ::::::::%###

            Drops                                       a second     packets last minute
            IpsecInput                                       100       1,500            %###
              4 IN_US_V4_PKT_SA_NOT_FOUND_SPI                100       1,500            %###

            Unknown SPI  source       destination       packets      last  reading
            0xD82B633D   10.1.1.1     20.1.1.2            1,500   0:00:00  black hole for 15

            Log and IKE
            13:22:40.000 %CRYPTO-4-RECVD_PKT_INV_SPI: decaps
            13:22:55.000 KMI Received: KEY_ENG_DELETE_SAS
            """);
    }

    @Test
    void shouldSayWhatThereIsNot() {
        history.add(looks.pass(SECOND).look());
        assertThat(frame(80, 24)).endsWith("(a rate needs two looks)\n\nDrops: none\n\nUnknown SPI: none\n\nLog and IKE: none\n");
    }

    @Test
    void shouldSayThatARouterIsDown() {
        assertThat(frame(80, 24)).isEqualTo("r2 is down, and was never seen up\n");
        story();
        history.down();
        assertThat(frame(80, 24)).startsWith("r2 is DOWN of r1 r2  esp20");
    }

    @ParameterizedTest
    @CsvSource({"80,24", "20,5", "40,1", "200,60", "1,1", "132,10", "64,12"})
    void shouldFitTheScreenWhateverThereIs(final int columns, final int rows) {
        looks.engines(64);
        for (int i = 0; i < 100; i++) {
            history.add(looks.pass(SECOND).forward(64_000_000).drop(1 + i % 60, 64_000).type(1 + i % 40, 3)
                .spi("2001:db8::" + i, "0x00000001",
                Long.MAX_VALUE / 4, "reading").event(Kind.SYSLOG, i + 1, 3, "%LINE-3-" + i).look());
        }
        final List<Frame.Line> lines = Frame.of(history, "r2", ROUTERS, new Frame.Screen(columns, rows, false));
        assertThat(lines).hasSizeLessThanOrEqualTo(rows).allMatch(line -> line.text().length() <= Math.max(20, columns));
        if (rows >= 24) {
            assertThat(lines).hasSize(rows);
        }
    }

    @Test
    void shouldLetNoPeerWriteToTheTerminal() {
        history.add(looks.pass(SECOND).event(Kind.SYSLOG, 1, 5, "\u001b]0;owned\u0007 \u009b31m caf\u00e9 \u202e").look());
        assertThat(frame(80, 0)).endsWith("13:22:01.000 ?]0;owned? ?31m caf? ?\n").matches("[\\x20-\\x7e\n]*");
    }

    @Test
    void shouldPutWhatGoesOnIntoOneLine() {
        history.add(looks.pass(SECOND).event(Kind.IKE, 1, 6, "asks").look());
        history.add(looks.pass(SECOND).event(Kind.IKE, 2, 6, "asks").look());
        assertThat(frame(80, 0)).endsWith("Log and IKE\n13:22:02.000 (since 13:22:01.000) asks\n");
    }
}
