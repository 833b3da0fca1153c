package org.qfpsim.controlplane.supervisor;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.qfpsim.controlplane.cli.CommandNode;

/** What can be typed on routers in privileged exec mode: on hardware, on software, on a new release. */
final class GrammarOfRouters {
    private GrammarOfRouters() {
    }

    static List<List<CommandNode>> all(final Path flash) {
        return Stream.of("qfp-sim platform esp20", "qfp-sim platform software", "qfp-sim release 17.13.1")
            .map(line -> new TerminalRig(flash, line + "\ninterface GigabitEthernet0/0/0\n").supervisor.terminal().tree().commands()).toList();
    }
}
