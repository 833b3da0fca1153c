package org.qfpsim.controlplane.qfp.hardware;

import java.time.Instant;
import java.util.List;
import org.qfpsim.datapath.route.PacketBuffers;

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

    /** What the datapath has for packets, and what of it is in use. */
    PacketBuffers buffers();

    /** Packets that an engine has done. */
    long enginePackets(int engine);

    /** Batches in which an engine has taken them. */
    long engineBatches(int engine);

    /** Packets that the control plane has injected. */
    long injected();

    /** Deadlines of the control plane that will still run. */
    int timersActive();

    /** Nanoseconds since the router started. */
    long uptimeNanos();

    /** When the router started, on its own clock as if its zone were UTC. */
    Instant started();
}
