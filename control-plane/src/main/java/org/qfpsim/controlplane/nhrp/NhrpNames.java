package org.qfpsim.controlplane.nhrp;

/** Codes of RFC 2332 and how the platform calls them. */
final class NhrpNames {
    /** Administratively prohibited (section 5.2.2, 5.2.4). */
    static final int PROHIBITED = 4;
    /** Insufficient resources. */
    static final int NO_RESOURCES = 5;
    /** No internetworking layer address to NBMA address binding exists. */
    static final int NO_BINDING = 12;
    /** Binding exists but is not unique. */
    static final int NOT_UNIQUE = 13;
    /** Unique internetworking layer address already registered. */
    static final int ALREADY_REGISTERED = 14;

    /** Error: unrecognized extension (section 5.2.7). */
    static final int ERROR_EXTENSION = 1;
    /** Error: loop detected. */
    static final int ERROR_LOOP = 3;
    /** Error: protocol address unreachable. */
    static final int ERROR_UNREACHABLE = 6;
    /** Error: protocol error. */
    static final int ERROR_PROTOCOL = 7;
    /** Error: authentication failure. */
    static final int ERROR_AUTHENTICATION = 11;
    /** Error: hop count exceeded. */
    static final int ERROR_HOPS = 15;

    private NhrpNames() {
    }

    /** A code of a client information entry, with its number. */
    static String code(final int code) {
        return switch (code) {
            case 0 -> "no error";
            case PROHIBITED -> "administratively prohibited";
            case NO_RESOURCES -> "insufficient resources";
            case NO_BINDING -> "no address binding exists";
            case NOT_UNIQUE -> "binding exists but is not unique";
            case ALREADY_REGISTERED -> "unique address registered already";
            default -> "unknown";
        } + "(" + code + ")";
    }

    /** A code of an error indication, with its number. */
    static String error(final int code) {
        return switch (code) {
            case ERROR_EXTENSION -> "unrecognized extension";
            case ERROR_LOOP -> "loop detected";
            case ERROR_UNREACHABLE -> "protocol address unreachable";
            case ERROR_PROTOCOL -> "protocol error";
            case 8 -> "SDU size exceeded";
            case 9 -> "invalid extension";
            case 10 -> "invalid resolution reply received";
            case ERROR_AUTHENTICATION -> "authentication failure";
            case ERROR_HOPS -> "hop count exceeded";
            default -> "unknown";
        } + "(" + code + ")";
    }

    /** A kind of packet, in words. */
    static String kind(final NhrpPacket.Kind kind) {
        return switch (kind) {
            case RESOLUTION_REQUEST -> "Resolution Request";
            case RESOLUTION_REPLY -> "Resolution Reply";
            case REGISTRATION_REQUEST -> "Registration Request";
            case REGISTRATION_REPLY -> "Registration Reply";
            case PURGE_REQUEST -> "Purge Request";
            case PURGE_REPLY -> "Purge Reply";
            case ERROR_INDICATION -> "Error Indication";
        };
    }

    /** The flags of a packet in words, a blank behind each. */
    static String flags(final NhrpPacket packet) {
        return switch (packet.kind()) {
            case RESOLUTION_REQUEST, RESOLUTION_REPLY -> word(packet, NhrpPacket.ROUTER, "router ")
                + word(packet, NhrpPacket.AUTHORITATIVE, "auth ") + word(packet, NhrpPacket.UNIQUE, "unique ")
                + word(packet, NhrpPacket.SOURCE_STABLE, "src-stable ");
            case REGISTRATION_REQUEST, REGISTRATION_REPLY -> word(packet, NhrpPacket.REGISTER_UNIQUE, "unique ");
            case PURGE_REQUEST, PURGE_REPLY -> word(packet, NhrpPacket.NO_REPLY, "no-reply ");
            case ERROR_INDICATION -> "";
        };
    }

    private static String word(final NhrpPacket packet, final int flag, final String word) {
        return packet.has(flag) ? word : "";
    }
}
