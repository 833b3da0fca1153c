package org.qfpsim.datapath.drop;

import org.jspecify.annotations.Nullable;

/**
 * Why a packet goes to the route processor, and how many per second may. Names are as printed, cut at 28 characters by the platform. Each
 * cause has a normal and a high priority queue, each with a policer whose burst is one second of its rate; a rate of 0 means that no
 * policer is known.
 */
public enum PuntCause {
    IPV4_OPTIONS(2, "IPv4 Options", 4000, 3000),
    LAYER2_CONTROL_AND_LEGACY(3, "Layer2 control and legacy", 40000, 10000, "a frame that is neither IP nor ARP"),
    PPP_CONTROL(4, "PPP Control", 2000, 1000),
    CLNS_IS_IS_CONTROL(5, "CLNS IS-IS Control", 40000, 10000),
    HDLC_KEEPALIVES(6, "HDLC keepalives", 2000, 1000),
    ARP_REQUEST_OR_RESPONSE(7, "ARP request or response", 2000, 1000, "an ARP frame"),
    REVERSE_ARP_REQUEST_OR_REPSO(8, "Reverse ARP request or repso", 2000, 1000),
    FRAME_RELAY_LMI_CONTROL(9, "Frame-relay LMI Control", 2000, 1000),
    INCOMPLETE_ADJACENCY(10, "Incomplete adjacency", 2000, 1000,
        "a packet to a next hop whose Ethernet address is not known"),
    FOR_US_DATA(11, "For-us data", 40000, 5000, "a packet to this router that is neither IPsec nor IKE"),
    MCAST_DIRECTLY_CONNECTED_SOU(12, "Mcast Directly Connected Sou", 2000, 1000),
    MCAST_IPV4_OPTIONS_DATA_PACK(13, "Mcast IPv4 Options data pack", 2000, 1000),
    MPLS_TTL_EXPIRED(15, "MPLS TTL expired", 5120, 2000),
    MPLS_RESERVED_LABEL_IE_0_1(16, "MPLS Reserved label (ie: 0-1", 5120, 2000),
    IPV6_HOP_BY_HOP_OPTIONS(18, "IPV6 Hop-by-hop Options", 2000, 1000),
    MCAST_INTERNAL_COPY(19, "Mcast Internal Copy", 2000, 1000),
    RP_QFP_KEEPALIVE(21, "RP<->QFP keepalive", 0, 0),
    MCAST_IGMP_UNROUTABLE(23, "Mcast IGMP Unroutable", 2000, 1000),
    GLEAN_ADJACENCY(24, "Glean adjacency", 2000, 5000,
        "a packet to a host on a network of ours whose Ethernet address is not known"),
    MCAST_PIM_SIGNALING(25, "Mcast PIM signaling", 2000, 1000),
    QFP_ICMP_GENERATED_PACKET(26, "QFP ICMP generated packet", 0, 0,
        "the excerpt of a packet that was dropped, for an ICMP error (policed at 1,000/s, which is ours)"),
    SUBSCRIBER_SESSION_CONTROL(27, "Subscriber session control", 10000, 40000),
    RP_HANDLED_ICMP(29, "RP handled ICMP", 2000, 1000),
    RP_INJECTED_FOR_US_DATA(30, "RP injected For-us data", 20000, 1000),
    SBC_RTP_DTMF(32, "SBC RTP DTMF", 2000, 1000),
    PSEUDOWIRE_VCCV_CONTROL_CHAN(33, "Pseudowire VCCV control chan", 2000, 1000),
    ETHERNET_SLOW_PROTOCOL_IE(35, "Ethernet slow protocol (ie:", 2000, 1000),
    L2TP_SESSION(44, "L2TP session", 1048, 1000),
    BFD_CONTROL(45, "BFD control", 2000, 5000),
    DMVPN_NHRP_REDIRECT(51, "DMVPN NHRP redirect", 2000, 1000),
    PFR_MONITORED_PREFIX_LOGGING(52, "PFR monitored prefix logging", 2000, 1000),
    PFR_TOP_TALKERS_LOGGING(53, "PFR top talkers logging", 2000, 1000),
    PFR_TOP_TALKERS_APPLICATION(54, "PFR top talkers application", 2000, 1000),
    FOR_US_CONTROL(55, "For-us control", 20000, 20000,
        "an IKE packet to this router: UDP 500, or UDP 4500 with the non-ESP marker; a packet to link-local multicast"),
    RP_INJECTED_FOR_US_CONTROL(56, "RP injected for-us control", 2000, 2000),
    LAYER2_BRIDGE_DOMAIN_DATA_PA(58, "Layer2 bridge domain data pa", 2000, 1000),
    IP_SUBNET_OR_BROADCAST_PACKE(60, "IP subnet or broadcast packe", 2000, 1000,
        "a packet to all hosts of a network of ours"),
    ETHERNET_CFM_PACKET(61, "Ethernet CFM packet", 2000, 1000),
    ETHERNET_CFM_NOTIFY_PACKET(62, "Ethernet CFM notify packet", 2000, 1000),
    LISP_LSB_NOTIFICATION(63, "LISP LSB NOTIFICATION", 2000, 1000),
    SERVICE_ENGINE_PACKET(64, "Service Engine packet", 5000, 1000),
    L2BD_CONTROL_PACKET_FROM_FIA(65, "L2BD Control packet from FIA", 2000, 1000),
    L2BD_CONTROL_MESSAGE_FROM_CP(66, "L2BD Control Message from CP", 2000, 1000),
    MFR_LIP_CONTROL(67, "MFR_LIP_CONTROL", 2000, 1000),
    OTV_CONTROL_PACKET(69, "OTV Control packet", 2000, 1000),
    OTV_ARP_PACKET(70, "OTV ARP packet", 2000, 1000),
    STP_BPDUS(73, "STP BPDU's", 2000, 4000),
    ACL_LOG(74, "ACL log", 2000, 1000),
    EPC(75, "EPC", 40000, 1000),
    LISP_DYNAMIC_EID(76, "Lisp Dynamic eid", 2000, 1000),
    L2_CONTROL_PACKET(77, "L2 Control packet", 2000, 1000),
    DHCP_SNOOP(79, "dhcp snoop", 2000, 1000),
    METRIC_MEDIATION_AGENT_RECOR(80, "Metric Mediation Agent recor", 2400, 1000),
    IPV6_DMVPN_NHRP_REDIRECT(81, "IPv6 DMVPN NHRP redirect", 2000, 1000),
    ETHERNET_CFM_PACKET_FROM_COR(82, "Ethernet CFM packet from cor", 2000, 1000),
    ETHERNET_CFM_PUNT_FWD_PACKET(83, "Ethernet CFM punt fwd packet", 2000, 1000),
    PTP_PUNT_FWD_PACKET(84, "PTP punt fwd packet", 8192, 8192),
    ISDN_D_CHANNEL_RAW_PACKET(85, "ISDN D-Channel raw packet", 2000, 1000),
    IPV6_FHS_SG_DROPPED_PACKET(87, "IPv6 FHS SG dropped packet", 2000, 2000),
    IPV6_FHS_DATA_GLEAN_PACKET(88, "IPv6 FHS Data glean packet", 2000, 1000),
    SBC_DSP_PKTS(89, "SBC DSP pkts", 2000, 1000),
    RAW_SOCKET_DATA_PACKET(90, "Raw Socket Data packet", 2000, 1000),
    SSLVPN_SESSION_CONTROL(91, "SSLVPN session control", 2000, 5000),
    ICMP_UNREACHABLES_FOR_ACL_DE(92, "ICMP unreachables for ACL de", 2000, 1000),
    CENT_SMART_PROBE_PACKET(93, "CENT Smart Probe packet", 2000, 1000),
    AUTONOMIC_NETWORK_CHANNEL_DI(95, "Autonomic Network Channel Di", 2000, 1000),
    PACKETS_TO_LFTS(97, "Packets to LFTS", 2000, 1000),
    VLAN_AUTO_SENSE_FSOL(98, "VLAN Auto Sense FSOL", 2000, 1000),
    SOURCE_VERIFY_INCONCLUSIVE(102, "Source Verify inconclusive", 2000, 1000),
    MPLS_RECEIVE_ADJ(104, "mpls receive adj", 2000, 2000),
    MKA_EAPOL_PACKET(105, "MKA EAPoL packet", 2000, 1000),
    ICMP_UNREACHABLE(106, "ICMP Unreachable", 1048, 1000),
    QOS_CAC_FLOW_REPORT(112, "QoS CAC Flow Report", 2000, 1000),
    ACTIVE_IDENTITY(113, "Active identity", 2000, 1000),
    BGP_OVERLAY_TUNNEL_PACKET(114, "BGP Overlay Tunnel packet", 2000, 1000),
    LISP_GSMR_ENABLED(115, "Lisp gsmr enabled", 2000, 1000),
    SBC_RTP_FWD_DTMF(120, "SBC RTP FWD DTMF", 2000, 1000),
    PATH_MANAGER(121, "Path Manager", 2000, 1000),
    PATH_MANAGER_TTL_EXPIRED(127, "Path Manager TTL expired", 2000, 1000),
    L3_PTP_MESSAGE(128, "L3 PTP message", 2000, 1000),
    WLS_802_11_PACKETS_TO_LFTS(129, "wls 802.11 Packets to LFTS", 0, 0),
    WLS_CAPWAP_PACKETS_TO_LFTS(130, "wls CAPWAP Packets to LFTS", 0, 0),
    EFP_DOT1X_PACKETS(140, "EFP dot1x Packets", 2000, 1000),
    DMVPN_GAL_LABEL_CHECK(141, "DMVPN GAL label check", 2000, 1000),
    EPBR_PACKETS(143, "epbr packets", 2000, 1000),
    PMIPV6_CONTROL_PACKETS(144, "PMIPv6 control packets", 2000, 5000),
    MCAST_UDLR(147, "Mcast UDLR", 2000, 1000),
    L2BD_SISF_CTRL(148, "L2BD SISF ctrl", 2000, 4000),
    SR_TWAMP_PROBE(150, "SR TWAMP PROBE", 2000, 1000),
    BFD_L2_CONTROL(156, "BFD L2 control", 2000, 5000);

    /** Number of rows; the ids have gaps. */
    public static final int COUNT = 90;
    /** Largest id. */
    public static final int MAX_ID = 156;

    /** Excerpts for ICMP errors per second: ours (MODEL.md). */
    private static final int ICMP_PPS = 1_000;
    private static final @Nullable PuntCause[] BY_ID = new @Nullable PuntCause[MAX_ID + 1];

    static {
        for (final PuntCause cause : values()) {
            BY_ID[cause.id] = cause;
        }
    }

    private final int id;
    private final String cliName;
    private final int normalPps;
    private final int highPps;
    private final String event;

    PuntCause(final int id, final String cliName, final int normalPps, final int highPps) {
        this(id, cliName, normalPps, highPps, "");
    }

    PuntCause(final int id, final String cliName, final int normalPps, final int highPps, final String event) {
        this.id = id;
        this.cliName = cliName;
        this.normalPps = normalPps;
        this.highPps = highPps;
        this.event = event;
    }

    /**
     * Finds a row.
     *
     * @param id any number.
     * @return the cause, or null when none has this number.
     */
    public static @Nullable PuntCause byId(final int id) {
        return id < 0 || id > MAX_ID ? null : BY_ID[id];
    }

    /**
     * The platform's number of this cause.
     *
     * @return 2 to {@link #MAX_ID}.
     */
    public int id() {
        return id;
    }

    /**
     * The name that show commands print.
     *
     * @return at most 28 characters.
     */
    public String cliName() {
        return cliName;
    }

    /**
     * Rate of the policer of the normal queue.
     *
     * @return packets per second; 0: unpoliced.
     */
    public int normalPps() {
        return normalPps;
    }

    /**
     * Rate of the policer of the high priority queue.
     *
     * @return packets per second; 0: unpoliced.
     */
    public int highPps() {
        return highPps;
    }

    /**
     * Rate that a queue's policer has until the configuration says another one.
     *
     * @param high the high priority queue, otherwise the normal one.
     * @return packets per second; 0: unpoliced. Excerpts for ICMP errors have a rate of ours, as none is known.
     */
    public int startPps(final boolean high) {
        return this == QFP_ICMP_GENERATED_PACKET ? ICMP_PPS : high ? highPps : normalPps;
    }

    /**
     * What makes this simulator punt with this cause.
     *
     * @return a phrase that names the event; empty when it does not occur.
     */
    public String event() {
        return event;
    }
}
