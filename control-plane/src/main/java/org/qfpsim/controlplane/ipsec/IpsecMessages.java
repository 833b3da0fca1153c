package org.qfpsim.controlplane.ipsec;

import java.util.EnumMap;
import java.util.Map;

/**
 * What the control plane has asked the datapath for in matters of IPsec, and what the datapath has told it: counted where it happens. The
 * kinds are those of the platform's model (qfp-reference 3.2) that exist here.
 */
public final class IpsecMessages {
    private final Map<Kind, long[]> counts = new EnumMap<>(Kind.class);

    /** The kinds, in the order of the platform's numbers. Labels other than the first are inferred from the model's names. */
    public enum Kind {
        /** The feature was started. */
        INITIALIZE("Initialize"),
        /** An interface got its first flow. */
        SPD_CREATE("SPD create"),
        /** An interface lost its last flow. */
        SPD_DELETE("SPD delete"),
        /** The policy of an interface was bound to it. */
        SPD_BIND("SPD intf bind"),
        /** It was taken from it. */
        SPD_UNBIND("SPD intf unbind"),
        /** A flow was added. */
        SP_CREATE("SP create"),
        /** A flow was removed. */
        SP_REMOVE("SP remove"),
        /** An outbound SA was installed. */
        OUT_SA_ADD("Out SA add"),
        /** An outbound SA was retired. */
        OUT_SA_REMOVE("Out SA remove"),
        /** An inbound SA was installed. */
        IN_SA_ADD("In SA add"),
        /** An inbound SA was retired. */
        IN_SA_REMOVE("In SA remove"),
        /** The counters of an SA were read. */
        SA_STATS_GET("SA stats get"),
        /** The feature was stopped: both published outputs have the name of the first row here. */
        UNINITIALIZE("Initialize"),
        /** The datapath wants an SA: IKE shall start. */
        IKE_MESSAGE("IKE message"),
        /** An SA has used up most of its volume. */
        SOFT_EXPIRY("SA soft expiry"),
        /** An SA has used up its volume. */
        TRAFFIC_EXPIRY("SA traffic expiry"),
        /** Unknown SPIs are to be told. */
        INVALID_SPI_ENABLE("Invalid SPI enable"),
        /** An unknown SPI was told. */
        INVALID_SPI("Invalid SPI notif"),
        /** An outbound SA has no sequence numbers left. */
        SEQUENCE_OVERFLOW("Seqno overflow");

        private final String label;

        Kind(final String label) {
            this.label = label;
        }

        /** As a table names it. */
        public String label() {
            return label;
        }
    }

    /**
     * Counts a message that the other side took.
     *
     * @param kind what it was.
     */
    public void taken(final Kind kind) {
        count(kind, true);
    }

    /**
     * Counts a message that the other side refused.
     *
     * @param kind what it was.
     */
    public void refused(final Kind kind) {
        count(kind, false);
    }

    private void count(final Kind kind, final boolean ok) {
        counts.computeIfAbsent(kind, key -> new long[2])[ok ? 0 : 1]++;
    }

    /**
     * How many messages were taken.
     *
     * @param kind what they were.
     * @return the number.
     */
    public long ok(final Kind kind) {
        final long[] row = counts.get(kind);
        return row == null ? 0 : row[0];
    }

    /**
     * How many messages were refused.
     *
     * @param kind what they were.
     * @return the number.
     */
    public long errors(final Kind kind) {
        final long[] row = counts.get(kind);
        return row == null ? 0 : row[1];
    }
}
