package org.qfpsim.controlplane.qfp.load;

import org.qfpsim.datapath.route.PortCounters.Column;

/** How busy the cores of a software dataplane were in the last hour, or since the start if that is less. */
public final class CoreLoads {
    private final TrafficHistory history;
    private final LoadModel model;
    private final int samples;

    CoreLoads(final TrafficHistory history, final LoadModel model) {
        this.history = history;
        this.model = model;
        samples = history.taken();
    }

    /** Seconds that the numbers are about. */
    public int seconds() {
        return samples * TrafficHistory.SECONDS;
    }

    /** Percent of all engines together: measured where time is real. */
    public double engines() {
        return history.isMeasured() ? history.busyPercent(samples)
            : model.processing(rate(Column.RX_PACKETS), history.cryptoPerSecond(samples));
    }

    /** Percent of the core that receives. */
    public double receiving() {
        return model.inputOutput(rate(Column.RX_PACKETS));
    }

    /** Percent of the core that sends. */
    public double sending() {
        return model.inputOutput(rate(Column.TX_PACKETS));
    }

    /** Percent of the core that encrypts and decrypts. */
    public double crypto() {
        return model.crypto(history.cryptoPerSecond(samples));
    }

    private double rate(final Column column) {
        double sum = 0;
        for (int qfp = 0; qfp < history.qfps(); qfp++) {
            sum += history.perSecond(qfp, column, samples);
        }
        return sum;
    }
}
