package org.qfpsim.datapath.route;

import java.util.Arrays;

/**
 * What a routed datapath knows of inbound SAs beyond their records, by their dense numbers: flow and interface, written by the control
 * thread before the SA is published; the time of last use, written by gather.
 */
public final class SaUse {
    private static final int SHIFT = 8;
    private static final int CHUNK = 1 << SHIFT;

    private volatile Chunk[] chunks = new Chunk[0];

    /** Some numbers in a row; never moves, so that a writer loses nothing when there are more. */
    private static final class Chunk {
        private final int[] flows = new int[CHUNK];
        private final int[] ports = new int[CHUNK];
        private final long[] last = new long[CHUNK];
    }

    /**
     * Says where the packets of an SA come out. Control thread, before the SA is published.
     *
     * @param number of the SA.
     * @param flow   its flow.
     * @param port   its interface.
     */
    public void bind(final int number, final int flow, final int port) {
        final int chunk = number >>> SHIFT;
        if (chunk >= chunks.length) {
            final Chunk[] more = Arrays.copyOf(chunks, chunk + 1);
            for (int i = chunks.length; i < more.length; i++) {
                more[i] = new Chunk();
                Arrays.fill(more[i].flows, RoutedConfig.NO_FLOW);
                Arrays.fill(more[i].ports, RoutedConfig.NO_INTERFACE);
                Arrays.fill(more[i].last, RoutedSa.NEVER);
            }
            chunks = more;
        }
        chunks[chunk].flows[number & CHUNK - 1] = flow;
        chunks[chunk].ports[number & CHUNK - 1] = port;
    }

    /** The flow of an SA. */
    int flow(final int number) {
        final Chunk[] now = chunks;
        return number >>> SHIFT < now.length ? now[number >>> SHIFT].flows[number & CHUNK - 1] : RoutedConfig.NO_FLOW;
    }

    /** The interface of an SA. */
    int port(final int number) {
        final Chunk[] now = chunks;
        return number >>> SHIFT < now.length ? now[number >>> SHIFT].ports[number & CHUNK - 1] : RoutedConfig.NO_INTERFACE;
    }

    /** Notes that an authentic packet has come. Gather only. */
    void used(final int number, final long nanos) {
        final Chunk[] now = chunks;
        if (number >>> SHIFT < now.length) {
            now[number >>> SHIFT].last[number & CHUNK - 1] = nanos;
        }
    }

    /**
     * When an authentic packet came last.
     *
     * @param number of the SA.
     * @return the packets' clock, or {@link RoutedSa#NEVER}.
     */
    public long lastUsed(final int number) {
        final Chunk[] now = chunks;
        return number >>> SHIFT < now.length ? now[number >>> SHIFT].last[number & CHUNK - 1] : RoutedSa.NEVER;
    }
}
