package org.qfpsim.controlplane.nhrp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;

/**
 * Reads NHRP packets (RFC 2332 section 5). What is not IP over IP, has a wrong length anywhere or a wrong checksum, is no packet. Lists are
 * bounded: nobody sends so many entries or extensions.
 */
final class NhrpDecoder {
    /** Octets of the fixed part. */
    static final int FIXED = 20;
    /** Most octets of a packet. */
    static final int MAX_BYTES = 2048;
    /** Most client information entries in a packet or in an extension. */
    static final int MAX_CIES = 16;
    /** Most extensions. */
    static final int MAX_EXTENSIONS = 16;
    /** Address family numbers of IPv4 and IPv6. */
    static final int AFN_IPV4 = 1;
    static final int AFN_IPV6 = 2;
    /** Version of NHRP itself. */
    static final int VERSION = 1;

    private static final int MANDATORY = 8;
    private static final int CIE = 12;
    private static final int EXTENSION = 4;
    private static final int COMPULSORY = 0x8000;
    private static final int TYPE = 0x3fff;

    private final int nbmaBytes;
    private final int protocolBytes;

    private NhrpDecoder(final int nbmaBytes, final int protocolBytes) {
        this.nbmaBytes = nbmaBytes;
        this.protocolBytes = protocolBytes;
    }

    /** A length or a value that cannot be. */
    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(final String what) {
            super(what, null, false, false);
        }
    }

    /** Reads a packet; octets behind its length are none of it. */
    static Optional<NhrpPacket> read(final byte[] octets) {
        try {
            return Optional.of(packet(octets));
        } catch (final MalformedException e) {
            return Optional.empty();
        }
    }

    /** Reads the entries in the value of an extension that records servers, or responders. */
    static Optional<List<NhrpCie>> entries(final byte[] value, final int nbmaBytes, final int protocolBytes) {
        try {
            return Optional.of(new NhrpDecoder(nbmaBytes, protocolBytes).cies(ByteBuffer.wrap(value)));
        } catch (final MalformedException e) {
            return Optional.empty();
        }
    }

    private static NhrpPacket packet(final byte[] octets) throws MalformedException {
        check(octets.length >= FIXED + MANDATORY, "too short");
        final ByteBuffer in = ByteBuffer.wrap(octets);
        final int family = in.getShort(0);
        final int type = in.getShort(2) & 0xffff;
        final int size = in.getShort(10) & 0xffff;
        final int extensions = in.getShort(14) & 0xffff;
        final NhrpPacket.Kind kind = NhrpPacket.Kind.of(in.get(17));
        check(family == AFN_IPV4 || family == AFN_IPV6, "family");
        check(type == Net.ETHERTYPE_IPV4 || type == Net.ETHERTYPE_IPV6, "protocol");
        check(size >= FIXED + MANDATORY && size <= Math.min(octets.length, MAX_BYTES), "size");
        check(extensions == 0 || extensions >= FIXED + MANDATORY && extensions <= size, "extension offset");
        if (in.get(16) != VERSION || kind == null) {
            throw new MalformedException("version or kind");
        }
        check(NhrpEncoder.sum(octets, size) == 0xffff, "checksum");
        in.limit(extensions == 0 ? size : extensions).position(FIXED);
        final NhrpDecoder decoder = new NhrpDecoder(family == AFN_IPV4 ? 4 : 16, type == Net.ETHERTYPE_IPV4 ? 4 : 16);
        final NhrpPacket packet = decoder.mandatory(kind, in, in.get(9) & 0xff, in.get(18), in.get(19));
        if (extensions == 0) {
            return packet;
        }
        // Section 5.2.7: an error indication has none.
        check(kind != NhrpPacket.Kind.ERROR_INDICATION, "extensions of an error");
        return packet.withExtensions(extensions(in.limit(size).position(extensions)));
    }

    private NhrpPacket mandatory(final NhrpPacket.Kind kind, final ByteBuffer in, final int hops, final int nbma, final int subaddress)
        throws MalformedException {
        check(in.remaining() >= MANDATORY, "mandatory part");
        final int source = in.get() & 0xff;
        final int destination = in.get() & 0xff;
        final int flags = in.getShort() & 0xffff;
        final int id = in.getInt();
        check(source == protocolBytes && destination == protocolBytes, "protocol length");
        final IpAddress from = address(in, nbma, subaddress, nbmaBytes);
        final IpAddress sender = IpAddress.of(take(in, source));
        final IpAddress target = IpAddress.of(take(in, destination));
        if (kind == NhrpPacket.Kind.ERROR_INDICATION) {
            return new NhrpPacket(kind, hops, 0, id, from, sender, target, List.of(), List.of(), take(in, in.remaining()));
        }
        return new NhrpPacket(kind, hops, flags, id, from, sender, target, cies(in), List.of(), new byte[0]);
    }

    private List<NhrpCie> cies(final ByteBuffer in) throws MalformedException {
        final List<NhrpCie> cies = new ArrayList<>();
        while (in.hasRemaining()) {
            check(in.remaining() >= CIE && cies.size() < MAX_CIES, "entry");
            final int code = in.get() & 0xff;
            final int prefix = in.get() & 0xff;
            in.getShort();
            final int mtu = in.getShort() & 0xffff;
            final int holding = in.getShort() & 0xffff;
            final int nbma = in.get();
            final int subaddress = in.get();
            final int protocol = in.get() & 0xff;
            final int preference = in.get() & 0xff;
            final IpAddress outer = address(in, nbma, subaddress, nbmaBytes);
            cies.add(new NhrpCie(code, prefix, mtu, holding, outer, address(in, protocol, 0, protocolBytes), preference));
        }
        return cies;
    }

    /** An address that may be missing. IP has no subaddresses, and its addresses are of type 0. */
    private static @Nullable IpAddress address(final ByteBuffer in, final int typeAndLength, final int subaddress, final int bytes)
        throws MalformedException {
        check((typeAndLength == 0 || typeAndLength == bytes) && subaddress == 0, "address length");
        return typeAndLength == 0 ? null : IpAddress.of(take(in, bytes));
    }

    private static List<NhrpExtension> extensions(final ByteBuffer in) throws MalformedException {
        final List<NhrpExtension> extensions = new ArrayList<>();
        while (true) {
            check(in.remaining() >= EXTENSION && extensions.size() <= MAX_EXTENSIONS, "extension");
            final int type = in.getShort() & 0xffff;
            final byte[] value = take(in, in.getShort() & 0xffff);
            if ((type & TYPE) == NhrpExtension.END) {
                // Section 5.3.0: it ends the list, and nothing follows.
                check(value.length == 0 && !in.hasRemaining(), "end");
                return extensions;
            }
            extensions.add(new NhrpExtension((type & COMPULSORY) != 0, type & TYPE, value));
        }
    }

    private static byte[] take(final ByteBuffer in, final int bytes) throws MalformedException {
        check(in.remaining() >= bytes, "short");
        final byte[] taken = new byte[bytes];
        in.get(taken);
        return taken;
    }

    private static void check(final boolean right, final String what) throws MalformedException {
        if (!right) {
            throw new MalformedException(what);
        }
    }
}
