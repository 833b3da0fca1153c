package org.qfpsim.perf.probe;

import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.perf.bench.BarePackets;
import org.qfpsim.perf.bench.InboundLoad;
import org.qfpsim.perf.bench.InboundRig;
import org.qfpsim.perf.bench.TunnelRig;

/** What is measured: a repeatable pass over {@link #packets} packets, and what makes the next one possible. */
public interface PathSubject extends AutoCloseable {
    /** Distinct buffers of bare, as many as a pass of the path has frames. */
    int BUFFERS = 4096;

    /** Packets of a pass. */
    int packets();

    /** Makes the next pass possible. Not part of what is measured. */
    void prepare();

    /** The pass. */
    void run();

    /** Checks that every packet met its end, and frees the rig. */
    @Override
    void close();

    /** What was sampled of the cost of features, if the subject has some. */
    default CostLook costs() {
        return CostLook.NOTHING;
    }

    /**
     * One pass, timed.
     *
     * @return its nanoseconds.
     */
    default long timedPass() {
        prepare();
        final long start = System.nanoTime();
        run();
        return System.nanoTime() - start;
    }

    /**
     * The decrypt alone.
     *
     * @param backend crypto library.
     * @param size    octets of the inner packet, or IMIX.
     * @return the subject, its packets encrypted and checked.
     */
    static PathSubject bare(final String backend, final String size) {
        return bare(backend, EspSuite.AES_GCM_128_16, size);
    }

    /**
     * The decrypt alone, with other algorithms.
     *
     * @param backend crypto library.
     * @param suite   algorithms.
     * @param size    octets of the inner packet, or IMIX.
     * @return the subject, its packets encrypted and checked.
     */
    static PathSubject bare(final String backend, final EspSuite suite, final String size) {
        return bare(backend, suite, size, BUFFERS);
    }

    /**
     * The decrypt alone, of another number of packets.
     *
     * @param backend crypto library.
     * @param suite   algorithms.
     * @param size    octets of the inner packet, or IMIX.
     * @param count   packets of a pass, each a buffer of its own.
     * @return the subject, its packets encrypted and checked.
     */
    static PathSubject bare(final String backend, final EspSuite suite, final String size, final int count) {
        final BarePackets packets = new BarePackets(backend, suite, size, count);
        packets.check();
        return new PathSubject() {
            @Override
            public int packets() {
                return count;
            }

            @Override
            public void prepare() {
                packets.refresh();
            }

            @Override
            public void run() {
                if (packets.open(0, count) != count) {
                    throw new IllegalStateException("a packet was not authentic");
                }
            }

            @Override
            public void close() {
                packets.check();
                packets.close();
            }
        };
    }

    /**
     * The whole inbound path.
     *
     * @param load what goes through.
     * @return the subject, its first pass compared packet by packet.
     */
    static PathSubject path(final InboundLoad load) {
        final InboundRig rig = new InboundRig(load);
        return new PathSubject() {
            @Override
            public int packets() {
                return rig.frames();
            }

            @Override
            public void prepare() {
                rig.renew();
            }

            @Override
            public void run() {
                rig.pass();
            }

            @Override
            public CostLook costs() {
                return rig.costs();
            }

            @Override
            public void close() {
                rig.close();
            }
        };
    }

    /**
     * The whole outbound path.
     *
     * @param load  what goes through.
     * @param opens whether the inbound path of another router takes what leaves, on the same thread.
     * @return the subject, its first pass compared packet by packet.
     */
    static PathSubject tunnel(final InboundLoad load, final boolean opens) {
        final TunnelRig rig = new TunnelRig(load, opens);
        return new PathSubject() {
            @Override
            public int packets() {
                return rig.frames();
            }

            @Override
            public void prepare() {
                // The sender counts its sequence numbers on by itself.
            }

            @Override
            public void run() {
                rig.pass();
            }

            @Override
            public void close() {
                rig.close();
            }
        };
    }
}
