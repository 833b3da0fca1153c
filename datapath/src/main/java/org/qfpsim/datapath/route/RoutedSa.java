package org.qfpsim.datapath.route;

import org.qfpsim.datapath.sa.SaSpec;

/**
 * The control thread's handle of an SA of a routed datapath. Counters are read while packets flow: they are those of the last batch or two.
 * Those of an inbound SA are 0 once {@link RoutedDatapath#reclaim} has freed it; the time of last use stays.
 */
public interface RoutedSa {
    /** {@link #lastUsedNanos} of an SA that no packet has used. */
    long NEVER = Long.MIN_VALUE;

    /** What was configured or negotiated. */
    SaSpec spec();

    /** Its flow, or {@link RoutedConfig#NO_FLOW}. */
    int flow();

    /** Whether packets come in through it. */
    boolean inbound();

    /** Whether it was taken away. */
    boolean isRetired();

    /** Packets that came out of it, or went in. */
    long packets();

    /** Octets of those packets, without what ESP adds. */
    long octets();

    /** Highest sequence number seen or given. */
    long sequence();

    /** When a packet last used it, on the packets' clock; {@link #NEVER} if none has. An inbound one is used by authentic packets only. */
    long lastUsedNanos();

    /** Packets that its replay window refused; 0 if outbound. */
    long replayDrops();

    /** Packets whose integrity check failed; 0 if outbound. */
    long icvDrops();
}
