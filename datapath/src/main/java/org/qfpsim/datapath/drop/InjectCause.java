package org.qfpsim.datapath.drop;

import org.jspecify.annotations.Nullable;

/** How a packet of the route processor's enters the QFP: the causes whose names were seen in an output of the platform. */
public enum InjectCause {
    L2_CONTROL_LEGACY(1, "L2 control/legacy"),
    QFP_DESTINATION_LOOKUP(2, "QFP destination lookup"),
    QFP_IPV4_V6_NEXTHOP_LOOKUP(3, "QFP IPv4/v6 nexthop lookup"),
    QFP_RP_KEEPALIVE(5, "QFP <->RP keepalive"),
    QFP_ADJACENCY_ID_LOOKUP(7, "QFP adjacency-id lookup"),
    QFP_ICMP_GENERATED_PACKET(9, "QFP ICMP generated packet"),
    ARP_REQUEST_OR_RESPONSE(12, "ARP request or response"),
    PPPOE_DISCOVERY_PACKET(15, "PPPoE discovery packet"),
    PPPOE_SESSION_PACKET(16, "PPPoE session packet");

    /** How many the platform says that there are. */
    public static final int COUNT = 56;

    private final int id;
    private final String cliName;

    InjectCause(final int id, final String cliName) {
        this.id = id;
        this.cliName = cliName;
    }

    /**
     * Finds a row.
     *
     * @param id any number.
     * @return the cause, or null when none that we know has this number.
     */
    public static @Nullable InjectCause byId(final int id) {
        for (final InjectCause cause : values()) {
            if (cause.id == id) {
                return cause;
            }
        }
        return null;
    }

    /** The platform's number of this cause. */
    public int id() {
        return id;
    }

    /** The name that show commands print. */
    public String cliName() {
        return cliName;
    }
}
