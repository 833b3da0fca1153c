package org.qfpsim.datapath.pipeline;

/** How the dispatcher picks the engine of a packet. */
public enum DispatchPolicy {
    /** Any packet to any engine with room, no flow hash: one elephant flow can use the whole chip (the ASIC's way). */
    ANY_IDLE,
    /** By a hash over addresses and ports, so that a flow stays on one engine (the software QFP's way). */
    FLOW_HASH
}
