package org.qfpsim.controlplane.qfp.load;

import org.qfpsim.controlplane.platform.Hardware;
import org.qfpsim.controlplane.platform.PlatformProfile;

/**
 * How busy the platform's hardware would be with the packets that were really counted. Load is the time spent on packets of all time
 * (CISCO-ENTITY-QFP-MIB); a packet takes what the data sheet's rate leaves for it, and one more of that if it goes to the crypto engine and
 * comes back. On a software dataplane receiving and sending take a tenth of that each, on other cores.
 */
public final class LoadModel {
    private static final double PERCENT = 100;
    private static final double INPUT_OUTPUT_SHARE = 0.1;

    private final Hardware hardware;

    /**
     * The model of one router.
     *
     * @param profile the hardware.
     */
    public LoadModel(final PlatformProfile profile) {
        hardware = profile.hardware();
    }

    private double packetsOfQfp() {
        return hardware.kiloPackets() * 1000.0 / hardware.qfps();
    }

    /**
     * The packet processing engines of one QFP.
     *
     * @param packets a second that came into it.
     * @param crypto  a second of those that were opened or sealed.
     * @return percent, at most 100.
     */
    public double processing(final double packets, final double crypto) {
        return percent((packets + crypto) / packetsOfQfp());
    }

    /** The cores that receive or send, of a software dataplane. */
    double inputOutput(final double packets) {
        return percent(packets * INPUT_OUTPUT_SHARE / packetsOfQfp());
    }

    /**
     * The crypto engine.
     *
     * @param packets a second that were opened or sealed.
     * @return percent, at most 100.
     */
    public double crypto(final double packets) {
        return percent(packets / hardware.cryptoPackets());
    }

    private static double percent(final double load) {
        return Math.min(PERCENT, load * PERCENT);
    }
}
