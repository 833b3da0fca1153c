package org.qfpsim.controlplane.eem;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;

/** Whatever an applet says: it is refused in one line, or its run comes to an end in bounded steps and time. */
class AppletFuzzTest {
    private static final long MINUTE = 60_000_000_000L;

    @FuzzTest(maxDuration = "1m")
    void fuzz(final byte[] octets) {
        run(new String(octets, StandardCharsets.UTF_8));
    }

    static void run(final String lines) {
        final Applet parsed;
        try {
            parsed = AppletParser.parse("X", lines.lines().toList());
        } catch (final AppletException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContainPattern("[\\r\\n]");
            return;
        }
        final Timers timers = new Timers();
        final EventManager manager = new EventManager(timers, EventLog.SILENT, applet -> line -> "output of " + line);
        manager.register(new Applet("X", new Applet.Event.None(), new Applet.Limits(MINUTE, 0), parsed.program()));
        assertThat(manager.run("X", text -> { })).isEmpty();
        timers.advance(2 * MINUTE);
        assertThat(timers.next()).isEqualTo(Long.MAX_VALUE);
        assertThat(manager.run("X", text -> { })).as("the run before has ended").isEmpty();
    }
}
