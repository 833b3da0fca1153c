package org.qfpsim.datapath.feature;

/**
 * Layout of a slot: one packet's notes, followed by its frame. Offsets are octets from the start of the slot; the slot itself is an
 * offset into the {@link org.agrona.concurrent.UnsafeBuffer} of its ring. Frame positions (L3, ESP, payload) are offsets into the same
 * buffer, so that no feature adds anything up.
 *
 * <p>The common packet, with {@link #FLAG_BRIEF}, has its notes in the first cache line, and nothing is written behind it.
 *
 * <pre>
 *    0  arrival (8)        position in the order of arrival, from 0      dispatcher
 *    8  time (8)           nanoseconds, capture or virtual time         dispatcher
 *   16  frame length (4)   octets in the slot                           dispatcher
 *   20  wire length (4)    octets on the wire                           dispatcher
 *   24  link type (4)      {@link LinkLayer}                            dispatcher
 *   28  verdict (4)        {@link Verdict}                              engine proposes, gather decides
 *   32  sequence low (4), 36 sequence high as assumed (4)
 *   40  payload offset (4), 44 payload length (4)                       what came out, or the clear packet
 *   48  IP version (1), 49 upper protocol (1), 50 outer ECN (1), 51 ICV status (1)
 *   52  flags (4)             with {@link #FLAG_BRIEF} nothing from 64 on is written, but for 88 by the dispatcher;
 *                                                                       without {@link #FLAG_ESP}, nothing else from 32 on
 *   56  SA record address (8)                                           0 if there is none
 *   64  ESP offset (4), 68 ESP length (4)
 *   72  SPI (4)
 *   76  upper-layer header offset (4)                                   0 if there is none
 *   80  L3 offset (4), 84 L3 length (4)
 *   88  policy rule (4)                                                 outbound rule number of a packet to protect;
 *                                                                       in a routed pipeline the input interface, by the dispatcher
 *   92  offset of the octet that names the upper protocol (4)
 *   96  source address (16), 112 destination address (16)               as {@code IpAddress} has them
 *  128  frame
 * </pre>
 */
public final class Slot {
    /** Position in the order of arrival. */
    public static final int ARRIVAL = 0;
    /** Time of arrival in nanoseconds. */
    public static final int TIME = 8;
    /** Octets of the frame in the slot. */
    public static final int FRAME_LENGTH = 16;
    /** Octets of the frame on the wire; more than in the slot if a capture cut it. */
    public static final int WIRE_LENGTH = 20;
    /** Link type. */
    public static final int LINK_TYPE = 24;
    /** Verdict. */
    public static final int VERDICT = 28;
    /** Offset of the IP header. */
    public static final int L3_OFFSET = 80;
    /** Octets of the IP packet by its own length field. */
    public static final int L3_LENGTH = 84;
    /** Offset of the SPI. */
    public static final int ESP_OFFSET = 64;
    /** Octets from the SPI to the end of the ICV. */
    public static final int ESP_LENGTH = 68;
    /** SPI. */
    public static final int SPI = 72;
    /** Low half of the sequence number. */
    public static final int SEQ_LOW = 32;
    /** High half of the sequence number that the ICV was checked with. */
    public static final int SEQ_HIGH = 36;
    /** Offset of the packet that came out. */
    public static final int PAYLOAD_OFFSET = 40;
    /**
     * Until the notes are written: how far from here a frame is that was lent, and of which only the head is in the slot; 0 if all of it is
     * here.
     */
    public static final int LENT = PAYLOAD_OFFSET;
    /** Octets of the packet that came out. */
    public static final int PAYLOAD_LENGTH = 44;
    /** IP version of the outer header, 4 or 6. */
    public static final int IP_VERSION = 48;
    /** Protocol behind the outer IP header and its extension headers. */
    public static final int PROTOCOL = 49;
    /** ECN field of the outer header. */
    public static final int OUTER_ECN = 50;
    /** {@code EspTransform} status, or {@link #ICV_NOT_CHECKED}. */
    public static final int ICV_STATUS = 51;
    /** Flags. */
    public static final int FLAGS = 52;
    /** Offset of the header behind the IP header. */
    public static final int L4_OFFSET = 76;
    /** Address of the inbound SA record. */
    public static final int SA = 56;
    /** Number of the outbound policy rule. */
    public static final int RULE = 88;
    /** Index of the input interface, in a routed pipeline, which has no such rules. */
    public static final int INTERFACE = RULE;
    /** Offset of the octet that names the upper protocol. */
    public static final int PROTOCOL_FIELD = 92;
    /** Source address, high half. */
    public static final int SRC_HIGH = 96;
    /** Source address, low half. */
    public static final int SRC_LOW = 104;
    /** Destination address, high half. */
    public static final int DST_HIGH = 112;
    /** Destination address, low half. */
    public static final int DST_LOW = 120;
    /** Where the frame begins. */
    public static final int FRAME = 128;
    /** Octets of a lent frame that are in the slot, in whole words: those up to the counter IV of bare ESP in IPv4 without options. */
    public static final int HEAD_BYTES = 56;

    /** ICV status of a packet whose integrity no engine has looked at. */
    public static final int ICV_NOT_CHECKED = 127;

    /** The destination is an address of this router. */
    public static final int FLAG_FOR_US = 1;
    /** ESP came in UDP 4500. */
    public static final int FLAG_UDP_ENCAPSULATED = 2;
    /** An SA was found and the packet is whole enough for it: gather judges replay, integrity, and the rest. */
    public static final int FLAG_ESP = 4;
    /** What came out is a whole IP packet (tunnel mode); otherwise the outer header was kept (transport mode). */
    public static final int FLAG_TUNNEL = 8;
    /**
     * Only the notes in the first cache line are written: a packet that goes the common way to its end needs no others, and the frame says
     * them. Without {@link #FLAG_ESP} its SPI is unknown, and the frame says everything.
     */
    public static final int FLAG_BRIEF = 16;

    private Slot() {
    }
}
