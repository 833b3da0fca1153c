package org.qfpsim.controlplane.qfp.ipsec;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.IpsecMessages;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.datapath.route.InterfaceSpec;

/** What the tables of this package are filled with, at the moment. */
public interface QfpIpsecState {
    /** All flows. */
    Collection<Flow> flows();

    /** All pairs of SAs, the oldest first. */
    Collection<SaPair> pairs();

    /** What control plane and datapath have told each other. */
    IpsecMessages messages();

    /**
     * An interface of the datapath.
     *
     * @param name in full.
     * @return the interface, or null.
     */
    @Nullable InterfaceSpec interfaceNamed(String name);

    /** Global settings of IPsec. */
    IpsecConfig settings();
}
