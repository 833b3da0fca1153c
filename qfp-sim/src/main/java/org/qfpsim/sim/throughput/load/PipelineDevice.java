package org.qfpsim.sim.throughput.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.qfp.load.CostTable;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.pipeline.DispatchPolicy;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.Threads;
import org.qfpsim.sim.InputException;

/**
 * The real pipeline with real threads, a bounded receive queue (the engines' rings; a frame that finds them full is a TailDrop) and a
 * generator on the caller's thread.
 */
public final class PipelineDevice implements Device {
    /** Trials that warm the compiler up and tell what the generator can do. */
    private static final int WARM_UPS = 4;
    private static final double WARM_UP_SECONDS = 0.1;
    /** The generator's own jitter needs some room. */
    private static final double MARGIN = 0.9;
    private static final double PERCENT = 100;
    /** SAs come and go from this part of a trial on. */
    private static final double CHURN_AFTER = 3;
    private static final double NANOS = 1e9;

    private final TrafficSpec traffic;
    private final DeviceSpec spec;
    private final Lab lab;
    private final Pipeline pipeline;
    private final LatencySink sink = new LatencySink(System::nanoTime);
    private final Accounts accounts;
    private final Sampler samples;
    private final FrameMaker maker;
    private final FrameStore store;
    private final Pacer pacer;
    private final HostWatch host = new HostWatch();
    private double nanosPerFrame;
    private double nanosToMake = Double.MAX_VALUE;
    /** The most that a frame was late while warming up: what this machine does to whoever wants to be in time. */
    private long noiseNanos;
    private int storedFrames;
    private int threadCount;
    private boolean oversubscribed;
    /** Rekeys of all trials. */
    private int generation;

    /**
     * Builds and warms up the router and its generator.
     *
     * @param traffic what is sent.
     * @param spec    the router.
     * @throws InputException if the crypto library cannot be had.
     */
    public PipelineDevice(final TrafficSpec traffic, final DeviceSpec spec) {
        this.traffic = traffic;
        this.spec = spec;
        lab = new Lab(traffic, spec.crypto(), new PipelineConfig().ppes(spec.ppes()).ringSlots(spec.ringSlots()).dispatch(spec.dispatch())
            .dropWhenFull(true), sink, spec.token(), spec.storeBytes());
        pipeline = lab.pipeline();
        accounts = lab.accounts();
        samples = new Sampler(accounts, System::nanoTime);
        maker = lab.maker();
        store = lab.store();
        pacer = new Pacer(store, maker, traffic.window() == 0, traffic.bursts(), System::nanoTime);
        warmUp();
    }

    /** Takes the least of what sending and encrypting cost: whatever disturbs only adds. */
    private void warmUp() {
        for (int i = 0; i < WARM_UPS; i++) {
            final int before = store.count();
            final long start = System.nanoTime();
            pacer.prepare(Long.MAX_VALUE);
            if (store.count() > before) {
                nanosToMake = Math.min(nanosToMake, (double) (System.nanoTime() - start) / (store.count() - before));
            }
            storedFrames = Math.max(storedFrames, store.count());
            // Flat out at first; the others at half of that, where most packets are forwarded, so that sending includes the copy.
            run(new TrialSpec("warm-up", i == 0 ? TrialSpec.FLAT_OUT : NANOS / 2 / Math.max(1, nanosPerFrame), WARM_UP_SECONDS, 0),
                () -> false);
            noiseNanos = i == 0 ? 0 : Math.max(noiseNanos, pacer.latest());
            nanosPerFrame = i <= 1 ? pacer.nanosPerFrame() : Math.min(nanosPerFrame, pacer.nanosPerFrame());
        }
    }

    @Override
    public TrialResult run(final TrialSpec trial, final BooleanSupplier stop) {
        if (maker.mix(trial.flood() == 0 ? traffic.mix() : Mix.of(PacketKind.UNKNOWN_SPI, trial.flood() * PERCENT))) {
            store.clear();
        }
        final @Nullable Rekeys rekeys = trial.rekeys() == 0 ? null
            : new Rekeys(pipeline, traffic, maker.installed(), generation, trial);
        if (rekeys != null) {
            // The plan counts frames from the first one of the trial.
            store.clear();
        }
        maker.follow(rekeys, store);
        pacer.prepare(trial.load() >= TrialSpec.FLAT_OUT ? Long.MAX_VALUE : trial.packets());
        accounts.begin();
        sink.begin(trial.latencyEvery());
        host.begin();
        try (Threads threads = new Threads(pipeline, spec.threadsOrDefault())) {
            threadCount = threads.count();
            oversubscribed = threads.oversubscribed();
            samples.begin(trial.seconds());
            final @Nullable Runnable changes = trial.churn() == 0 ? rekeys
                : new Churn(pipeline, traffic, trial.churn(), trial.seconds() / CHURN_AFTER);
            final ControlThread control = changes == null ? null : new ControlThread(pipeline, changes);
            pacer.run(trial, new Sending(threads), () -> {
                if (rekeys != null) {
                    rekeys.sent(pacer.offered());
                }
                return samples.due(pacer.offered()) | stop.getAsBoolean();
            });
            if (rekeys != null) {
                generation += maker.rekeyed();
                rekeys.over(maker.rekeyed());
            }
            if (control != null) {
                control.finish(threads);
            }
        }
        if (rekeys != null) {
            // What is left was made for SAs that may be gone.
            store.clear();
            maker.follow(null, store);
        }
        ControlThread.reclaim(pipeline);
        // Half datagrams, whose other half was lost.
        pipeline.expire(Long.MAX_VALUE);
        final Map<String, Long> sent = pacer.sent();
        final long forwarded = accounts.total(Total.FORWARDED);
        final long lost = accounts.dropped() - accounts.intended(sent);
        return new TrialResult(trial.purpose(), trial.load(), trial.seconds(), pacer.offered(), pacer.offeredSeconds(), forwarded, lost,
            sent, accounts.drops(), pacer.latest(), pacer.starved(), host.stolenMillis(), host.clockMillis(), sink.latency(),
            Map.of(), samples.taken(), accounts.check(pacer.offered(), sent, rekeys != null), "");
    }

    /** The way from the generator to the dispatcher. */
    private final class Sending implements Pacer.Target {
        private final Threads threads;

        Sending(final Threads threads) {
            this.threads = threads;
        }

        @Override
        public void offer(final int from, final int to) {
            pipeline.dispatcher().offer(store.vector(), from, to);
            pipeline.dispatcher().flush();
        }

        @Override
        public void idle() {
            threads.idle(0);
        }
    }

    /** Sending alone takes {@code s}, encrypting {@code e}; what is ready at the start need not be encrypted meanwhile. */
    @Override
    public double most(final double seconds) {
        if (traffic.window() == 0) {
            return NANOS / nanosPerFrame * MARGIN;
        }
        final double withStore = (NANOS + storedFrames * nanosToMake / seconds) / (nanosPerFrame + nanosToMake);
        return Math.min(NANOS / nanosPerFrame, withStore) * MARGIN;
    }

    @Override
    public Map<String, Object> facts() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("modelled", false);
        map.put("crypto", lab.library());
        map.put("ppes", spec.ppes());
        map.put("threads", threadCount);
        map.put("oversubscribed", oversubscribed);
        map.put("dispatch", spec.dispatch() == DispatchPolicy.ANY_IDLE ? "any-idle" : "flow-hash");
        map.put("ring_slots", spec.ringSlots());
        map.put("generator_ns_to_send", nanosPerFrame);
        map.put("generator_ns_to_encrypt", traffic.window() == 0 ? 0 : nanosToMake);
        map.put("generator_frames_ready", storedFrames);
        map.put("noise_micros", noiseNanos / 1000);
        map.put(COST, CostTable.toMap(CostLook.read(lab.counters().reader())));
        map.put(NOTES, notes());
        return map;
    }

    private List<String> notes() {
        final String device = "device: %d PPE and gather on %d thread%s%s, receive queue %,d packets an engine, %s".formatted(spec.ppes(),
            threadCount, threadCount == 1 ? "" : "s", oversubscribed ? " (oversubscribed: more threads than processors, waits yield)" : "",
            spec.ringSlots(), lab.library());
        final String generator = traffic.window() == 0
            ? "generator: one thread, %.0f ns a frame, the same frames again (no replay window)".formatted(nanosPerFrame)
            : "generator: one thread, %.0f ns to send a frame, %.0f to encrypt it, %,d frames ready at the start of a trial".formatted(
                nanosPerFrame, nanosToMake, storedFrames);
        final List<String> notes = new ArrayList<>(List.of(device, generator,
            "noise: while warming up a frame was sent up to %,d us late".formatted(noiseNanos / 1000)));
        notes.addAll(traffic.bursts().notes());
        return notes;
    }

    @Override
    public void close() {
        lab.close();
    }
}
