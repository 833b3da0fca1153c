package org.qfpsim.sim.traffic;

import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;

/** What a generated packet is, and the counter that must have seen exactly as many. */
enum Kind {
    /** Encrypted under an SA that the router has. */
    GOOD("good ESP"),
    /** Encrypted under an SA that the router does not have. */
    UNKNOWN_SPI("unknown SPI"),
    /** A copy of an earlier packet. */
    REPLAYED("replayed"),
    /** One bit of the ciphertext flipped. */
    CORRUPTED("corrupted"),
    /** Should have been encrypted. */
    CLEAR("clear text"),
    /** IKE. */
    IKE("IKE");

    private final String text;

    Kind(final String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** What the router has counted of this kind. */
    long counted(final CounterReader counters) {
        return switch (this) {
            case GOOD -> counters.total(Total.FORWARDED);
            case UNKNOWN_SPI -> counters.ipsecPackets(IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI.id());
            case REPLAYED -> counters.ipsecPackets(IpsecDrop.IN_ANTI_REPLAY_FAIL.id());
            case CORRUPTED -> counters.ipsecPackets(IpsecDrop.IN_MAC_EXCEPTION.id());
            case CLEAR -> counters.ipsecPackets(IpsecDrop.IN_TRANS_CL_V4_PKT_FAILED_POLICY.id());
            case IKE -> counters.puntReceived(PuntCause.FOR_US_CONTROL.id());
        };
    }
}
