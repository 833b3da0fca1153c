package org.qfpsim.controlplane.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalLines;
import org.qfpsim.controlplane.terminal.TerminalLines.Count;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.controlplane.terminal.TerminalPump;

/** Far ends that type too much, read too little, or go away. */
class TerminalLimitsTest {
    @TempDir
    private Path flash;
    private TerminalRig rig;

    @BeforeEach
    void start() {
        rig = new TerminalRig(flash, "hostname R1\nlogging buffered 1000000\nline con 0\n length 0\nline vty 0 15\n length 0");
        for (int i = 0; i < 3000; i++) {
            rig.supervisor.log().message("TEST", 6, "FILL", "line " + i + " of a log that is longer than what a port holds");
        }
    }

    private TerminalPort owner() {
        return rig.open(Caller.owner(true, "local", 80, 0));
    }

    private long count(final Count what) {
        return rig.supervisor.lines().count(what);
    }

    @Test
    void shouldDropAReaderThatHasStopped() {
        final TerminalPort port = owner();
        rig.type(port, "");
        final byte[] command = "show logging\r".getBytes(StandardCharsets.US_ASCII);
        port.offer(command, 0, command.length);
        rig.advance(0.001);
        rig.advance(59);
        assertThat(port.isClosed()).isFalse();
        assertThat(rig.type(owner(), "show privilege\r")).contains("Current privilege level is 1");
        rig.advance(2);
        assertThat(port.isClosed()).isTrue();
        assertThat(count(Count.STALLED)).isEqualTo(1);
    }

    @Test
    void shouldGoOnForAReaderThatIsSlow() {
        final TerminalPort port = owner();
        final StringBuilder shown = new StringBuilder(rig.type(port, "show logging\r"));
        for (int i = 0; i < 100; i++) {
            rig.advance(1);
            shown.append(TerminalRig.shown(port));
        }
        assertThat(shown.toString()).contains("line 0 of", "line 2999 of").endsWith("R1>");
        assertThat(port.isClosed()).isFalse();
    }

    @Test
    void shouldEndWithATerminalThatGoesAwayInTheMiddle() {
        final TerminalPort port = owner();
        final byte[] command = "show logging\r".getBytes(StandardCharsets.US_ASCII);
        port.offer(command, 0, command.length);
        rig.advance(0.01);
        port.hangUp();
        rig.advance(0.01);
        assertThat(port.isClosed()).isTrue();
        assertThat(count(Count.HUNG_UP)).isEqualTo(1);
    }

    @Test
    void shouldInterruptOutput() {
        final TerminalPort port = owner();
        final byte[] command = "show logging\r".getBytes(StandardCharsets.US_ASCII);
        port.offer(command, 0, command.length);
        rig.advance(0.01);
        final StringBuilder shown = new StringBuilder(rig.type(port, "typed ahead\u0003"));
        for (int i = 0; i < 10; i++) {
            rig.advance(0.01);
            shown.append(TerminalRig.shown(port));
        }
        assertThat(shown.toString()).contains("line 0 of").doesNotContain("line 2999 of").endsWith("R1>");
    }

    @Test
    void shouldTakeOnlySoManyCharactersOfALine() {
        final TerminalPort port = owner();
        final String shown = rig.type(port, "x".repeat(1 << 20)) + rig.type(port, "\r");
        assertThat(shown.length()).isLessThan(10_000);
        assertThat(shown).contains("\u0007").endsWith("R1>");
        final TerminalPort plain = rig.open(Caller.console(false, 0, 0));
        assertThat(rig.type(plain, "y".repeat(1 << 20) + "\nshow privilege\n"))
            .isEqualTo("R1>" + "y".repeat(60) + "...\n% Command line of 1048576 octets is too long: at most 254\nR1>show privilege\n"
                + "Current privilege level is 1\n");
    }

    @Test
    void shouldTakeOctetsThatAreNoText() {
        final TerminalPort plain = rig.open(Caller.console(false, 0, 0));
        assertThat(rig.type(plain, "! \u00c3\u00bc\u0000\u00ff\u001b\n")).isEqualTo("R1>! \u00fc   \n");
    }

    @Test
    void shouldRefuseTheSeventeenth() {
        final List<TerminalPort> ports = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ports.add(owner());
        }
        assertThat(ports.stream().filter(port -> !port.isClosed())).hasSize(TerminalLines.VIRTUAL);
        assertThat(count(Count.REFUSED)).isEqualTo(200 - TerminalLines.VIRTUAL);
        rig.type(ports.getFirst(), "exit\r");
        assertThat(owner().isClosed()).isFalse();
    }

    @Test
    void shouldNotLetAFloodOfInputKeepTheRouterFromItsWork() {
        final TerminalPort port = owner();
        final byte[] flood = "\r".repeat(4096).getBytes(StandardCharsets.US_ASCII);
        port.offer(flood, 0, flood.length);
        int done = 0;
        final long now = rig.timers.nanos() + 1000;
        for (int i = 0; i < 10; i++) {
            done += rig.supervisor.lines().work(now);
        }
        assertThat(done).isEqualTo(2000);
        assertThat(rig.supervisor.lines().nextDeadline()).isEqualTo(now + 100_000);
    }

    @Test
    void shouldPumpStreams() throws IOException, InterruptedException {
        final TerminalPort port = rig.open(Caller.console(false, 0, 0));
        final InputStream typed = new ByteArrayInputStream("show privilege\nshow logging\n".getBytes(StandardCharsets.US_ASCII));
        final PipedInputStream shown = new PipedInputStream(1 << 12);
        final PipedOutputStream out = new PipedOutputStream(shown);
        final TerminalPump pump = TerminalPump.start(typed, out, port);
        final StringBuilder text = new StringBuilder();
        while (pump.isRunning() || shown.available() > 0) {
            // The other threads take time of the wall, not of the router: it must not take them for readers that have stopped.
            rig.advance(0.000_001);
            while (shown.available() > 0) {
                text.append((char) shown.read());
            }
            Thread.onSpinWait();
        }
        pump.join();
        assertThat(text.toString()).startsWith("R1>show privilege\nCurrent privilege level is 1\nR1>show logging\n")
            .endsWith("line 2999 of a log that is longer than what a port holds\n");
    }

    @Test
    void shouldEndWhenTheFarEndCannotBeWritten() throws InterruptedException {
        final TerminalPort port = rig.open(Caller.console(false, 0, 0));
        final TerminalPump pump = TerminalPump.start(new ByteArrayInputStream("show logging\n".getBytes(StandardCharsets.US_ASCII)),
            new OutputStream() {
                @Override
                public void write(final int octet) throws IOException {
                    throw new IOException("gone");
                }
            }, port);
        while (!port.isClosed()) {
            rig.advance(0.000_001);
            Thread.onSpinWait();
        }
        pump.join();
        assertThat(count(Count.HUNG_UP) + count(Count.OPENED)).isEqualTo(2);
    }
}
