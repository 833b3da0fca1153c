package org.qfpsim.sim.router;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.Egress;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.Threads;
import org.qfpsim.datapath.report.DropReport;
import org.qfpsim.datapath.sa.InstalledSa;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.device.DeviceConfig;

/** A router without a control plane: a pipeline with its crypto, counters, SAs and policy. Frames go in, {@link Egress} takes them out. */
public final class Router implements AutoCloseable {
    /** Frames between two turns of the engines in invoker mode. */
    private static final int BURST = 64;
    private static final int PUNTS_AT_A_TIME = 256;

    private final CryptoBackends crypto;
    private final CounterStore store;
    private final CounterReader counters;
    private final Pipeline pipeline;
    private final @Nullable Threads threads;
    /** Names of the libraries that outbound SAs use. */
    private final Set<String> sealing;
    private int offered;

    /**
     * Builds and configures a router, and starts its threads if it has any.
     *
     * @param options  what the user asked for.
     * @param device   addresses, SAs and policy.
     * @param egress   where packets leave.
     * @param observer who sees every verdict.
     * @throws InputException if the crypto library or the counters file cannot be had, or an SA cannot be installed.
     */
    public Router(final DatapathOptions options, final DeviceConfig device, final Egress egress, final CommitObserver observer) {
        final PipelineConfig config = options.config().outbound(device.outboundOptions());
        crypto = openCrypto(options.crypto());
        try {
            device.inbound().forEach(sa -> checkSuite(sa, crypto));
            sealing = device.outbound().stream().map(sa -> checkSuite(sa, crypto).id()).collect(Collectors.toSet());
            store = openCounters(options.counters(), config.ppes());
        } catch (final InputException e) {
            crypto.close();
            throw e;
        }
        counters = store.reader();
        pipeline = new Pipeline(config, crypto.all(), store, egress, observer);
        configure(device);
        threads = options.mode() == Mode.DEDICATED ? new Threads(pipeline) : null;
    }

    private static CryptoBackends openCrypto(final String choice) {
        try {
            return CryptoBackends.open(choice);
        } catch (final CryptoUnavailableException | IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        }
    }

    private static CryptoBackend checkSuite(final SaSpec sa, final CryptoBackends crypto) {
        try {
            return crypto.forSuite(sa.suite());
        } catch (final IllegalArgumentException e) {
            throw new InputException("SA " + sa.name() + ": " + e.getMessage(), e);
        }
    }

    private static CounterStore openCounters(final String file, final int ppes) {
        if (file.isEmpty()) {
            return CounterStore.inMemory(ppes);
        }
        try {
            return CounterStore.inFile(Path.of(file), ppes);
        } catch (final IOException e) {
            throw InputException.io(file, "cannot be used for counters", e);
        }
    }

    private void configure(final DeviceConfig device) {
        pipeline.configure(device.addresses(), device.policies(), device.defaultPolicy() != PolicyRule.Action.BYPASS);
        try {
            device.inbound().forEach(pipeline::installInbound);
        } catch (final IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        }
        final List<PolicyRule> outbound = device.policies().stream().filter(r -> r.direction() == PolicyRule.Direction.OUTBOUND).toList();
        for (final SaSpec sa : device.outbound()) {
            final IntStream rules = IntStream.range(0, outbound.size()).filter(i -> sa.name().equals(outbound.get(i).saName()));
            pipeline.installOutbound(sa, rules.toArray());
        }
    }

    /**
     * Takes a frame in; waits while the rings are full. Parameters as {@code Dispatcher.offer}.
     *
     * @param frame      where it is.
     * @param length     octets there.
     * @param wireLength octets on the wire.
     * @param nanos      time.
     * @param linkType   a {@code LinkLayer}.
     */
    public void receive(final DirectBuffer frame, final int length, final int wireLength, final long nanos, final int linkType) {
        while (!pipeline.dispatcher().offer(frame, 0, length, wireLength, nanos, linkType)) {
            turn();
        }
        if (++offered == BURST) {
            turn();
        }
    }

    /** Lets the engines work: turns them, or publishes what they are to do. */
    private void turn() {
        offered = 0;
        if (threads == null) {
            pipeline.turn();
        } else {
            threads.idle(pipeline.dispatcher().flush());
        }
        discardPunts();
    }

    /** Nobody runs IKE here: what reached the control plane is done with. */
    private void discardPunts() {
        pipeline.drainPunts((type, buffer, index, length) -> { }, PUNTS_AT_A_TIME);
    }

    /** Makes the changes that were asked of {@link #pipeline}: the next frame sees them. */
    public void settle() {
        pipeline.dispatcher().flush();
    }

    /** Waits until every frame has its verdict. Fragments that still wait for others do so afterwards. */
    public void drain() {
        if (threads == null) {
            pipeline.drain();
        } else {
            threads.drain();
        }
        discardPunts();
    }

    /**
     * Ends the run: drains, stops the threads, gives up on fragments.
     *
     * @throws IllegalStateException if packets were not accounted for.
     */
    public void finish() {
        drain();
        if (threads != null) {
            threads.close();
        }
        pipeline.expire(Long.MAX_VALUE);
        if (counters.inFlight() != 0) {
            throw new IllegalStateException(
                counters.inFlight() + " of " + counters.total(Total.RECEIVED) + " packets are not accounted for");
        }
    }

    /** The counters, live. */
    public CounterReader counters() {
        return counters;
    }

    /** Lost packets by flow; read it when no packet is in flight. */
    public DropReport dropReport() {
        return pipeline.dropReport();
    }

    /** Inbound SAs by number. */
    public List<InstalledSa> inbound() {
        return pipeline.installer().installed();
    }

    /** The pipeline, for changes while packets flow. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /** The settings. */
    public PipelineConfig config() {
        return pipeline.config();
    }

    /** Whether there are more threads than processors. */
    public boolean oversubscribed() {
        return threads != null && threads.oversubscribed();
    }

    /** The crypto libraries that SAs use, the preferred one first; without SAs those that they could use. */
    public List<String> cryptoInUse() {
        final Set<String> used = new HashSet<>(sealing);
        inbound().forEach(sa -> used.add(sa.backend()));
        return crypto.all().stream().filter(backend -> used.isEmpty() || used.contains(backend.id()))
            .map(CryptoBackend::description).toList();
    }

    /** Why better crypto libraries are not used, a line each. */
    public List<String> cryptoUnavailable() {
        return crypto.unavailable();
    }

    /** Stops the threads if they still run, frees keys and memory. */
    @Override
    public void close() {
        if (threads != null) {
            threads.close();
        }
        pipeline.close();
        store.close();
        crypto.close();
    }
}
