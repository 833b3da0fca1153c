package org.qfpsim.controlplane.ipsec;

import java.util.Set;
import org.qfpsim.controlplane.config.model.SimulatorConfig.Bug;

/**
 * What a router's IPsec manager can be told besides its flows.
 *
 * @param margins  when SAs are replaced.
 * @param bugs     defects that are switched on.
 * @param restores whether SAs are taken from the store after a restart. A real router forgets them.
 */
public record IpsecSettings(RekeyMargins margins, Set<Bug> bugs, boolean restores) {
    /** A router without defects that forgets its SAs when it restarts. */
    public static final IpsecSettings DEFAULT = new IpsecSettings(RekeyMargins.IOS, Set.of(), false);

    /** Copies the set. */
    public IpsecSettings {
        bugs = Set.copyOf(bugs);
    }
}
