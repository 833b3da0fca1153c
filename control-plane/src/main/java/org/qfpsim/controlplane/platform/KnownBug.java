package org.qfpsim.controlplane.platform;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Defects of the platform that can be switched on. Documented is the title of each (Cisco document 115801 names them); how each behaves
 * here is our model of the title.
 */
public enum KnownBug {
    /** The system message about an unknown SPI is not written for ESP in UDP. */
    CSCSQ59183("IPsec does not report RECVD_PKT_INV_SPI with NAT-T",
        "packets that came in UDP 4500 are counted and no line is written for them"),
    /** Packets are lost during a rekey. */
    CSCSL68327("packet loss during rekey",
        "the old inbound SA goes when the new one is installed, not at its hard expiry: what is under way with the old SPI is lost"),
    /** Packets are dropped during a rekey of phase 2, under certain conditions. */
    CSCTR14840("ASR: packet drops during phase 2 rekey under certain conditions",
        "condition: the peer began the rekey; the old outbound SA is unbound 100 ms before the new one is bound"),
    /** The new SPI is used before the peer has it. */
    CSCTY30063("ASR uses the new SPI before quick mode has completed",
        "as a responder of Quick Mode it sends through the new SA once it has installed it, before QM3 has come");

    private final String title;
    private final String model;

    KnownBug(final String title, final String model) {
        this.title = title;
        this.model = model;
    }

    /** What is documented. */
    public String title() {
        return title;
    }

    /** What it does here. */
    public String model() {
        return model;
    }

    /** As Cisco writes it, such as {@code CSCty30063}. */
    public String id() {
        return "CSC" + name().substring(3).toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a bug.
     *
     * @param id as {@link #id}, in any case.
     * @return the bug.
     * @throws IllegalArgumentException if there is none; the message lists all.
     */
    public static KnownBug parse(final String id) {
        return Arrays.stream(values()).filter(bug -> bug.id().equalsIgnoreCase(id)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("unknown bug \"" + id + "\": use one of "
                + Arrays.stream(values()).map(KnownBug::id).collect(Collectors.joining(", "))));
    }
}
