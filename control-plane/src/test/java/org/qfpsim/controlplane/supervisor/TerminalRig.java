package org.qfpsim.controlplane.supervisor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.crypto.IkeCipher;
import org.qfpsim.controlplane.ike.crypto.Integrity;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.controlplane.neighbor.RecordingDatapath;
import org.qfpsim.controlplane.platform.Machine;
import org.qfpsim.controlplane.show.FlashFolder;
import org.qfpsim.controlplane.support.MemoryNvram;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.counters.CounterStore;

/** A router without packets, and terminals on virtual time. */
final class TerminalRig {
    private static final long SECOND = 1_000_000_000L;

    final Timers timers = new Timers();
    final Supervisor supervisor;

    private static final class NoKeys implements IkeKeyLog {
        @Override
        public void ikev1(final long initiatorCookie, final byte[] key) {
            throw new AssertionError("no IKE here");
        }

        @Override
        public void ikev2(final long initiatorSpi, final long responderSpi, final IkeCipher cipher, final byte[] initiatorKey,
                          final byte[] responderKey, final @Nullable Integrity integrity, final byte[] initiatorAuth,
                          final byte[] responderAuth) {
            throw new AssertionError("no IKE here");
        }
    }

    TerminalRig(final Path flash, final String config) {
        final ConfigFile file = ConfigFile.read("test.cfg", config);
        if (!file.refused().isEmpty()) {
            throw new AssertionError(file.refused());
        }
        final WallClock clock = new WallClock(timers, Instant.parse("2012-09-02T13:22:00Z"), ZoneOffset.UTC, true);
        supervisor = new Supervisor(new SupervisorParts(timers, clock, new RecordingDatapath(), CounterStore.inMemory(1).reader(),
            name -> true, new SplittableRandom(1), SaStore.NONE, new NoKeys(), new FlashFolder(flash, 1 << 20), new MemoryNvram(), false, 1, Machine.VIRTUAL), file.config());
    }

    TerminalPort open(final Caller caller) {
        final TerminalPort port = new TerminalPort(() -> { });
        supervisor.lines().open(port, caller, timers.nanos());
        return port;
    }

    /** Lets time pass until a moment, and everything happen that is due. */
    void advance(final double seconds) {
        final long end = timers.nanos() + (long) (seconds * SECOND);
        do {
            supervisor.work(Math.min(end, Math.max(timers.nanos() + 1000, supervisor.nextDeadline())));
        } while (timers.nanos() < end);
    }

    /** Types, lets a millisecond pass, and gives back what is shown. */
    String type(final TerminalPort port, final String keys) {
        final byte[] octets = keys.getBytes(StandardCharsets.ISO_8859_1);
        final StringBuilder shown = new StringBuilder();
        int done = 0;
        do {
            done += port.offer(octets, done, octets.length - done);
            advance(0.001);
            shown.append(shown(port));
        } while (done < octets.length && !port.isClosed());
        return shown.toString();
    }

    /** What is shown. */
    static String shown(final TerminalPort port) {
        final byte[] buffer = new byte[1 << 16];
        return new String(buffer, 0, port.poll(buffer), StandardCharsets.UTF_8);
    }
}
