package org.qfpsim.sim.traffic;

import java.nio.ByteOrder;
import java.util.List;
import java.util.random.RandomGenerator;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** The far end of a tunnel: has a network behind it and encrypts what comes from there, with one SA at a time. */
final class Peer implements AutoCloseable {
    private static final int INNER_UDP_PORT = 5001;

    private final String name;
    private final IpAddress address;
    private final IpAddress router;
    private final int network;
    private final int routerNetwork;
    private final EspSuite suite;
    private final CryptoBackend backend;
    private final CryptoLane lane;
    private final RandomGenerator random;
    private final UnsafeBuffer inner = new UnsafeBuffer(BufferUtil.allocateDirectAligned(2048, 64));
    private @Nullable OutboundSa sa;
    private long keyHandle;

    /**
     * Makes a peer without an SA.
     *
     * @param name          what its SAs are called after.
     * @param address       its outer address.
     * @param router        the router's outer address.
     * @param network       its network, a /24, host order.
     * @param routerNetwork the network behind the router, a /24.
     * @param suite         of its SAs.
     * @param crypto        libraries to encrypt with.
     * @param random        for keys, SPIs, addresses.
     */
    Peer(final String name, final IpAddress address, final IpAddress router, final int network, final int routerNetwork,
         final EspSuite suite, final CryptoBackends crypto, final RandomGenerator random) {
        this.name = name;
        this.address = address;
        this.router = router;
        this.network = network;
        this.routerNetwork = routerNetwork;
        this.suite = suite;
        this.random = random;
        backend = crypto.forSuite(suite);
        lane = backend.newLane();
    }

    IpAddress address() {
        return address;
    }

    /** What may come out of this peer's SAs. */
    TrafficSelector selector() {
        return TrafficSelector.between(new IpPrefix(IpAddress.v4(network), 24), new IpPrefix(IpAddress.v4(routerNetwork), 24));
    }

    /**
     * Switches to a new SA with fresh keys and a random SPI.
     *
     * @return what the router must install to open its packets.
     */
    SaSpec rekey(final int generation) {
        final SaSpec spec = new SaSpec(name + "#" + generation, 0x10000000 | random.nextInt() & 0x7fffffff, address, router,
            SaSpec.Mode.TUNNEL, suite, keys(), false, 64, 0, null, List.of(selector()), SaSpec.Lifetime.UNLIMITED);
        release();
        keyHandle = backend.install(suite, spec.keys());
        sa = new OutboundSa(spec, lane.transform(suite), keyHandle);
        return spec;
    }

    private EspKeys keys() {
        final byte[] key = new byte[suite.keyBytes()];
        final byte[] salt = new byte[suite.saltBytes()];
        final byte[] authKey = new byte[suite.authKeyBytes()];
        random.nextBytes(key);
        random.nextBytes(salt);
        random.nextBytes(authKey);
        return new EspKeys(key, salt, authKey);
    }

    /**
     * Appends an encrypted packet.
     *
     * @param batch      where to.
     * @param innerBytes octets of the packet from the network behind, 28 to 1,400.
     * @param nanos      its time.
     */
    void send(final FrameBatch batch, final int innerBytes, final long nanos) {
        if (sa == null) {
            throw new IllegalStateException(name + " has no SA");
        }
        final int at = batch.begin(address.v6());
        clearPacket(inner, 0, innerBytes);
        final int bytes = sa.wrap(batch.arena(), at, inner, 0, innerBytes, Net.IPV4_HEADER_BYTES, 9, 0, false);
        if (bytes < 0) {
            throw new IllegalStateException(name + " cannot encrypt: " + bytes);
        }
        batch.end(bytes, nanos);
    }

    /** Appends the packet as it is, without encryption. */
    void sendClear(final FrameBatch batch, final int innerBytes, final long nanos) {
        clearPacket(batch.arena(), batch.begin(false), innerBytes);
        batch.end(innerBytes, nanos);
    }

    /** A UDP packet from a host behind this peer to one behind the router. */
    private void clearPacket(final UnsafeBuffer out, final int at, final int bytes) {
        out.putInt(at, 0x45000000 | bytes, ByteOrder.BIG_ENDIAN);
        out.putInt(at + 4, random.nextInt() & 0xffff0000, ByteOrder.BIG_ENDIAN);
        out.putInt(at + 8, 64 << 24 | Net.PROTO_UDP << 16, ByteOrder.BIG_ENDIAN);
        out.putInt(at + 12, network | 1 + random.nextInt(250), ByteOrder.BIG_ENDIAN);
        out.putInt(at + 16, routerNetwork | 1 + random.nextInt(250), ByteOrder.BIG_ENDIAN);
        Checksum.write(out, at, Net.IPV4_HEADER_BYTES);
        out.putInt(at + 20, INNER_UDP_PORT << 16 | INNER_UDP_PORT, ByteOrder.BIG_ENDIAN);
        // The UDP checksum is optional in IPv4; what follows is left from the packets before.
        out.putInt(at + 24, bytes - Net.IPV4_HEADER_BYTES << 16, ByteOrder.BIG_ENDIAN);
    }

    private void release() {
        if (sa != null) {
            backend.release(suite, keyHandle);
            sa = null;
        }
    }

    @Override
    public void close() {
        release();
    }
}
