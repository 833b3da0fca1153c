package org.qfpsim.controlplane.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;

/**
 * Replays sessions on terminal lines. {@code @config LINE} is in the router's configuration, {@code @open console|owner|stranger|plain
 * [ROWS COLUMNS]} opens a line, {@code @log SEVERITY TEXT} logs, {@code @advance SECONDS} lets time pass, {@code @close} ends the input;
 * {@code > KEYS} is typed, with {@code \r}, {@code \t}, {@code \e} and {@code ^A} to {@code ^Z}. All other lines are what is shown, octet
 * for octet: a {@code $} is a carriage return and line feed (a line feed of a plain line), a tilde the place where the cursor stays,
 * {@code \b} a backspace, {@code \a} a bell. With -Dqfp.regenerate=true the expected output is written anew.
 */
class TerminalTranscriptTest {
    @TempDir
    private Path flash;
    private final List<String> config = new ArrayList<>(List.of("hostname R1", "interface GigabitEthernet0/0/0",
        " ip address 10.0.0.1 255.255.255.0", "interface GigabitEthernet0/0/1", " ip address 10.0.1.1 255.255.255.0"));
    private TerminalRig rig;
    private final List<TerminalPort> ports = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @ParameterizedTest
    @ValueSource(strings = {"modes", "errors", "help", "editing", "paging", "filters", "logging", "plain", "access", "lines", "questions"})
    void shouldShowWhatTheTranscriptSays(final String name) throws IOException {
        final Path file = Path.of(System.getProperty("qfp.root"),
            "control-plane/src/test/resources/org/qfpsim/controlplane/terminal", name + ".txt");
        final String expected = Files.readString(file);
        expected.lines().filter(line -> line.startsWith("#") || line.startsWith("@") || line.startsWith("> ")).forEach(this::direct);
        if (Boolean.getBoolean("qfp.regenerate")) {
            Files.writeString(file, text);
        }
        assertThat(text.toString()).isEqualTo(expected);
    }

    private TerminalPort port() {
        return ports.getLast();
    }

    private void direct(final String line) {
        text.append(line).append('\n');
        final String[] words = line.substring(1).strip().split(" ", 2);
        switch (line.charAt(0)) {
            case '>' -> show(rig.type(port(), keys(line.substring(2))));
            case '@' -> act(words[0], words.length > 1 ? words[1] : "");
            default -> {
            }
        }
    }

    private void act(final String word, final String rest) {
        if (word.equals("config")) {
            config.add(rest);
            return;
        }
        if (rig == null) {
            rig = new TerminalRig(flash, String.join("\n", config));
        }
        switch (word) {
            case "open" -> {
                final String[] parts = rest.split(" ");
                final int rows = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
                final int columns = parts.length > 2 ? Integer.parseInt(parts[2]) : 0;
                ports.add(rig.open(switch (parts[0]) {
                    case "console" -> Caller.console(true, columns, rows);
                    case "plain" -> Caller.console(false, 0, 0);
                    case "owner" -> Caller.owner(true, "local", columns, rows);
                    default -> new Caller(Caller.Way.SSH, Caller.Manner.SCREEN, "192.0.2.1", "", 1, columns, rows);
                }));
                rig.advance(0.001);
            }
            case "line" -> ports.add(ports.remove(Integer.parseInt(rest)));
            case "log" -> rig.supervisor.log().message("TEST", Integer.parseInt(rest.substring(0, 1)), "SAID", rest.substring(2));
            case "advance" -> rig.advance(Double.parseDouble(rest));
            case "close" -> {
                port().endInput();
                rig.advance(0.001);
            }
            default -> throw new IllegalArgumentException(word);
        }
        rig.advance(0.001);
        show(TerminalRig.shown(port()));
    }

    private void show(final String shown) {
        if (!shown.isEmpty()) {
            text.append(shown.replace("\\", "\\\\").replace("\r\n", "$\n").replaceAll("(?<!\\$)\n", "\\$\n").replace("\b", "\\b")
                .replace("\u0007", "\\a"));
            if (!shown.endsWith("\n")) {
                text.append("~\n");
            }
        }
        if (port().isClosed()) {
            text.append("=== the session is over\n");
        }
    }

    private static String keys(final String typed) {
        final StringBuilder keys = new StringBuilder();
        for (int i = 0; i < typed.length(); i++) {
            final char c = typed.charAt(i);
            if (c == '\\') {
                keys.append(switch (typed.charAt(++i)) {
                    case 'r' -> '\r';
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'e' -> '\u001b';
                    case 'd' -> '\u007f';
                    default -> typed.charAt(i);
                });
            } else {
                keys.append(c == '^' ? (char) (typed.charAt(++i) - '@') : c);
            }
        }
        return keys.toString();
    }
}
