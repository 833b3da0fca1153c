package org.qfpsim.sim.throughput.load;

/**
 * A trial to make.
 *
 * @param purpose      what it is made for; goes into the result.
 * @param load         packets a second.
 * @param seconds      how long.
 * @param latencyEvery the latency of one in so many forwarded packets is recorded; 0 for none.
 * @param flood        share of ESP with an unknown SPI, 0 to 1, beside nothing but good packets; 0 for the mix of the traffic.
 * @param churn        SAs that are installed and retired while packets flow.
 * @param rekeys       peers a second that move to new SAs.
 */
public record TrialSpec(String purpose, double load, double seconds, int latencyEvery, double flood, int churn, double rekeys) {
    /** More than can be generated: as fast as the generator can. */
    public static final double FLAT_OUT = 1e9;
    /** The latency of one in so many packets is recorded when it is not what is measured. */
    public static final int SAMPLE = 64;
    /** Seconds that an SA lives beside its successor, before and after the peer changes. */
    public static final double REKEY_LEAD = 0.05;

    /**
     * A trial of the traffic's own mix.
     *
     * @param purpose      what it is made for.
     * @param load         packets a second.
     * @param seconds      how long.
     * @param latencyEvery the latency of one in so many is recorded.
     */
    public TrialSpec(final String purpose, final double load, final double seconds, final int latencyEvery) {
        this(purpose, load, seconds, latencyEvery, 0, 0, 0);
    }

    /**
     * A trial with a flood.
     *
     * @param purpose what it is made for.
     * @param load    packets a second, the flood included.
     * @param seconds how long.
     * @param share   of ESP with an unknown SPI, 0 to 1.
     * @return the trial.
     */
    public static TrialSpec flood(final String purpose, final double load, final double seconds, final double share) {
        return new TrialSpec(purpose, load, seconds, SAMPLE, share, 0, 0);
    }

    /**
     * A trial while SAs come and go.
     *
     * @param purpose what it is made for.
     * @param load    packets a second.
     * @param seconds how long.
     * @param sas     how many are installed and retired.
     * @return the trial.
     */
    public static TrialSpec churn(final String purpose, final double load, final double seconds, final int sas) {
        return new TrialSpec(purpose, load, seconds, SAMPLE, 0, sas, 0);
    }

    /**
     * A trial while peers move to new SAs.
     *
     * @param purpose what it is made for.
     * @param load    packets a second.
     * @param seconds how long.
     * @param rekeys  a second.
     * @return the trial.
     */
    public static TrialSpec rekeys(final String purpose, final double load, final double seconds, final double rekeys) {
        return new TrialSpec(purpose, load, seconds, SAMPLE, 0, 0, rekeys);
    }

    /** Packets of the trial. */
    public long packets() {
        return Math.max(1, Math.round(load * seconds));
    }
}
