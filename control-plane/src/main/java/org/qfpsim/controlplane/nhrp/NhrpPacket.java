package org.qfpsim.controlplane.nhrp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * An NHRP packet (RFC 2332 section 5.2) as far as this router speaks it.
 *
 * @param kind        what it is.
 * @param hops        how many servers may still pass it on.
 * @param flags       of the kind; 0 in an error indication.
 * @param requestId   the same in request and reply; in an error indication code &lt;&lt; 16 | offset.
 * @param sourceNbma  outer address of the station that has sent the request, or null.
 * @param source      its inner address.
 * @param destination the inner address that it asks, or asks for. Of an error indication: who is told.
 * @param cies        client information entries.
 * @param extensions  without the end.
 * @param inError     of an error indication, the beginning of the packet that was wrong; otherwise empty.
 */
record NhrpPacket(Kind kind, int hops, int flags, int requestId, @Nullable IpAddress sourceNbma, IpAddress source,
                  IpAddress destination, List<NhrpCie> cies, List<NhrpExtension> extensions, byte[] inError) {
    /** Servers that a packet of ours may pass. */
    static final int HOPS = 255;

    /** Resolution: the sender is a router. */
    static final int ROUTER = 0x8000;
    /** Resolution: only from a server that the target is registered with; in the reply: so it is. */
    static final int AUTHORITATIVE = 0x4000;
    /** Resolution: only entries that were registered as the only one. */
    static final int UNIQUE = 0x1000;
    /** Resolution: what the request says of its sender will stay. */
    static final int SOURCE_STABLE = 0x0800;
    /** Registration: nobody else may register the same address. */
    static final int REGISTER_UNIQUE = 0x8000;
    /** Purge: no reply is expected. */
    static final int NO_REPLY = 0x8000;

    /** What a packet is, by its number on the wire. */
    enum Kind {
        /** Asks for a next hop. */
        RESOLUTION_REQUEST(1),
        /** Tells one, or that there is none. */
        RESOLUTION_REPLY(2),
        /** Tells a server where its sender is. */
        REGISTRATION_REQUEST(3),
        /** Says whether the server has taken it. */
        REGISTRATION_REPLY(4),
        /** Takes back what was told. */
        PURGE_REQUEST(5),
        /** Says that it was forgotten. */
        PURGE_REPLY(6),
        /** Says what was wrong with a packet. */
        ERROR_INDICATION(7);

        private final int number;

        Kind(final int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        boolean isReply() {
            return this == RESOLUTION_REPLY || this == REGISTRATION_REPLY || this == PURGE_REPLY;
        }

        static @Nullable Kind of(final int number) {
            return number < 1 || number > values().length ? null : values()[number - 1];
        }
    }

    /** Copies the lists. */
    NhrpPacket {
        cies = List.copyOf(cies);
        extensions = List.copyOf(extensions);
    }

    /** A request of our own. */
    static NhrpPacket request(final Kind kind, final int flags, final int requestId, final IpAddress nbma, final IpAddress source,
                              final IpAddress destination, final NhrpCie cie, final List<NhrpExtension> extensions) {
        return new NhrpPacket(kind, HOPS, flags, requestId, nbma, source, destination, List.of(cie), extensions, new byte[0]);
    }

    /** An error indication (section 5.2.7). */
    static NhrpPacket error(final int code, final int offset, final IpAddress nbma, final IpAddress source, final IpAddress destination,
                            final byte[] inError) {
        return new NhrpPacket(Kind.ERROR_INDICATION, HOPS, 0, code << 16 | offset, nbma, source, destination, List.of(), List.of(),
            inError);
    }

    /** The reply to this request: same number, same addresses, hops as if it were a request of our own (section 5.1). */
    NhrpPacket reply(final int replyFlags, final List<NhrpCie> answers, final List<NhrpExtension> replyExtensions) {
        final Kind reply = switch (kind) {
            case RESOLUTION_REQUEST -> Kind.RESOLUTION_REPLY;
            case REGISTRATION_REQUEST -> Kind.REGISTRATION_REPLY;
            case PURGE_REQUEST -> Kind.PURGE_REPLY;
            default -> throw new IllegalStateException(kind + " has no reply");
        };
        return new NhrpPacket(reply, HOPS, replyFlags, requestId, sourceNbma, source, destination, answers, replyExtensions, inError);
    }

    /** The same one hop further. */
    NhrpPacket passedOn(final List<NhrpExtension> next) {
        return new NhrpPacket(kind, hops - 1, flags, requestId, sourceNbma, source, destination, cies, next, inError);
    }

    /** The same with other extensions. */
    NhrpPacket withExtensions(final List<NhrpExtension> next) {
        return new NhrpPacket(kind, hops, flags, requestId, sourceNbma, source, destination, cies, next, inError);
    }

    boolean has(final int flag) {
        return (flags & flag) != 0;
    }

    int errorCode() {
        return requestId >>> 16;
    }

    int errorOffset() {
        return requestId & 0xffff;
    }

    /** Whether it is about IPv6 inside. */
    boolean v6() {
        return source.v6();
    }
}
