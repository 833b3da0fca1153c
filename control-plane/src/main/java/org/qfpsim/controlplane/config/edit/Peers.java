package org.qfpsim.controlplane.config.edit;

import java.util.function.BiConsumer;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/** How a command says whom it is for: shared by keys and profiles of both IKE versions. */
final class Peers {
    static final Argument<IpAddress> ADDRESS = Argument.ipv4();
    static final Argument<IpAddress> MASK = Argument.ipv4();
    static final Argument<IpPrefix> PREFIX6 = Argument.ipv6Prefix();
    static final Argument<IpAddress> HOST6 = Argument.ipv6();
    static final Argument<String> NAME = Argument.word();
    static final Argument<String> DOMAIN = Argument.word();

    private Peers() {
    }

    /** Where a branch ends: what is done there. */
    @FunctionalInterface
    interface End extends BiConsumer<Branch, Reader> {
    }

    /** Reads the peer out of a line. */
    @FunctionalInterface
    interface Reader {
        /**
         * Reads the peer.
         *
         * @param input the line.
         * @return the peer.
         * @throws CommandRefusal if its mask is none.
         */
        PeerMatch read(Input input) throws CommandRefusal;
    }

    /** An IPv4 address with or without mask, an IPv6 prefix or host. */
    static void address(final Branch at, final End end) {
        final Branch v4 = at.arg(ADDRESS, "IP address");
        final Reader prefix = input -> new PeerMatch.Address(Arguments.prefix(input, ADDRESS, MASK));
        end.accept(v4, prefix);
        end.accept(v4.arg(MASK, "Subnet mask"), prefix);
        end.accept(at.arg(PREFIX6, "IPv6 prefix"), input -> new PeerMatch.Address(input.get(PREFIX6)));
        end.accept(at.arg(HOST6, "IPv6 address"), input -> new PeerMatch.Address(new IpPrefix(input.get(HOST6), 128)));
    }

    /** A name of a type. */
    static void name(final Branch at, final int type, final End end) {
        end.accept(at.arg(NAME, "Name"), input -> new PeerMatch.Name(type, input.get(NAME)));
    }

    /** A domain of a type. */
    static void domain(final Branch at, final int type, final End end) {
        end.accept(at.on("domain", "All names of a domain").arg(DOMAIN, "Domain name"),
            input -> new PeerMatch.Domain(type, input.get(DOMAIN)));
    }

    /** FQDN or user FQDN: the name itself or a domain. */
    static void nameOrDomain(final Branch at, final int type, final End end) {
        domain(at, type, end);
        name(at, type, end);
    }

    /** Key id. */
    static void keyId(final Branch at, final End end) {
        name(at.on("key-id", "Key-id opaque string"), IkeIdentity.KEY_ID, end);
    }
}
