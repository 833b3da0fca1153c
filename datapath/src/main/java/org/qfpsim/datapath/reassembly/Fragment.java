package org.qfpsim.datapath.reassembly;

import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.packet.Net;

/** The fragment that is being looked at, IPv4 (RFC 791) or IPv6 (RFC 8200 section 4.5). One object, read anew for each. */
final class Fragment {
    private static final int FRAGMENT_HEADER_BYTES = 8;

    private boolean v6;
    private int header;
    private int headerBytes;
    private int data;
    private int bytes;
    private int offset;
    private boolean more;
    private int protocol;
    private int protocolField;
    private long key;

    void read(final UnsafeBuffer ring, final int slot) {
        header = ring.getInt(slot + Slot.L3_OFFSET);
        final int end = header + ring.getInt(slot + Slot.L3_LENGTH);
        final int l4 = ring.getInt(slot + Slot.L4_OFFSET);
        v6 = ring.getByte(slot + Slot.IP_VERSION) == 6;
        protocol = ring.getByte(slot + Slot.PROTOCOL) & 0xff;
        protocolField = ring.getInt(slot + Slot.PROTOCOL_FIELD);
        headerBytes = l4 - header;
        if (v6) {
            data = l4 + FRAGMENT_HEADER_BYTES;
            final int bits = Net.u16(ring, l4 + 2);
            offset = bits & 0xfff8;
            more = (bits & 1) != 0;
            key = 1L << 62 | Net.i32(ring, l4 + 4) & 0xffff_ffffL;
        } else {
            data = l4;
            final int bits = Net.u16(ring, header + 6);
            offset = (bits & 0x1fff) << 3;
            more = (bits & 0x2000) != 0;
            key = (long) protocol << 16 | Net.u16(ring, header + 4);
        }
        bytes = end - data;
    }

    boolean v6() {
        return v6;
    }

    /** Offset of the IP header in the ring. */
    int header() {
        return header;
    }

    /** Octets of the part that every fragment repeats. */
    int headerBytes() {
        return headerBytes;
    }

    /** Offset of the fragment's part of the payload in the ring. */
    int data() {
        return data;
    }

    int bytes() {
        return bytes;
    }

    /** Where the part belongs in the payload. */
    int offset() {
        return offset;
    }

    boolean more() {
        return more;
    }

    int protocol() {
        return protocol;
    }

    /** Whether this fragment shows that the datagram is ESP, bare or in UDP 4500; of the latter only the first does. */
    boolean ipsec(final UnsafeBuffer ring) {
        return protocol == Net.PROTO_ESP
            || protocol == Net.PROTO_UDP && offset == 0 && bytes >= 4 && Net.u16(ring, data + 2) == Net.PORT_NATT;
    }

    /** Offset in the ring of the octet that says what follows the repeated part. */
    int protocolField() {
        return protocolField;
    }

    /** What, with the addresses, tells datagrams apart: IPv4 identification and protocol, or IPv6 identification. */
    long key() {
        return key;
    }
}
