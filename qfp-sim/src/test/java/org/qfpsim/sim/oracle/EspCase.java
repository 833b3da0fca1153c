package org.qfpsim.sim.oracle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * A packet on the wire and what must come out of it.
 *
 * @param sa       the SA that wrapped it.
 * @param shape    what it looks like.
 * @param sequence its full sequence number.
 * @param inner    the packet that went in.
 * @param tfc      octets of traffic-flow confidentiality padding behind it.
 * @param sealers  who made exactly these octets.
 * @param outer    the whole IP packet; empty if somebody else is to make it.
 */
record EspCase(SaSpec sa, Shape shape, long sequence, byte[] inner, int tfc, List<String> sealers, byte[] outer) {
    private static final ObjectMapper JSON = new ObjectMapper();

    EspSuite suite() {
        return sa.suite();
    }

    EspCase withOuter(final byte[] octets) {
        return new EspCase(sa, shape, sequence, inner, tfc, sealers, octets);
    }

    /** Where the packet that went in says that it comes from. */
    String innerSource() {
        return IpAddress.of(shape.inner6 ? Arrays.copyOfRange(inner, 8, 24) : Arrays.copyOfRange(inner, 12, 16)).toString();
    }

    /** What the ESP trailer must say. */
    byte nextHeader() {
        if (shape.tunnel()) {
            return (byte) (shape.inner6 ? Net.PROTO_IPV6 : Net.PROTO_IPV4);
        }
        // 0 is the hop-by-hop header, which stays outside and names the next one in its first octet.
        return !shape.inner6 ? inner[9] : inner[6] == 0 ? inner[Net.IPV6_HEADER_BYTES] : inner[6];
    }

    /** One line for our Python scripts, octets in hex. */
    String json() {
        final HexFormat hex = HexFormat.of();
        final ObjectNode node = JSON.createObjectNode();
        final SaSpec.UdpEncap udp = sa.udpEncap();
        node.put("cipher", suite().cipher().id()).put("auth", suite().auth().id());
        node.put("key", hex.formatHex(sa.keys().key())).put("salt", hex.formatHex(sa.keys().salt()));
        node.put("authkey", hex.formatHex(sa.keys().authKey()));
        node.put("icv", suite().icvBytes()).put("iv", suite().ivBytes()).put("block", suite().blockBytes());
        node.put("esn", sa.esn()).put("spi", Integer.toUnsignedLong(sa.spi()));
        node.put("seq_high", sequence >>> 32).put("seq_low", sequence & 0xffff_ffffL);
        node.put("tunnel", shape.tunnel()).put("source", sa.source().toString()).put("destination", sa.destination().toString());
        if (udp != null) {
            node.put("sport", udp.sourcePort()).put("dport", udp.destinationPort());
        }
        node.put("inner", hex.formatHex(inner)).put("tfc", tfc).put("outer", hex.formatHex(outer));
        return node.toString();
    }

    @Override
    public String toString() {
        return suite() + " " + shape + (sa.esn() ? " ESN" : "") + " 0x" + Long.toHexString(sequence) + ", " + inner.length + " octets + "
            + tfc + ", by " + sealers;
    }
}
