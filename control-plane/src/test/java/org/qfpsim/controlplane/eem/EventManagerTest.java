package org.qfpsim.controlplane.eem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.show.FileFilter;
import org.qfpsim.controlplane.show.FlashFolder;
import org.qfpsim.controlplane.show.Result;
import org.qfpsim.controlplane.syslog.Severity;
import org.qfpsim.controlplane.syslog.SyslogService;
import org.qfpsim.controlplane.syslog.SyslogSettings;
import org.qfpsim.controlplane.syslog.TimestampFormat;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.controlplane.time.WallClock;

/** Applets as people write them, and applets that would run for ever. */
class EventManagerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final TimestampFormat PLAIN = new TimestampFormat(TimestampFormat.Kind.NONE, false, false, false, false);
    private static final String INVALID_SPI = "decaps: rec'd IPSEC packet has invalid spi for destaddr=20.1.1.2, prot=50, "
        + "spi=0xB761863E(3076621886), srcaddr=10.1.1.1, input interface=GigabitEthernet1";
    /** Section 4.6 of the reference: collects what is needed when an invalid SPI strikes. */
    private static final String COLLECT = """
         event syslog pattern "CRYPTO-4-RECVD_PKT_INV_SPI" maxrun 60 ratelimit 60
         action 010 regexp "srcaddr=([0-9.]+)" "$_syslog_msg" match peer
         action 020 cli command "enable"
         action 030 cli command "debug crypto condition peer ipv4 $peer"
         action 040 cli command "debug crypto isakmp"
         action 050 cli command "debug crypto ipsec"
         action 060 cli command "show crypto isakmp sa | append flash:invspi.txt"
         action 070 cli command "show crypto ipsec sa peer $peer | append flash:invspi.txt"
         action 080 cli command "show platform hardware qfp active feature ipsec datapath drops | append flash:invspi.txt"
         action 090 syslog msg "invalid SPI from $peer, state saved"
        """;

    @TempDir
    private Path parent;
    private final Timers timers = new Timers();
    private final List<String> commands = new ArrayList<>();
    private final List<String> terminal = new ArrayList<>();
    private SyslogService log;
    private EventManager manager;

    @BeforeEach
    void start() {
        log = new SyslogService(new WallClock(timers, Instant.EPOCH, ZoneId.of("UTC"), true),
            new SyslogSettings("R1", PLAIN, PLAIN, 1 << 20, Severity.DEBUGGING, null, Severity.DEBUGGING, Severity.INFORMATIONAL,
                SyslogSettings.RateLimit.OFF, List.of()),
            (host, datagram) -> { });
        final FlashFolder flash = new FlashFolder(parent.resolve("flash"), 1 << 20);
        manager = new EventManager(timers, log, applet -> line -> {
            final StringBuilder text = new StringBuilder();
            FileFilter.run(line, flash, (command, out, refusals) -> {
                out.print(execute(command).text());
                return true;
            }, text::append);
            return text.toString();
        });
        log.listen(manager);
    }

    private Result execute(final String line) {
        commands.add(line);
        if (line.startsWith("storm")) {
            log.message("CRYPTO", 4, "RECVD_PKT_INV_SPI", "again");
        }
        return new Result(true, line.startsWith("show") ? "output of " + line + "\n" : "");
    }

    private void register(final String name, final String lines) {
        try {
            manager.register(AppletParser.parse(name, lines.lines().toList()));
        } catch (final AppletException e) {
            throw new AssertionError(e);
        }
    }

    private void advance(final double seconds) {
        timers.advance(timers.nanos() + (long) (seconds * SECOND));
    }

    private void strike() {
        log.message("CRYPTO", 4, "RECVD_PKT_INV_SPI", INVALID_SPI);
    }

    /** Runs an applet of event none and returns what it put on the terminal. */
    private String puts(final String actions) {
        register("TEST", "event none maxrun 5\n" + actions);
        terminal.clear();
        assertThat(manager.run("TEST", terminal::add)).isEmpty();
        advance(10);
        return String.join("", terminal).strip().replace("\n", "|");
    }

    @Test
    void shouldCollectWhatTheReferencesAppletCollects() throws IOException {
        register("INV_SPI_HUB", COLLECT);
        strike();
        advance(1);
        assertThat(commands).containsExactly("enable", "debug crypto condition peer ipv4 10.1.1.1", "debug crypto isakmp",
            "debug crypto ipsec", "show crypto isakmp sa", "show crypto ipsec sa peer 10.1.1.1",
            "show platform hardware qfp active feature ipsec datapath drops");
        assertThat(Files.readString(parent.resolve("flash/invspi.txt"))).isEqualTo("output of show crypto isakmp sa\n"
            + "output of show crypto ipsec sa peer 10.1.1.1\noutput of show platform hardware qfp active feature ipsec datapath drops\n");
        assertThat(log.buffer()).last().isEqualTo("%HA_EM-6-LOG: INV_SPI_HUB: invalid SPI from 10.1.1.1, state saved");
    }

    @Test
    void shouldNotRunMoreOftenThanItsRateLimit() {
        register("INV_SPI_HUB", COLLECT);
        for (int second = 0; second < 120; second++) {
            strike();
            advance(1);
        }
        assertThat(manager.counts("INV_SPI_HUB")).isEqualTo(new EventManager.Counts(2, 118, 0));
        assertThat(commands).filteredOn("enable"::equals).hasSize(2);
    }

    @Test
    void shouldCountLinesWithinAPeriod() {
        register("THREE", "event syslog pattern \"INV_SPI\" occurs 3 period 10\naction 1 cli command \"x\"");
        for (final double pause : new double[] {6, 6, 6, 1, 1, 1, 1}) {
            strike();
            advance(pause);
        }
        // The lines at 12, 18 and 19 s; those at 20 and 21 s are two of the next three.
        assertThat(commands).hasSize(1);
        strike();
        advance(1);
        assertThat(commands).hasSize(2);
    }

    @Test
    void shouldRunOnTimers() {
        register("OFTEN", "event timer watchdog time 60 \naction 1 cli command \"often\"");
        register("ONCE", "event timer countdown time 90\naction 1 cli command \"once\"");
        advance(301);
        assertThat(commands).containsExactly("often", "once", "often", "often", "often", "often");
        manager.unregister("OFTEN");
        advance(301);
        assertThat(commands).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "yes; set a 5 / if $a eq 5 / puts yes / else / puts no / end",
        "no; set a 50 / if $a lt 6 / puts yes / else / puts no / end",
        "b; set a x / if $a eq y / puts a / elseif $a eq x / puts b / elseif $a eq x / puts c / else / puts d / end",
        "0|1|2; set i 0 / while $i lt 3 / puts $i / increment i / end",
        "a|b; foreach w `\"a b c\"` / if $w eq c / break / end / puts $w / end",
        "a.|b.; foreach w `\"a,b\"` , / puts `\"$w.\"` / end",
        "1|3; foreach w `\"1 2 3\"` / if $w eq 2 / continue / end / puts $w / end",
        "1 12:34 12 34; regexp `\"([0-9]+):([0-9]+)\"` `\"at 12:34\"` m h s / puts `\"$_regexp_result $m $h $s\"`",
        "0; regexp x y m / puts $_regexp_result",
        "ab; set a a / append a b / puts $a",
        "output of show x; cli command `\"show x\"` / puts $_cli_result",
        "7 $5 ${x; set a 10 / decrement a 3 / puts `\"${a} $5 ${x\"`",
        "one; puts one / exit / puts two",
        "x \"y\" z; puts `\"x \\\"y\\\" z\"`",
        "1|2|3|4; foreach a `\"1 3\"` / foreach b `\"0 1\"` / set c $a / increment c $b / puts $c / end / end"})
    void shouldDoWhatActionsSay(final String expected, final String actions) {
        final StringBuilder lines = new StringBuilder();
        int label = 100;
        for (final String action : actions.replace("`", "").split(" / ")) {
            lines.append(action.isBlank() ? "" : "action " + label++ + " " + action + "\n");
        }
        assertThat(puts(lines.toString())).isEqualTo(expected);
    }

    @Test
    void shouldWaitInTheRoutersTime() {
        register("WAIT", "event none\naction 1 puts a\naction 2 wait 2.5\naction 3 puts b");
        assertThat(manager.run("WAIT", terminal::add)).isEmpty();
        advance(2.4);
        assertThat(terminal).containsExactly("a\n");
        assertThat(manager.run("WAIT", terminal::add)).isEqualTo("EEM policy WAIT is running already\n");
        advance(0.2);
        assertThat(terminal).containsExactly("a\n", "b\n");
    }

    @Test
    void shouldEndWhatNeverEnds() {
        register("LOOP", "event none\naction 1 while 1 eq 1\naction 2 set a b\naction 3 end");
        assertThat(manager.run("LOOP", terminal::add)).isEmpty();
        advance(60);
        assertThat(log.buffer()).singleElement().asString().startsWith("%HA_EM-3-FMPD_ERROR: Error executing applet LOOP statement ")
            .endsWith(": more than 100000 steps");
        register("LONG", "event none maxrun 3\naction 1 puts a\naction 2 wait 100\naction 3 puts never");
        manager.run("LONG", terminal::add);
        advance(200);
        assertThat(terminal).containsExactly("a\n");
        assertThat(log.buffer()).last().isEqualTo("%HA_EM-3-FMPD_ERROR: Error executing applet LONG statement 3: maxrun is over");
    }

    @Test
    void shouldNotStormWhenAnAppletCausesItsOwnEvent() {
        register("ECHO", "event syslog pattern \"LOG|INV_SPI\"\naction 1 cli command storm\naction 2 syslog msg \"LOG INV_SPI\"");
        strike();
        // In one instant nothing runs twice; over time it is a run in 2 ms at most.
        advance(0.0001);
        assertThat(commands).isEmpty();
        advance(1);
        assertThat(commands).hasSizeBetween(10, 1_000);
        assertThat(manager.counts("ECHO").started()).isEqualTo(commands.size());
    }

    @Test
    void shouldKeepFewRunsWaiting() {
        register("SLOW", "event syslog pattern INV_SPI maxrun 1000\naction 1 wait 100");
        for (int i = 0; i < 100; i++) {
            strike();
            advance(0.01);
        }
        assertThat(manager.counts("SLOW")).isEqualTo(new EventManager.Counts(1, 0, 100 - 1 - EventManager.MAX_WAITING));
    }

    @Test
    void shouldSayWhatItCannotDo() {
        register("BAD", "event none\naction 1 puts \"$nothing\"");
        manager.run("BAD", terminal::add);
        assertThat(log.buffer()).containsExactly(
            "%HA_EM-3-FMPD_ERROR: Error executing applet BAD statement 1: could not find environment variable: nothing");
        manager.environment("nothing", "something");
        manager.run("BAD", terminal::add);
        assertThat(terminal).containsExactly("something\n");
        assertThat(manager.run("NONE", terminal::add)).isEqualTo("EEM policy NONE not registered with event none Event Detector\n");
    }

    @Test
    void shouldShowItsCommandsWhenTheyAreDebugged() {
        log.debugs().set(Debug.EEM_CLI, true);
        puts("action 1 cli command \"show x\"");
        assertThat(log.buffer()).containsExactly("TEST : DEBUG(cli_lib) : : IN  : show x",
            "TEST : DEBUG(cli_lib) : : OUT : output of show x");
    }

    @Test
    void shouldGiveUpASearchThatTakesTooLong() {
        assertThat(puts("action 1 regexp \"(a*)*b\" \"" + "a".repeat(60) + "\"\naction 2 puts $_regexp_result")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
        "event none / action 1 if a eq b~ an if, while or foreach has no end; add: action LABEL end",
        "event none / action 1 end~ 'action 1 end': there is no if, while or foreach that it ends",
        "event none / action 1 cli \"x\"~ 'action 1 cli \"x\"': command is missing",
        "event none / action 1 fly away~ 'action 1 fly away': 'fly' is not a supported action",
        "event none / action 1 set 9x y~ 'action 1 set 9x y': '9x' is not a variable's name: a letter or underscore, then letters, digits, underscores",
        "event syslog pattern \"(\"~ '(' is not a regular expression: Unclosed group",
        "event none / action 1 puts \"x~ 'action 1 puts \"x': a quotation mark is not closed",
        "event timer cron x~ 'event timer cron x': timers are watchdog and countdown",
        "event none ratelimit 5~ 'event none ratelimit 5': 'ratelimit' is not expected here, or is not supported",
        "action 1 puts x~ applet X: there is no event; add one, such as: event none"})
    void shouldRefuseWhatItDoesNotKnow(final String lines, final String message) {
        assertThatThrownBy(() -> AppletParser.parse("X", Arrays.asList(lines.split(" / ")))).isInstanceOf(AppletException.class)
            .hasMessage(message);
    }

    @Test
    void shouldSurviveDamagedApplets() {
        final String whole = COLLECT + """
             action 091 set i "0"
             action 092 while $i lt 5
             action 093 foreach w "a b c" " "
             action 094 if $w eq b
             action 095 continue
             action 096 else
             action 097 append i "$w"
             action 098 end
             action 099 end
             action 100 increment i 1
             action 101 end
            """;
        for (int round = 0; round < 150 * Integer.getInteger("qfp.test.scale", 1); round++) {
            final Random random = new Random(7_368_787L * round);
            final StringBuilder damaged = new StringBuilder(whole);
            for (int i = random.nextInt(5); i >= 0; i--) {
                final int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.setCharAt(at, (char) (32 + random.nextInt(95)));
                    case 1 -> damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(30)));
                    default -> damaged.insert(at, whole, at / 2, Math.min(whole.length(), at / 2 + random.nextInt(40)));
                }
            }
            AppletFuzzTest.run(damaged.toString());
        }
    }
}
