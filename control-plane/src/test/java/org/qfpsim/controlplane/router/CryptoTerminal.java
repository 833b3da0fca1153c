package org.qfpsim.controlplane.router;

import java.time.Instant;
import java.time.ZoneOffset;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.cryptoshow.CryptoCommands;
import org.qfpsim.controlplane.show.CommandTree;
import org.qfpsim.controlplane.time.WallClock;

/** A terminal of a router with the crypto commands only. */
final class CryptoTerminal {
    private final CommandTree tree;

    CryptoTerminal(final Lab.Router router) {
        final WallClock clock = new WallClock(router.timers, Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC, false);
        tree = new CommandTree(new CryptoCommands(router.plane, clock).commands());
    }

    static String run(final Lab.Router router, final String line) {
        return new CryptoTerminal(router).run(line);
    }

    String run(final String line) {
        return tree.execute(line).text();
    }

    boolean run(final String line, final Output out) {
        return tree.execute(line, out);
    }
}
