package org.qfpsim.controlplane.nhrp;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;

/** Writes NHRP packets (RFC 2332 section 5), all lengths and the checksum right. */
final class NhrpEncoder {
    private static final int CHECKSUM = 12;
    private static final int COMPULSORY = 0x8000;
    private static final int END_BYTES = 4;

    private NhrpEncoder() {
    }

    /**
     * Writes a packet.
     *
     * @param packet what it says.
     * @param v6     family of the outer addresses, for packets that name none.
     * @return its octets.
     */
    static byte[] write(final NhrpPacket packet, final boolean v6) {
        final int extensions = extensionOffset(packet);
        final int size = extensions + (packet.extensions().isEmpty() ? 0
            : packet.extensions().stream().mapToInt(NhrpExtension::bytes).sum() + END_BYTES);
        final ByteBuffer out = ByteBuffer.allocate(size);
        out.putShort((short) (v6 ? NhrpDecoder.AFN_IPV6 : NhrpDecoder.AFN_IPV4));
        out.putShort((short) (packet.v6() ? Net.ETHERTYPE_IPV6 : Net.ETHERTYPE_IPV4));
        out.put(new byte[5]).put((byte) packet.hops()).putShort((short) size).putShort((short) 0);
        out.putShort((short) (packet.extensions().isEmpty() ? 0 : extensions));
        out.put((byte) NhrpDecoder.VERSION).put((byte) packet.kind().number());
        out.put((byte) bytes(packet.sourceNbma())).put((byte) 0);
        out.put((byte) bytes(packet.source())).put((byte) bytes(packet.destination())).putShort((short) packet.flags());
        out.putInt(packet.requestId());
        put(out, packet.sourceNbma());
        put(out, packet.source());
        put(out, packet.destination());
        packet.cies().forEach(cie -> put(out, cie));
        out.put(packet.inError());
        if (!packet.extensions().isEmpty()) {
            packet.extensions().forEach(extension -> put(out, extension));
            put(out, new NhrpExtension(true, NhrpExtension.END, new byte[0]));
        }
        return out.putShort(CHECKSUM, (short) ~sum(out.array(), size)).array();
    }

    /** Entries as the value of an extension. */
    static byte[] entries(final List<NhrpCie> cies) {
        final ByteBuffer out = ByteBuffer.allocate(cies.stream().mapToInt(NhrpEncoder::bytes).sum());
        cies.forEach(cie -> put(out, cie));
        return out.array();
    }

    /** Where the extensions of a packet begin, or would. */
    static int extensionOffset(final NhrpPacket packet) {
        return NhrpDecoder.FIXED + 8 + bytes(packet.sourceNbma()) + bytes(packet.source()) + bytes(packet.destination())
            + packet.cies().stream().mapToInt(NhrpEncoder::bytes).sum() + packet.inError().length;
    }

    private static int bytes(final NhrpCie cie) {
        return 12 + bytes(cie.nbma()) + bytes(cie.protocol());
    }

    private static int bytes(final @Nullable IpAddress address) {
        return address == null ? 0 : address.bits() >> 3;
    }

    private static void put(final ByteBuffer out, final NhrpCie cie) {
        out.put((byte) cie.code()).put((byte) cie.prefixLength()).putShort((short) 0);
        out.putShort((short) cie.mtu()).putShort((short) cie.holdingTime());
        out.put((byte) bytes(cie.nbma())).put((byte) 0).put((byte) bytes(cie.protocol())).put((byte) cie.preference());
        put(out, cie.nbma());
        put(out, cie.protocol());
    }

    private static void put(final ByteBuffer out, final NhrpExtension extension) {
        out.putShort((short) ((extension.compulsory() ? COMPULSORY : 0) | extension.type()));
        out.putShort((short) extension.value().length).put(extension.value());
    }

    private static void put(final ByteBuffer out, final @Nullable IpAddress address) {
        if (address != null) {
            out.put(address.octets());
        }
    }

    /** Folded ones' complement sum of the first octets (RFC 1071); an odd number is followed by a zero (section 5.1). */
    static int sum(final byte[] octets, final int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (octets[i] & 0xff) << ((i & 1) == 0 ? 8 : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
