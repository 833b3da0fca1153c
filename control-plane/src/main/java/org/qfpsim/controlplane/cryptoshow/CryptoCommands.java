package org.qfpsim.controlplane.cryptoshow;

import java.util.ArrayList;
import java.util.List;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.controlplane.time.WallClock;

/** The crypto commands of one router, each from its first word on. */
public final class CryptoCommands {
    private final ShowIpsecCommands ipsec;
    private final ShowIkeCommands ike;
    private final ShowOtherCommands other;
    private final ClearCommands clear;

    /**
     * The commands of one router.
     *
     * @param plane what they show and clear.
     * @param clock for the times of events.
     */
    public CryptoCommands(final ControlPlane plane, final WallClock clock) {
        final Baselines baselines = new Baselines(plane);
        final AdmissionTable admission = new AdmissionTable(plane);
        ipsec = new ShowIpsecCommands(plane, baselines);
        ike = new ShowIkeCommands(plane, admission);
        other = new ShowOtherCommands(plane, clock, baselines, admission);
        clear = new ClearCommands(plane, baselines, admission);
    }

    /** All of them. */
    public List<CommandNode> commands() {
        final List<CommandNode> all = new ArrayList<>();
        all.add(show(ipsec.command()));
        ike.commands().forEach(each -> all.add(show(each)));
        other.commands().forEach(each -> all.add(show(each)));
        all.add(other.trace());
        all.add(clear.command());
        return all;
    }

    private static CommandNode show(final CommandNode command) {
        return CommandNode.group("show", "Show running system information", CommandNode.group("crypto", "Encryption module", command));
    }
}
