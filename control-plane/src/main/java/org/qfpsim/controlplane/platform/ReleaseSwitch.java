package org.qfpsim.controlplane.platform;

/**
 * Every difference between releases, each with the first release that has the newer behaviour. docs/releases.md is generated from these
 * rows.
 *
 * <p>What they rest on. Seen in real output: a sample of September 2016 that needs {@code | exclude _0_}, has no line on the last
 * clearing, and ends its header and rows with two blanks; samples of 2022 and 2023 with that line, its age line, non-zero rows only and
 * no blanks at the ends. The operational YANG models list 494 drops in 17.2.1 and 17.13.1 and 531 in 26.1.1. In which release between
 * those samples each change came is not known: 16.1, the first of a new train, stands for the layout, 17.1 for the lines on clearing.
 * From memory: the last row of an IOS XE 3.x image. Documented: the release that brought the message about invalid SPIs. The release from
 * which on it names the interface is not known; 16.1 stands for it too. Both forms of the lifetime of an IPsec SA were seen, the one with
 * {@code initiator} only together with a key exchange of 2025; the releases are guesses.
 */
public enum ReleaseSwitch {
    /** The system message about an unknown SPI exists. */
    REPORTS_INVALID_SPI("2.3.2", "a packet with an unknown SPI", "is counted", "is counted, and `%CRYPTO-4-RECVD_PKT_INV_SPI` is written"),
    /** That message ends with the input interface. */
    INVALID_SPI_NAMES_INTERFACE("16.1", "`%CRYPTO-4-RECVD_PKT_INV_SPI` ends in", "the source", "the source and `, input interface=`"),
    /** Zero rows of the global drop table are left out, and an empty table says so. */
    HIDES_ZERO_GLOBAL_ROWS("16.1", "`statistics drop` without `all` prints", "every row",
        "rows that are not zero, or `   The Global drop stats were all zero`"),
    /** No blanks at the ends of lines in the global drop table. */
    TRIMS_GLOBAL_TABLE("16.1", "header and rows of the global drop table end in", "two blanks", "their last column"),
    /** No blanks behind the header of the IPsec drop table. */
    TRIMS_IPSEC_HEADER("16.1", "header of the IPsec drop table ends in", "`Packets` and 13 blanks", "`Packets`"),
    /** Global drops up to id 494 exist. */
    KNOWS_494_GLOBAL_DROPS("16.1", "rows of the global drop table", "ids 1 to 338", "ids 1 to 494"),
    /** The legend of the routing table names application routes. */
    ROUTE_CODES_16("16.1", "the legend of `show ip route`", "ends with `% - next hop override`",
        "has a line `a - application route`, and ends with `p - overrides from PfR`"),
    /** {@code show version} begins with the name of the product. */
    VERSION_NAMES_PRODUCT("16.1", "`show version` begins with", "`Cisco IOS Software, IOS-XE Software`",
        "`Cisco IOS XE Software, Version` and, below it, `Cisco IOS Software [NAME], ASR1000 Software`"),
    /** A line above the global drop table tells when it was cleared, and, once it was, how long ago. */
    PRINTS_LAST_CLEARING("17.1", "above the global drop table", "nothing",
        "`Last clearing of QFP drops statistics : ` with `never` or the time and an age line"),
    /** An IPsec SA without a volume limit is shown without kilobytes. */
    PRINTS_SECONDS_ONLY("16.1", "`show crypto ipsec sa` of an SA without volume limit prints",
        "`remaining key lifetime (k/sec): (0/94)`", "`remaining key lifetime (sec): 94` and `Kilobyte Volume Rekey has been disabled`"),
    /** An IPsec SA says whether we began. */
    NAMES_SA_INITIATOR("26.1", "the crypto map of an SA in `show crypto ipsec sa` is followed by", "nothing",
        "`, initiator : True` or `False`"),
    /** {@code show drops} exists. */
    HAS_SHOW_DROPS("17.6", "`show drops ...`", "is unknown", "runs the drop commands of an area"),
    /** The history of drops exists. */
    HAS_DROP_HISTORY("17.13.1a", "`statistics drop history`", "is unknown", "prints what was dropped in 1, 5 and 30 minutes"),
    /** Packet trace counts by layer of the control plane. */
    TRACE_COUNTS_LAYERS("17.1", "`show platform packet-trace statistics` ends with", "`Consume`", "tables `PKT_DIR_IN` and `PKT_DIR_OUT`"),
    /** Global drops up to id 531 exist. */
    KNOWS_531_GLOBAL_DROPS("26.1", "rows of the global drop table", "ids 1 to 494", "ids 1 to 531");

    private final Release first;
    private final String subject;
    private final String before;
    private final String since;

    ReleaseSwitch(final String first, final String subject, final String before, final String since) {
        this.first = Release.parse(first);
        this.subject = subject;
        this.before = before;
        this.since = since;
    }

    /**
     * The first release with the newer behaviour.
     *
     * @return a release.
     */
    public Release first() {
        return first;
    }

    /**
     * What differs.
     *
     * @return a phrase that {@link #before()} and {@link #since()} complete.
     */
    public String subject() {
        return subject;
    }

    /**
     * The older behaviour.
     *
     * @return a phrase.
     */
    public String before() {
        return before;
    }

    /**
     * The newer behaviour.
     *
     * @return a phrase.
     */
    public String since() {
        return since;
    }
}
