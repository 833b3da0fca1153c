package org.qfpsim.controlplane.qfp.hardware;

import java.time.Instant;
import java.util.List;

/** What a router's hardware tables are filled with, at the moment. */
public interface HardwareState {
    /** The interfaces that packets come and go by, and the way from and to the control plane. */
    List<InterfaceDrops> interfaces();

    /** Octets that SAs, interfaces, routes and neighbours take. */
    long resourceOctets();

    /** Entries of crypto maps, each of which a TCAM would hold. */
    int policyEntries();

    /** IPsec SAs that are installed. */
    long activeSas();

    /** IPsec SAs that were installed since the start. */
    long createdSas();

    /** IPsec SAs that the datapath had no room for. */
    long failedSas();

    /** IKE SAs. */
    long ikeSas();

    /** Octets of the files in {@code flash:}. */
    long flashUsed();

    /** Octets that fit there. */
    long flashCapacity();

    /** When the router started, on its own clock as if its zone were UTC. */
    Instant started();
}
