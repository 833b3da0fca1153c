package org.qfpsim.controlplane.config.edit;

import java.util.List;
import java.util.Map;

/** Algorithms that both IKE versions name. */
final class Algorithms {
    /** Diffie-Hellman groups of IKEv1 and of perfect forward secrecy. */
    static final List<Integer> GROUPS = List.of(2, 5, 14, 15, 16, 19, 20, 21);
    /** Diffie-Hellman groups of IKEv2. */
    static final List<Integer> IKEV2_GROUPS = List.of(2, 5, 14, 15, 16, 19, 20, 21, 31);

    private static final Map<Integer, String> BITS = Map.of(2, "1024 bit", 5, "1536 bit", 14, "2048 bit", 15, "3072 bit", 16, "4096 bit",
        19, "256 bit ecp", 20, "384 bit ecp", 21, "521 bit ecp", 31, "curve 25519");

    private Algorithms() {
    }

    static String groupHelp(final int group) {
        return "Diffie-Hellman group " + group + " (" + BITS.get(group) + ")";
    }
}
