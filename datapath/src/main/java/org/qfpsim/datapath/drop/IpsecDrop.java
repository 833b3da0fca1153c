package org.qfpsim.datapath.drop;

import org.jspecify.annotations.Nullable;

import static org.qfpsim.datapath.drop.GlobalDrop.IPSEC_DENY_DROP;
import static org.qfpsim.datapath.drop.GlobalDrop.IPSEC_IKE_INDICATE;
import static org.qfpsim.datapath.drop.GlobalDrop.IPSEC_INPUT;
import static org.qfpsim.datapath.drop.GlobalDrop.IPSEC_INVALID_SA;
import static org.qfpsim.datapath.drop.GlobalDrop.IPSEC_OUTPUT;
import static org.qfpsim.datapath.drop.GlobalDrop.IPSEC_TAIL_DROP;
import static org.qfpsim.datapath.drop.GlobalDrop.IPSEC_TED_INDICATE;

/**
 * Every row of the IPsec feature's own drop table, by type number. In the names, IN and OUT are directions, US means addressed to this
 * router, TRANS in transit, CL clear text, SP a policy entry, TCAM the policy lookup. The constants leave out the crypto engine's token,
 * which {@link #name(EngineToken)} puts in; the spelling OVEFLOW is the platform's.
 *
 * <p>Each loss counts twice, here and in its {@link #global()} row: a sum over the types of one global row gives that row. That type 4
 * lands in IpsecInput is known; for the other types the column is a reading of their names (MODEL.md).
 */
public enum IpsecDrop {
    IN_V4_PKT_HIT_INVALID_SA(1, IPSEC_INVALID_SA, "matched an inbound SA that is marked invalid",
        "the inbound SA of an IPv4 packet is marked invalid by the control plane"),
    IN_CLEAR_US_V4_PSTATE_SB_FAILED(2, IPSEC_INPUT, "packet came back decrypted and its state block was missing"),
    IN_US_V4_PKT_FOUND_IPSEC_NOT_ENABLED(3, IPSEC_INPUT, "ESP or AH for this router, on an interface without IPsec"),
    IN_US_V4_PKT_SA_NOT_FOUND_SPI(4, IPSEC_INPUT, "ESP or AH for this router, and no SA has its SPI",
        "the lookup by destination, SPI and protocol finds nothing for an IPv4 packet to an address of this router"),
    IN_TUNNEL_US_V4_PKT_IPSEC_NO_KEEP(5, IPSEC_INPUT, "tunnel mode packet for this router that must not be kept"),
    IN_TRANS_CL_V4_PKT_FAILED_POLICY(6, IPSEC_INPUT, "clear packet in transit that policy wants encrypted",
        "a clear IPv4 packet to somebody else matches an inbound rule that asks for IPsec"),
    IN_TRANS_V4_IPSEC_PKT_NOT_FOUND_SPI(7, IPSEC_INPUT, "ESP in transit, and no SA has its SPI",
        "an IPv4 ESP packet to an address that is not ours"),
    IN_US_CL_V4_PKT_FAILED_POLICY(8, IPSEC_INPUT, "clear packet for this router that policy wants encrypted",
        "a clear IPv4 packet to this router matches an inbound rule that asks for IPsec"),
    IN_V6_PKT_HIT_INVALID_SA(9, IPSEC_INVALID_SA, "matched an inbound SA that is marked invalid, IPv6",
        "the inbound SA of an IPv6 packet is marked invalid by the control plane"),
    IN_CLEAR_US_V6_PSTATE_SB_FAILED(10, IPSEC_INPUT, "packet came back decrypted and its state block was missing, IPv6"),
    IN_US_V6_PKT_FOUND_IPSEC_NOT_ENABLED(11, IPSEC_INPUT, "ESP or AH for this router, on an interface without IPsec, IPv6"),
    IN_US_V6_PKT_SA_NOT_FOUND_SPI(12, IPSEC_INPUT, "ESP or AH for this router, and no SA has its SPI, IPv6",
        "the lookup by destination, SPI and protocol finds nothing for an IPv6 packet to an address of this router"),
    IN_TUNNEL_US_V6_PKT_IPSEC_NOT_KEEP(13, IPSEC_INPUT, "tunnel mode packet for this router that must not be kept, IPv6"),
    IN_TRANS_V6_PKT_FAILED_POLICY(14, IPSEC_INPUT, "packet in transit that fails policy, IPv6",
        "an IPv6 packet to somebody else is ESP, or is clear and matches an inbound rule that asks for IPsec"),
    IN_US_CL_V6_PKT_FAILED_POLICY(15, IPSEC_INPUT, "clear packet for this router that policy wants encrypted, IPv6",
        "a clear IPv6 packet to this router matches an inbound rule that asks for IPsec"),
    IN_CPP_FAIL_NOTIF_SA_SOFT_EXPIRY(17, IPSEC_INPUT, "control plane could not be told of a soft expiry, inbound"),
    IN_HARD_EXPIRY(18, IPSEC_INPUT, "IN_#_HARD_EXPIRY", "inbound SA is past its hard lifetime",
        "the inbound SA has used up its volume or its time"),
    IN_ANTI_REPLAY_FAIL(19, IPSEC_INPUT, "IN_#_ANTI_REPLAY_FAIL", "sequence number was received before or is left of the window",
        "the sequence number is a duplicate or too old for the SA's replay window"),
    IN_UNEXP_EXCEPTION(20, IPSEC_INPUT, "IN_UNEXP_#_EXCEPTION", "engine returned a result that was not expected",
        "ESP too short for its header, or for IV and ICV of the SA, or not whole blocks; a CE mark that the inner packet cannot take;"
            + " a fault of the crypto library"),
    IN_TBASED_ANTI_REPLAY_FAIL(21, IPSEC_INPUT, "time-based replay check (GET VPN) failed"),
    IN_PKT_HEADPAD_LEN_ERR(23, IPSEC_INPUT, "room in front of the packet has the wrong length, inbound"),
    IN_PKT_PSTATE_TOO_BIG(24, IPSEC_INPUT, "packet state does not fit its block, inbound"),
    IN_INFRA_V4_PKT_LEN_TOO_BIG(25, IPSEC_INPUT, "too long for the way to the engine, inbound IPv4"),
    IN_INFRA_V6_PKT_LEN_TOO_BIG(26, IPSEC_INPUT, "too long for the way to the engine, inbound IPv6"),
    IN_PSTATE_CHUNK_MEM_NOT_INIT(27, IPSEC_INPUT, "memory for packet state is not set up, inbound"),
    IN_PSTATE_CHUNK_ALLOC_FAIL(28, IPSEC_INPUT, "no block left for packet state, inbound"),
    IN_SETTING_WRONG_L2_HDR(29, IPSEC_INPUT, "L2 header was rebuilt wrongly, inbound"),
    IN_V4_POST_INPUT_POLICY_FAIL(30, IPSEC_INPUT, "decrypted IPv4 packet is not what the SA was made for",
        "the inner IPv4 packet lies outside the selectors of the SA that carried it"),
    IN_V6_POST_INPUT_POLICY_FAIL(31, IPSEC_INPUT, "decrypted IPv6 packet is not what the SA was made for",
        "the inner IPv6 packet lies outside the selectors of the SA that carried it"),
    OUT_V4_PKT_HIT_INVALID_SA(32, IPSEC_INVALID_SA, "policy leads to an outbound SA that is marked invalid, IPv4"),
    OUT_V4_PKT_HIT_IKE_START_SP(33, IPSEC_IKE_INDICATE, "policy asks for IPsec and has no SA yet: IKE is asked to start, IPv4",
        "an outbound IPv4 packet matches a rule that asks for IPsec and has no SA"),
    OUT_V4_PKT_HIT_TED_START_SP(34, IPSEC_TED_INDICATE, "as type 33, by way of Tunnel Endpoint Discovery"),
    OUT_V4_PKT_HIT_DENY_DROP_SP(35, IPSEC_DENY_DROP, "policy says deny and drop, IPv4", "an outbound IPv4 packet matches a deny-drop rule"),
    OUT_V4_PKT_HIT_UNKNOWN_TCAM(36, IPSEC_OUTPUT, "policy lookup returned an unknown object, IPv4"),
    OUT_V6_PKT_HIT_INVALID_SA(37, IPSEC_INVALID_SA, "policy leads to an outbound SA that is marked invalid, IPv6"),
    OUT_V6_PKT_HIT_IKE_START_SP(38, IPSEC_IKE_INDICATE, "policy asks for IPsec and has no SA yet: IKE is asked to start, IPv6",
        "an outbound IPv6 packet matches a rule that asks for IPsec and has no SA"),
    OUT_V6_PKT_HIT_TED_START_SP(39, IPSEC_TED_INDICATE, "as type 38, by way of Tunnel Endpoint Discovery"),
    OUT_V6_PKT_HIT_DENY_DROP_SP(40, IPSEC_DENY_DROP, "policy says deny and drop, IPv6", "an outbound IPv6 packet matches a deny-drop rule"),
    OUT_V6_PKT_HIT_UNKNOWN_TCAM(41, IPSEC_OUTPUT, "policy lookup returned an unknown object, IPv6"),
    OUT_CPP_FAIL_NOTIF_SA_SOFT_EXPIRY(43, IPSEC_OUTPUT, "control plane could not be told of a soft expiry, outbound"),
    OUT_HARD_EXPIRY(44, IPSEC_OUTPUT, "OUT_#_HARD_EXPIRY", "outbound SA is past its hard lifetime",
        "the outbound SA has used up its volume or its time"),
    OUT_UNEXP_EXCEPTION(45, IPSEC_OUTPUT, "OUT_UNEXP_#_EXCEPTION", "engine returned a result that was not expected, outbound",
        "the crypto library fails, or a fragment meets a transport mode SA"),
    OUT_DETECT_SEQ_OVEFLOW(46, IPSEC_OUTPUT, "OUT_#_DETECT_SEQ_OVEFLOW", "sequence number would wrap: the SA must be replaced",
        "the outbound SA has sent its last sequence number"),
    OUT_CANNOT_FRAG_DF_SET_PKT(48, IPSEC_OUTPUT, "too big after encryption, and DF forbids fragments",
        "an outbound packet does not fit the MTU with ESP added, and may not be fragmented"),
    OUT_PKT_HEADPAD_LEN_ERR(49, IPSEC_OUTPUT, "room in front of the packet has the wrong length, outbound"),
    OUT_PKT_PSTATE_TOO_BIG(50, IPSEC_OUTPUT, "packet state does not fit its block, outbound"),
    OUT_INFRA_V4_PKT_LEN_TOO_BIG(51, IPSEC_OUTPUT, "too long for the way to the engine, outbound IPv4"),
    OUT_INFRA_V6_PKT_LEN_TOO_BIG(52, IPSEC_OUTPUT, "too long for the way to the engine, outbound IPv6"),
    OUT_PSTATE_CHUNK_MEM_NOT_INIT(53, IPSEC_OUTPUT, "memory for packet state is not set up, outbound"),
    OUT_PSTATE_CHUNK_ALLOC_FAIL(54, IPSEC_OUTPUT, "no block left for packet state, outbound"),
    OUT_SETTING_WRONG_L2_HDR(55, IPSEC_OUTPUT, "L2 header was rebuilt wrongly, outbound"),
    OUT_V4_POST_OUTPUT_POLICY_FAIL(56, IPSEC_OUTPUT, "encrypted IPv4 packet fails policy on its way out"),
    OUT_V6_POST_OUTPUT_POLICY_FAIL(57, IPSEC_OUTPUT, "encrypted IPv6 packet fails policy on its way out"),
    MPASS_RESTORE_FAIL(59, IPSEC_INPUT, "packet state could not be restored after the second pass"),
    CRYPTO_DEVICE_IPSEC_STOP(60, IPSEC_INPUT, "crypto device has been stopped"),
    OUT_V4_TX_PKT_ADJ_FAIL(61, IPSEC_OUTPUT, "no adjacency to send the encrypted packet to"),
    IN_MAC_EXCEPTION(62, IPSEC_INPUT, "IN_#_MAC_EXCEPTION", "integrity check value (ICV) is wrong",
        "the ICV of the packet is not the one that the SA's key gives"),
    IN_NAT_DEMUX_FAIL(63, IPSEC_INPUT, "encapsulation in UDP does not fit the SA, inbound",
        "ESP in UDP for an SA without NAT traversal, or bare ESP for one with it; UDP 4500 too short for an SPI"),
    OUT_NAT_DEMUX_FAIL(64, IPSEC_OUTPUT, "encapsulation in UDP does not fit the SA, outbound"),
    IN_NH_MISMATCH(65, IPSEC_INPUT, "IN_#_NH_MISMATCH", "next header inside is not what the SA carries",
        "the decrypted next header does not fit the SA's mode or address family"),
    GEN_NOTIFY_SOFT_EXPIRY(66, null, "#_GEN_NOTIFY_SOFT_EXPIRY", "packet made the engine report a soft expiry; it goes on its way",
        "a packet takes its SA past the soft lifetime; it is forwarded"),
    PKT_HIT_INVALID_SA(68, IPSEC_INVALID_SA, "#_PKT_HIT_INVALID_SA", "engine found the SA invalid", ""),
    IN_PKT_MDATA_ERR(69, IPSEC_INPUT, "metadata (inline tag) is damaged"),
    IN_V4_PKT_FRAG_ERR(70, IPSEC_INPUT, "fragment that would have to be reassembled before decryption",
        "a fragment of an ESP packet that cannot be put together: time, limits, overlap"),
    PAD_MISMATCH(76, IPSEC_INPUT, "#_PAD_MISMATCH", "ESP padding is wrong after decryption",
        "the padding is not 1, 2, 3, ... or is longer than the payload; the ICV was good"),
    IN_PKT_IPVER_INVALID(89, IPSEC_INPUT, "what came out of the tunnel is not an IP packet",
        "the inner packet has the wrong IP version or a header that does not fit its length"),
    IN_PKT_CERM_DROP(108, IPSEC_INPUT, "export licence limit (CERM) reached, inbound"),
    OUT_PKT_CERM_DROP(109, IPSEC_OUTPUT, "export licence limit (CERM) reached, outbound"),
    PKT_BUFFER_UNAVAILABLE(110, IPSEC_TAIL_DROP, "no buffer for the packet on its way to the engine"),
    OUT_IPV4_SA_NOT_FOUND(111, IPSEC_OUTPUT, "outbound SA is gone, IPv4", "the SA that an outbound rule names does not exist, IPv4"),
    OUT_IPV6_SA_NOT_FOUND(112, IPSEC_OUTPUT, "outbound SA is gone, IPv6", "the SA that an outbound rule names does not exist, IPv6"),
    IN_IPD3P_ANTI_REPLAY_FAIL(113, IPSEC_INPUT, "replay check of IP-D3P (GET VPN) failed"),
    IN_CRYPTO_THRPUT_POLICY_DROP(114, IPSEC_INPUT, "licensed crypto throughput exceeded, inbound"),
    OUT_CRYPTO_THRPUT_POLICY_DROP(115, IPSEC_OUTPUT, "licensed crypto throughput exceeded, outbound"),
    CD_IN_PKT_OUT_OF_WINDOW(116, IPSEC_INPUT, "crypto device layer: packet is outside the order window");

    /** Number of rows; the ids have gaps. */
    public static final int COUNT = 75;
    /** Largest id. */
    public static final int MAX_ID = 116;

    private static final @Nullable IpsecDrop[] BY_ID = new @Nullable IpsecDrop[MAX_ID + 1];

    static {
        for (final IpsecDrop drop : values()) {
            BY_ID[drop.id] = drop;
        }
    }

    private final int id;
    private final @Nullable GlobalDrop global;
    private final @Nullable String pattern;
    private final String meaning;
    private final String event;

    IpsecDrop(final int id, final GlobalDrop global, final String meaning) {
        this(id, global, null, meaning, "");
    }

    IpsecDrop(final int id, final GlobalDrop global, final String meaning, final String event) {
        this(id, global, null, meaning, event);
    }

    IpsecDrop(final int id, final @Nullable GlobalDrop global, final @Nullable String pattern, final String meaning, final String event) {
        this.id = id;
        this.global = global;
        this.pattern = pattern;
        this.meaning = meaning;
        this.event = event;
    }

    /**
     * Finds a row.
     *
     * @param id any number.
     * @return the row, or null when no type has this number.
     */
    public static @Nullable IpsecDrop byId(final int id) {
        return id < 0 || id > MAX_ID ? null : BY_ID[id];
    }

    /**
     * The platform's drop type.
     *
     * @return 1 to {@link #MAX_ID}.
     */
    public int id() {
        return id;
    }

    /**
     * The name that an image prints.
     *
     * @param token the crypto engine that the image drives.
     * @return the name with the engine's token in its place, if the name has one.
     */
    public String name(final EngineToken token) {
        return pattern == null ? name() : pattern.replace("#", token.name());
    }

    /**
     * Tells whether an image has this row at all.
     *
     * @param token the crypto engine that the image drives.
     * @return false for the two rows that only hardware engines have, on an image with crypto in software.
     */
    public boolean printedBy(final EngineToken token) {
        return token != EngineToken.CD_SW_IPSEC || this != GEN_NOTIFY_SOFT_EXPIRY && this != PAD_MISMATCH;
    }

    /**
     * The global drop that counts the same packet. MPASS_RESTORE_FAIL counts as IpsecInput and not as the platform's general multi-pass
     * error, and so does CRYPTO_DEVICE_IPSEC_STOP: then every loss in this table is in one of the {@code Ipsec} rows, where an operator
     * looks for it.
     *
     * @return the row, or null for GEN_NOTIFY_SOFT_EXPIRY, which counts packets that went on their way.
     */
    public @Nullable GlobalDrop global() {
        return global;
    }

    /**
     * What the platform counts here.
     *
     * @return a phrase.
     */
    public String meaning() {
        return meaning;
    }

    /**
     * What makes this simulator count here.
     *
     * @return a phrase that names the event; empty when it does not occur.
     */
    public String event() {
        return event;
    }
}
