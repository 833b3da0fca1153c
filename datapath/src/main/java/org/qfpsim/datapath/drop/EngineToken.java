package org.qfpsim.datapath.drop;

/** The word inside some IPsec drop names that tells which crypto engine the image drives. */
public enum EngineToken {
    /** Octeon: the ESPs of an ASR 1000. */
    OCT,
    /** Nitrox II: older ESPs. */
    N2,
    /** Engine of an ISR 4300. */
    ICE,
    /** Engine of an ISR 4400. */
    OVLD,
    /** Crypto in software: virtual routers and those with a software dataplane. */
    CD_SW_IPSEC
}
