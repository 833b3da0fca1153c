package org.qfpsim.datapath.pipeline;

/**
 * How protected packets leave.
 *
 * @param mtu           most octets of an outer packet, 576 to 9,216 (1,280 from for IPv6).
 * @param dfBit         what becomes of the DF bit ({@code crypto ipsec df-bit}).
 * @param fragmentation when a packet that is too big is cut ({@code crypto ipsec fragmentation}).
 */
public record OutboundOptions(int mtu, DfBit dfBit, Fragmentation fragmentation) {
    /** Smallest MTU: what every IPv4 host must take (RFC 791). */
    public static final int MIN_MTU = 576;
    /** Largest MTU. */
    public static final int MAX_MTU = 9216;

    /** The platform's defaults: 1,500 octets, DF copied, fragmentation before encryption. */
    public static final OutboundOptions DEFAULT = new OutboundOptions(1500, DfBit.COPY, Fragmentation.BEFORE_ENCRYPTION);

    /** The DF bit of the outer header. */
    public enum DfBit {
        /** As the inner header has it. */
        COPY,
        /** Always set. */
        SET,
        /** Always clear; a packet with DF may then be cut after encryption. */
        CLEAR
    }

    /** When a packet that is too big is cut. */
    public enum Fragmentation {
        /** The clear packet is cut, so that the peer needs no reassembly. */
        BEFORE_ENCRYPTION,
        /** The protected packet is cut, and the peer reassembles before decryption. */
        AFTER_ENCRYPTION
    }

    /** Checks the range. */
    public OutboundOptions {
        if (mtu < MIN_MTU || mtu > MAX_MTU) {
            throw new IllegalArgumentException("mtu " + mtu + " is not within " + MIN_MTU + " to " + MAX_MTU);
        }
    }
}
