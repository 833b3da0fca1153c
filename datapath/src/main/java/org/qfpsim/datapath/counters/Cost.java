package org.qfpsim.datapath.counters;

import java.util.Arrays;
import java.util.List;

/**
 * What time is spent on: a feature, in the style of the platform's feature invocation array, or the reading of the clock itself. Sampled
 * batches only. Each is written by one thread.
 */
public enum Cost {
    /** What it costs to read the clock, between two readings in a row: once in each sampled batch, with the batch's packets. */
    DISPATCH_CLOCK(Stage.DISPATCH, "dispatch_clock", "(clock)"),
    /** A frame is copied into its slot. */
    DISPATCH(Stage.DISPATCH, "dispatch", "DISPATCH"),
    /** As {@link #DISPATCH_CLOCK}. */
    ENGINE_CLOCK(Stage.ENGINE, "engine_clock", "(clock)"),
    /** Link layer, IP header, for us? Clear packets meet the policy. */
    INPUT(Stage.ENGINE, "input", "IP_INPUT_CLASSIFY"),
    /** The SA of an ESP packet, and a first look at its replay window. */
    SA_LOOKUP(Stage.ENGINE, "sa_lookup", "IPSEC_INPUT_SA_LOOKUP"),
    /** Decrypted and verified. */
    DECRYPT(Stage.ENGINE, "decrypt", "IPSEC_INPUT_DECRYPT"),
    /** Trailer, inner header, selectors. */
    DECAPSULATION(Stage.ENGINE, "decapsulation", "IPSEC_INPUT_DECAP"),
    /** As {@link #DISPATCH_CLOCK}; a batch is a row of packets that one engine has worked on. */
    GATHER_CLOCK(Stage.GATHER, "gather_clock", "(clock)"),
    /** Packets that came in order: the window and the counters of their SAs, and the hand-over. */
    OUTPUT(Stage.GATHER, "output", "OUTPUT_HANDOVER"),
    /** ESP packets that gather has something to decide about, to their end. */
    JUDGE(Stage.GATHER, "judge", "IPSEC_INPUT_JUDGE"),
    /** A packet of a router that routes, from its admission to the wire, but for {@link #ENCRYPT}. */
    FORWARD(Stage.GATHER, "forward", "IP_FORWARD"),
    /** Sealed; where nothing is routed, to the wire. */
    ENCRYPT(Stage.GATHER, "encrypt", "IPSEC_OUTPUT_ENCRYPT"),
    /** A fragment joins its datagram; the last one, with all that becomes of that. */
    REASSEMBLY(Stage.GATHER, "reassembly", "IP_INPUT_REASSEMBLY"),
    /** Goes to the control plane. */
    PUNT(Stage.GATHER, "punt", "INTERNAL_TRANSMIT_PKT_PUNT"),
    /** Dropped, or ends here without being an error: counted and reported. */
    DROP(Stage.GATHER, "drop", "DROP_OR_CONSUME");

    /** Where, and so on which thread. */
    public enum Stage {
        /** The source's thread. */
        DISPATCH,
        /** Each packet processing engine. */
        ENGINE,
        /** The gather stage, for packets of one engine. */
        GATHER;

        /** All that arise there. */
        List<Cost> costs() {
            return Arrays.stream(Cost.values()).filter(cost -> cost.stage == this).toList();
        }

        /** The cost of the clock there. */
        public Cost clock() {
            return switch (this) {
                case DISPATCH -> DISPATCH_CLOCK;
                case ENGINE -> ENGINE_CLOCK;
                case GATHER -> GATHER_CLOCK;
            };
        }
    }

    private final Stage stage;
    private final String label;
    private final String feature;

    Cost(final Stage stage, final String label, final String feature) {
        this.stage = stage;
        this.label = label;
        this.feature = feature;
    }

    /** Where it arises. */
    public Stage stage() {
        return stage;
    }

    /** The name in files and JSON. */
    public String label() {
        return label;
    }

    /** The name in tables. */
    public String feature() {
        return feature;
    }

    /** Whether it is the clock's own. */
    public boolean isClock() {
        return this == stage.clock();
    }
}
