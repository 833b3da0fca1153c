package org.qfpsim.sim.throughput.load;

import java.util.List;
import java.util.Random;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Addresses and SAs of the peers, in the networks for benchmarks (198.18.0.0/15) and documentation. */
final class Peers {
    /** The router under test. */
    static final IpAddress ROUTER = IpAddress.parse("192.0.2.2");
    /** Source of the clear packets. */
    static final int INNER_SOURCE = 0x0a01_0001;
    /** Their destination. */
    static final int INNER_DESTINATION = 0x0a02_0001;
    /** Source of the clear packets that the policy lets pass. */
    static final int PLAIN_SOURCE = 0x0a03_0001;
    /** Most SAs: peers' addresses are a number within 198.18.0.0/15 and above. */
    static final int MOST = 1 << 20;

    private static final int FIRST_PEER = 0xc612_0001;
    private static final int FIRST_SPI = 0x1000;
    private static final int FIRST_REKEYED_SPI = 0x2000_0000;
    private static final int UNKNOWN_SPI = 0x4000_0000;
    private static final long ESN_START = 5L << 32;

    private Peers() {
    }

    /** The SA of a peer, the same for both ends. */
    static SaSpec sa(final TrafficSpec traffic, final int number) {
        return sa(traffic, number, FIRST_SPI + number);
    }

    /** An SA that the router never gets. */
    static SaSpec stranger(final TrafficSpec traffic) {
        return sa(traffic, MOST, UNKNOWN_SPI);
    }

    /** The SA that a peer moves to, the first one when {@code rekeys} is 0. */
    static SaSpec rekeyed(final TrafficSpec traffic, final int peer, final int rekeys) {
        return sa(traffic, peer, FIRST_REKEYED_SPI + rekeys, traffic.seed() + 2L * MOST + rekeys);
    }

    /** Lets plain packets pass; everything else must come in an SA. */
    static PolicyRule bypass() {
        return new PolicyRule("plain", PolicyRule.Direction.INBOUND, TrafficSelector.between(network(PLAIN_SOURCE),
            network(INNER_DESTINATION)), PolicyRule.Action.BYPASS, null);
    }

    private static IpPrefix network(final int host) {
        return new IpPrefix(IpAddress.v4(host & 0xffff_0000), 16);
    }

    private static SaSpec sa(final TrafficSpec traffic, final int number, final int spi) {
        return sa(traffic, number, spi, traffic.seed() + number);
    }

    private static SaSpec sa(final TrafficSpec traffic, final int number, final int spi, final long seed) {
        final Random random = new Random(seed);
        final EspKeys keys = new EspKeys(octets(random, traffic.suite().keyBytes()), octets(random, traffic.suite().saltBytes()),
            octets(random, traffic.suite().authKeyBytes()));
        return new SaSpec("peer-" + number, spi, IpAddress.v4(FIRST_PEER + number), ROUTER, SaSpec.Mode.TUNNEL, traffic.suite(), keys,
            traffic.esn(), traffic.window(), traffic.esn() ? ESN_START : 0,
            traffic.natT() ? new SaSpec.UdpEncap(TrafficSpec.NAT_T_PORT, TrafficSpec.NAT_T_PORT) : null,
            List.of(TrafficSelector.between(network(INNER_SOURCE), network(INNER_DESTINATION))), SaSpec.Lifetime.UNLIMITED);
    }

    private static byte[] octets(final Random random, final int count) {
        final byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }
}
