package org.qfpsim.perf.bench;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.trace.CostMeter;

/**
 * What goes through the path.
 *
 * @param backend crypto library.
 * @param suite   algorithms.
 * @param size    see {@link Traffic#sizes}.
 * @param kind    what is special about the packets.
 * @param sas     SAs, taken in turn.
 * @param ppes    packet processing engines.
 * @param esn     extended sequence numbers.
 * @param window  replay window; ignored when replay is off.
 * @param frames  frames of a pass; each is a buffer of its own.
 * @param sampling batches of which the cost of one is sampled.
 */
public record InboundLoad(String backend, EspSuite suite, String size, Kind kind, int sas, int ppes, boolean esn, int window, int frames,
                          int sampling) {
    /** What becomes of the packets. */
    public enum Kind {
        /** Forwarded, every sequence number new. */
        GOOD,
        /** Forwarded by an SA without anti-replay. */
        REPLAY_OFF,
        /** Dropped: no SA. */
        UNKNOWN_SPI,
        /** Dropped: the last octet of the ICV is wrong. */
        BAD_ICV
    }

    /**
     * One engine, one SA, AES-128-GCM, window 64.
     *
     * @param backend crypto library.
     * @param size    octets of the inner packet, or IMIX.
     * @param kind    what is special about the packets.
     * @return the load.
     */
    public static InboundLoad of(final String backend, final String size, final Kind kind) {
        return new InboundLoad(backend, EspSuite.AES_GCM_128_16, size, kind, 1, 1, false, 64, 4096, PipelineConfig.COST_INTERVAL);
    }

    /**
     * The same with other SAs, and a packet of each in a pass.
     *
     * @param value how many.
     * @return the load.
     */
    public InboundLoad withSas(final int value) {
        return new InboundLoad(backend, suite, size, kind, value, ppes, esn, window, Math.max(frames, value), sampling);
    }

    /**
     * The same with other passes.
     *
     * @param value frames of a pass.
     * @return the load.
     */
    public InboundLoad withFrames(final int value) {
        return new InboundLoad(backend, suite, size, kind, sas, ppes, esn, window, value, sampling);
    }

    /**
     * The same with another replay window.
     *
     * @param withEsn extended sequence numbers.
     * @param value   packets.
     * @return the load.
     */
    public InboundLoad withWindow(final boolean withEsn, final int value) {
        return new InboundLoad(backend, suite, size, kind, sas, ppes, withEsn, value, frames, sampling);
    }

    /**
     * The same, sampled more or less often.
     *
     * @param value batches of which the cost of one is sampled, or {@link CostMeter#NEVER}.
     * @return the load.
     */
    public InboundLoad withSampling(final int value) {
        return new InboundLoad(backend, suite, size, kind, sas, ppes, esn, window, frames, value);
    }

    /**
     * The same with other algorithms.
     *
     * @param value algorithms.
     * @return the load.
     */
    public InboundLoad withSuite(final EspSuite value) {
        return new InboundLoad(backend, value, size, kind, sas, ppes, esn, window, frames, sampling);
    }

    int replayWindow() {
        return kind == Kind.REPLAY_OFF ? 0 : window;
    }
}
