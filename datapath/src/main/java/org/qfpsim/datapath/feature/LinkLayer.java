package org.qfpsim.datapath.feature;

/** What a frame begins with; the numbers are ours and go into {@link Slot#LINK_TYPE}. */
public final class LinkLayer {
    /** Ethernet II or IEEE 802.3. */
    public static final int ETHERNET = 0;
    /** An IP header, its first nibble says which. */
    public static final int RAW_IP = 1;
    /** Linux cooked capture, version 1: 16 octets, the protocol in the last two. */
    public static final int LINUX_SLL = 2;
    /** Linux cooked capture, version 2: 20 octets, the protocol in the first two. */
    public static final int LINUX_SLL2 = 3;

    /** A packet of the control plane's, behind a header of ours; in routed pipelines only. */
    public static final int INJECTED = 4;

    private LinkLayer() {
    }
}
