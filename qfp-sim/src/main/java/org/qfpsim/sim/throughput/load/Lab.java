package org.qfpsim.sim.throughput.load;

import java.util.List;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.Egress;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.sim.InputException;

/** A router with its SAs and policy, and the peers that make frames for it. Who turns the router is for the device to say. */
public final class Lab implements AutoCloseable {
    private static final int LEAST_SLOT = 2048;
    private static final int ETHERNET_ROOM = 64;

    private final CryptoBackends crypto;
    private final CounterStore counters;
    private final Pipeline pipeline;
    private final Accounts accounts;
    private final FrameMaker maker;
    private final FrameStore store;
    private final String library;

    /**
     * Builds it.
     *
     * @param traffic    what is sent.
     * @param choice     crypto library.
     * @param config     the pipeline; its slots become long enough for the traffic.
     * @param egress     where packets leave.
     * @param token      how drops are spelled.
     * @param storeBytes memory for frames that are ready.
     * @throws InputException if the crypto library cannot be had.
     */
    public Lab(final TrafficSpec traffic, final String choice, final PipelineConfig config, final Egress egress, final EngineToken token,
               final int storeBytes) {
        crypto = open(choice);
        counters = CounterStore.inMemory(config.ppes());
        pipeline = new Pipeline(config.slotBytes(Math.max(LEAST_SLOT, traffic.mtu() + ETHERNET_ROOM)), crypto.all(), counters, egress,
            CommitObserver.NONE);
        pipeline.configure(List.of(Peers.ROUTER), List.of(Peers.bypass()), true);
        final CryptoBackend backend = crypto.forSuite(traffic.suite());
        library = backend.description();
        accounts = new Accounts(counters.reader(), token);
        maker = new FrameMaker(traffic, pipeline, backend);
        store = new FrameStore(storeBytes, maker.leastFrame());
    }

    private static CryptoBackends open(final String choice) {
        try {
            return CryptoBackends.open(choice);
        } catch (final CryptoUnavailableException | IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The router. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /** Its counters. */
    public CounterStore counters() {
        return counters;
    }

    /** What they say of a trial. */
    public Accounts accounts() {
        return accounts;
    }

    /** The peers. */
    public FrameMaker maker() {
        return maker;
    }

    /** Frames that are ready. */
    public FrameStore store() {
        return store;
    }

    /** The crypto library and its version. */
    public String library() {
        return library;
    }

    @Override
    public void close() {
        maker.close();
        pipeline.close();
        counters.close();
        crypto.close();
    }
}
