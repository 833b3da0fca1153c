package org.qfpsim.controlplane.nhrp;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * A client information entry (RFC 2332 section 5.2.0.1).
 *
 * @param code         0, or why not ({@link NhrpNames#code}).
 * @param prefixLength of the addresses that it is about; 0 and 255 mean one address.
 * @param mtu          of the client, octets; 0: not told.
 * @param holdingTime  seconds that it is valid; 0 with a code other than 0.
 * @param nbma         outer address of the client, or null: that of the packet's source.
 * @param protocol     inner address of the client, or null: that of the packet's source.
 * @param preference   higher is better.
 */
record NhrpCie(int code, int prefixLength, int mtu, int holdingTime, @Nullable IpAddress nbma, @Nullable IpAddress protocol,
               int preference) {
    /** All of these addresses is one address. */
    static final int ONE_ADDRESS = 0xff;

    /** What a request says of its sender, whose addresses are in the mandatory part. */
    static NhrpCie ofSource(final int prefixLength, final int mtu, final int holdingTime) {
        return new NhrpCie(0, prefixLength, mtu, holdingTime, null, null, 0);
    }

    /** A whole one. */
    static NhrpCie of(final int prefixLength, final int mtu, final int holdingTime, final IpAddress nbma, final IpAddress protocol) {
        return new NhrpCie(0, prefixLength, mtu, holdingTime, nbma, protocol, 0);
    }

    /** A refusal: no next hop, no holding time. */
    static NhrpCie refused(final int code) {
        return new NhrpCie(code, 0, 0, 0, null, null, 0);
    }

    /** The answer to an entry of a registration. */
    NhrpCie answered(final int answer) {
        return new NhrpCie(answer, prefixLength, mtu, answer == 0 ? holdingTime : 0, nbma, protocol, preference);
    }

    /** Whether it is about a single address of so many bits. */
    boolean isOneAddress(final int bits) {
        return prefixLength == 0 || prefixLength == ONE_ADDRESS || prefixLength == bits;
    }
}
