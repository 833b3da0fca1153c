package org.qfpsim.sim.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.sa.SaSpec;

/** Seeded packets for one SA of every suite, shape and sequence number length. */
final class EspCases {
    /** Packets per SA: no payload, a few octets, a header with options, TFC padding. */
    private static final int PACKETS = 4;
    private static final int OPTIONS = 2;
    private static final int PADDED = 3;
    private static final int MOST_OCTETS = 4096;

    private final UnsafeBuffer in = new UnsafeBuffer(BufferUtil.allocateDirectAligned(MOST_OCTETS, 64));
    private final UnsafeBuffer out = new UnsafeBuffer(BufferUtil.allocateDirectAligned(MOST_OCTETS, 64));
    private final Random random;

    private EspCases(final long seed) {
        random = new Random(seed);
    }

    /** An IP packet on its way into an SA. */
    private record Plain(InnerPacket packet, int tfc, boolean dontFragment) {
        static Plain random(final Random random, final Shape shape, final int index) {
            final int payload = index == 0 ? 0 : 1 + random.nextInt(index == 1 ? 40 : 1400);
            final int tfc = index == PADDED && shape.tunnel() ? 1 + random.nextInt(300) : 0;
            return new Plain(InnerPacket.random(random, shape, payload, index == OPTIONS), tfc, random.nextBoolean());
        }
    }

    /** Packets that nobody has wrapped yet, without TFC padding. */
    static List<EspCase> plain(final long seed) {
        final EspCases cases = new EspCases(seed);
        return cases.specs().stream().flatMap(spec -> {
            final Shape shape = shape(spec);
            final List<EspCase> made = new ArrayList<>();
            for (final Plain plain : cases.plains(shape)) {
                made.add(new EspCase(spec, shape, spec.initialSequence() + made.size() + 1, plain.packet.octets(), 0, List.of(), new byte[0]));
            }
            return made.stream();
        }).toList();
    }

    /** Packets that every backend has wrapped; one case for each different result, so normally one for all backends. */
    static List<EspCase> wrapped(final long seed, final List<CryptoBackend> backends) {
        final EspCases cases = new EspCases(seed);
        final List<CryptoLane> lanes = backends.stream().map(CryptoBackend::newLane).toList();
        final List<EspCase> made = new ArrayList<>();
        for (final SaSpec spec : cases.specs()) {
            final List<Plain> plains = cases.plains(shape(spec));
            final List<EspCase> ofThisSa = new ArrayList<>();
            for (int i = 0; i < lanes.size(); i++) {
                if (backends.get(i).suites().contains(spec.suite())) {
                    cases.wrap(spec, plains, backends.get(i), lanes.get(i)).forEach(packet -> merge(ofThisSa, packet));
                }
            }
            made.addAll(ofThisSa);
        }
        return made;
    }

    private static void merge(final List<EspCase> known, final EspCase packet) {
        for (int i = 0; i < known.size(); i++) {
            final EspCase other = known.get(i);
            if (Arrays.equals(other.outer(), packet.outer())) {
                final List<String> sealers = new ArrayList<>(other.sealers());
                sealers.addAll(packet.sealers());
                known.set(i, new EspCase(other.sa(), other.shape(), other.sequence(), other.inner(), other.tfc(), sealers, other.outer()));
                return;
            }
        }
        known.add(packet);
    }

    private List<EspCase> wrap(final SaSpec spec, final List<Plain> plains, final CryptoBackend backend, final CryptoLane lane) {
        final long key = backend.install(spec.suite(), spec.keys());
        final OutboundSa sa = new OutboundSa(spec, lane.transform(spec.suite()), key);
        final List<EspCase> packets = new ArrayList<>();
        for (final Plain plain : plains) {
            final InnerPacket packet = plain.packet;
            final int length = packet.octets().length;
            in.putBytes(0, packet.octets());
            final int total = sa.wrap(out, 0, in, 0, length, packet.header(), packet.protocolField(), plain.tfc, plain.dontFragment);
            assertThat(total).isEqualTo(sa.outerBytes(length + plain.tfc, packet.header()));
            final byte[] outer = new byte[total];
            out.getBytes(0, outer);
            packets.add(new EspCase(spec, shape(spec), sa.sequence(), packet.octets(), plain.tfc, List.of(backend.id()), outer));
        }
        backend.release(spec.suite(), key);
        return packets;
    }

    private List<Plain> plains(final Shape shape) {
        final List<Plain> plains = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            plains.add(Plain.random(random, shape, i));
        }
        return plains;
    }

    private static Shape shape(final SaSpec spec) {
        return Shape.valueOf(spec.name());
    }

    private List<SaSpec> specs() {
        final List<SaSpec> specs = new ArrayList<>();
        for (final EspSuite suite : EspSuite.values()) {
            for (final Shape shape : Shape.values()) {
                specs.add(spec(suite, shape, false, specs.size()));
                if (suite.authenticated()) {
                    specs.add(spec(suite, shape, true, specs.size()));
                }
            }
        }
        return specs;
    }

    private SaSpec spec(final EspSuite suite, final Shape shape, final boolean esn, final int index) {
        final EspKeys keys = new EspKeys(octets(suite.keyBytes()), octets(suite.saltBytes()), octets(suite.authKeyBytes()));
        // Extended numbers pass from one high half to the next within the few packets.
        final long sequence = esn ? (long) random.nextInt(1, Integer.MAX_VALUE) << 32 | 0xffff_fffdL : random.nextInt(1, Integer.MAX_VALUE);
        final SaSpec.UdpEncap udp = shape.natT ? new SaSpec.UdpEncap(random.nextInt(1024, 65536), 4500) : null;
        return new SaSpec(shape.name(), 0x0a00_0001 + 0x0101 * index, shape.source(), shape.destination(), shape.mode, suite, keys, esn,
            64, sequence, udp, List.of(), SaSpec.Lifetime.UNLIMITED);
    }

    private byte[] octets(final int count) {
        final byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }
}
