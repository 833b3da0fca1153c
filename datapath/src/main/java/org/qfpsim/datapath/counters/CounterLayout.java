package org.qfpsim.datapath.counters;

/**
 * Layout of the counters file, version {@link #VERSION}. All numbers are little-endian, all counters 64 bits and aligned.
 *
 * <pre>
 *   header (64)
 *     0  magic (8) "QFPCNTRS"     8  version (4)      12  blocks (4)      16  octets of a block (4)   20  octets of the labels (4)
 *    24  process id (8)          32  ready (8): 1 when everything above is written
 *   labels (UTF-8), one line a counter: offset in the block, TAB, unit, TAB, name; padded to 64
 *   block 0: the dispatcher's; block 1 and following: one for each packet processing engine
 *
 *   block
 *     0     totals       {@link Total}, 8 octets each, room for {@link #TOTALS}
 *   256     global drops by id: packets (8), octets (8); room for {@link #GLOBAL_DROPS}
 *  8960     IPsec types by number: packets (8); room for {@link #IPSEC_DROPS}
 *  9984     punt causes: received (8), transmitted (8); room for {@link #PUNT_CAUSES}
 * 13056     inject causes: received (8), transmitted (8); room for {@link #INJECT_CAUSES}
 * 14080     punt policers by cause: normal queue conforming (8), dropped (8), high queue the same; room for {@link #PUNT_CAUSES}
 * 20224     costs {@link Cost}: nanoseconds (8), packets (8), intervals (8), batches left out (8); room for {@link #COSTS}
 * 21248     end
 * </pre>
 *
 * One thread writes a block's counter; a reader in any process sees every value whole, and never one from the future of another that the
 * writer wrote later in the same batch and the reader read first.
 */
public final class CounterLayout {
    /** Changes with every change of the layout. */
    public static final int VERSION = 4;
    /** The first eight octets, "QFPCNTRS" read little-endian. */
    public static final long MAGIC = 0x5352_544e_4350_4651L;
    /** Octets of the header. */
    public static final int HEADER_BYTES = 64;
    /** Room for totals. */
    public static final int TOTALS = 32;
    /** Room for global drops: ids below this. */
    public static final int GLOBAL_DROPS = 544;
    /** Room for IPsec types: numbers below this. */
    public static final int IPSEC_DROPS = 128;
    /** Room for punt causes: numbers below this. */
    public static final int PUNT_CAUSES = 192;
    /** Room for inject causes: numbers below this. */
    public static final int INJECT_CAUSES = 64;
    /** Room for costs. */
    public static final int COSTS = 32;
    /** Octets of a cost. */
    public static final int COST_BYTES = 32;
    /** Octets of a block. */
    public static final int BLOCK_BYTES = policerOffset(PUNT_CAUSES, false) + COSTS * COST_BYTES;

    static final int AT_MAGIC = 0;
    static final int AT_VERSION = 8;
    static final int AT_BLOCKS = 12;
    static final int AT_BLOCK_BYTES = 16;
    static final int AT_LABEL_BYTES = 20;
    static final int AT_PID = 24;
    static final int AT_READY = 32;

    private CounterLayout() {
    }

    /**
     * Where a total is.
     *
     * @param total which.
     * @return offset in the block.
     */
    public static int totalOffset(final Total total) {
        return total.ordinal() << 3;
    }

    /**
     * Where a global drop's packets are; its octets follow.
     *
     * @param id drop ID.
     * @return offset in the block.
     */
    public static int globalOffset(final int id) {
        return (TOTALS << 3) + (id << 4);
    }

    /**
     * Where an IPsec type's packets are.
     *
     * @param id type number.
     * @return offset in the block.
     */
    public static int ipsecOffset(final int id) {
        return globalOffset(GLOBAL_DROPS) + (id << 3);
    }

    /**
     * Where a punt cause's received packets are; the transmitted ones follow.
     *
     * @param cause cause number.
     * @return offset in the block.
     */
    public static int puntOffset(final int cause) {
        return ipsecOffset(IPSEC_DROPS) + (cause << 4);
    }

    /**
     * Where an inject cause's received packets are; the transmitted ones follow.
     *
     * @param cause cause number.
     * @return offset in the block.
     */
    public static int injectOffset(final int cause) {
        return puntOffset(PUNT_CAUSES) + (cause << 4);
    }

    /**
     * Where the packets are that conformed to a punt policer; those that did not follow.
     *
     * @param cause punt cause number.
     * @param high  the high priority queue, otherwise the normal one.
     * @return offset in the block.
     */
    public static int policerOffset(final int cause, final boolean high) {
        return injectOffset(INJECT_CAUSES) + (cause << 5) + (high ? 16 : 0);
    }

    /**
     * Where the sampled nanoseconds of a cost are; packets, intervals and, of a clock, batches left out follow.
     *
     * @param cost which.
     * @return offset in the block.
     */
    public static int costOffset(final Cost cost) {
        return policerOffset(PUNT_CAUSES, false) + cost.ordinal() * COST_BYTES;
    }
}
