package org.qfpsim.controlplane.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.config.text.RunningConfig;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;

/** Whatever is typed: no exception, the router's configuration stays one, and the next session works as ever. */
class TerminalFuzzTest {
    private static final String[] PIECES = {"enable\r", "conf t\r", "end\r", "exit\r", "show ", "show running-config\r", "interface Gi0/0/0\r",
        "ip address 10.0.0.1 255.0.0.0\r", "line vty 0 4\r", "length 5\r", "do ", "terminal length 7\r", "terminal width 20\r", "?", "\t", " ",
        "\u0001", "\u0002", "\u0003", "\u0004", "\u0005", "\u000b", "\u0010", "\u0015", "\u0016", "\u0017", "\u0019", "\u001a", "\u001b[A",
        "\u001b", "\u007f", "\b", "q", "\r", "\n", " | include ", " | count ", "| section _", "(((((", "[a-", "*", "no ", "show history\r",
        "enable secret 8 ", "hostname X\r", "show logging\r", "dir | append flash:f\r", "more flash:f\r", "terminal history size 3\r",
        "banner motd #x#\r", "login local\r", "username a password 0 b\r", "show users\r", "terminal monitor\r"};

    @TempDir
    private Path flash;

    @FuzzTest(maxDuration = "1m")
    void fuzz(final byte[] typed) {
        survive(new String(typed, StandardCharsets.ISO_8859_1), typed.length % 2 == 0);
    }

    @Test
    void shouldSurviveAnythingThatIsTyped() {
        for (int round = 0; round < 60 * Integer.getInteger("qfp.test.scale", 1); round++) {
            final Random random = new Random(round);
            final StringBuilder typed = new StringBuilder();
            for (int i = random.nextInt(200); i >= 0; i--) {
                if (random.nextInt(4) == 0) {
                    typed.append((char) random.nextInt(256));
                } else {
                    typed.append(PIECES[random.nextInt(PIECES.length)]);
                }
            }
            try {
                survive(typed.toString(), random.nextBoolean());
            } catch (final RuntimeException | Error e) {
                throw new AssertionError("round " + round + ": " + e, e);
            }
        }
    }

    private void survive(final String typed, final boolean screen) {
        final TerminalRig rig = new TerminalRig(flash, "hostname R1\ninterface GigabitEthernet0/0/0");
        final TerminalPort port = rig.open(Caller.console(screen, 80, 24));
        rig.type(port, typed);
        rig.supervisor.log().message("TEST", 5, "SAID", "something");
        port.endInput();
        rig.advance(1);
        for (int i = 0; i < 50 && !port.isClosed(); i++) {
            TerminalRig.shown(port);
            rig.advance(100);
        }
        assertThat(port.isClosed()).isTrue();
        final String written = RunningConfig.text(rig.supervisor.config(), RunningConfig.Keys.SHOWN);
        final ConfigFile again = ConfigFile.read("again", written);
        assertThat(again.refused()).isEmpty();
        assertThat(again.config()).isEqualTo(rig.supervisor.config());
        final TerminalPort next = rig.open(new Caller(Caller.Way.OWNER, Caller.Manner.SCREEN, "", "somebody", 1, 80, 24));
        final String name = rig.supervisor.config().hostname();
        assertThat(rig.type(next, "show privilege\r")).contains("Current privilege level is ").containsAnyOf(name + ">", name + "#");
    }
}
