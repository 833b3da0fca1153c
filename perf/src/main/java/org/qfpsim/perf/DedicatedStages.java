package org.qfpsim.perf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.Threads;
import org.qfpsim.perf.bench.DispatchRig;
import org.qfpsim.perf.bench.InboundLoad;
import org.qfpsim.perf.bench.InboundRig;
import org.qfpsim.perf.bench.StageTimes;

/**
 * What each stage of the path costs one packet of an elephant flow: each by itself on this thread, and dispatch and gather once more with
 * the engine on another core, whose cache the packet's lines have to be fetched from.
 */
final class DedicatedStages {
    /** An Ethernet header, the outer IP header, ESP with IV, padding, trailer and ICV. */
    private static final int AROUND = 14 + 20 + 16 + 4 + 16;
    private static final int LEAST_WARM_UP = 60;
    /** Until the compiler, which may have to share a core, is through: passes of some tenths of a millisecond. */
    private static final int MOST_WARM_UP = 1500;

    /** Who copies a frame into its slot. */
    enum Copy {
        /** A network card. */
        NONE(", nothing to copy"),
        /** The dispatching thread its head; the decryption reads the rest where it is. What receive rings and this program's rigs do. */
        HEAD(" of lent frames"),
        /** The dispatching thread, as from sources that want their memory back at once. */
        ALL(" with the copy");

        private final String words;

        Copy(final String words) {
            this.words = words;
        }

        /** The name of a stage. */
        String stage(final boolean toOtherCore) {
            return (toOtherCore ? "dispatch to another core" : "dispatch") + words;
        }
    }

    private final String backend;
    private final int octets;
    private final boolean otherCore;
    private final Map<String, Measured> stages = new LinkedHashMap<>();

    /**
     * Measures nothing yet.
     *
     * @param backend   crypto library.
     * @param octets    of the inner packet.
     * @param otherCore whether there is another core.
     */
    DedicatedStages(final String backend, final int octets, final boolean otherCore) {
        this.backend = backend;
        this.octets = octets;
        this.otherCore = otherCore;
    }

    /** The stages by name, in the order of a packet's way. */
    Map<String, Measured> stages() {
        return stages;
    }

    private static int warmUp(final int passes) {
        return Math.min(MOST_WARM_UP, LEAST_WARM_UP + 10 * passes);
    }

    /** Takes samples of everything. */
    void measure(final int passes) {
        for (final boolean toOther : otherCore ? new boolean[] {false, true} : new boolean[] {false}) {
            for (final Copy copy : Copy.values()) {
                dispatch(copy, toOther, passes);
            }
        }
        engineAndGather(passes);
        if (otherCore) {
            gatherFromOtherCore(passes);
        }
    }

    private void dispatch(final Copy copy, final boolean toOther, final int passes) {
        final String name = copy.stage(toOther);
        try (DispatchRig rig = new DispatchRig(copy == Copy.NONE ? 0 : octets + AROUND, copy == Copy.HEAD, toOther)) {
            for (int i = 0; i < warmUp(passes); i++) {
                rig.pass();
            }
            for (int i = 0; i < passes; i++) {
                stage(name).add(rig.pass());
            }
        }
    }

    private void engineAndGather(final int passes) {
        final StageTimes times = new StageTimes();
        try (InboundRig rig = new InboundRig(InboundLoad.of(backend, Integer.toString(octets), InboundLoad.Kind.GOOD), times)) {
            for (int i = 0; i < warmUp(passes) + passes; i++) {
                rig.renew();
                rig.pass(times);
                if (i >= warmUp(passes)) {
                    stage("engine").add(times.engine());
                    stage("gather").add(times.gather());
                }
            }
        }
    }

    private void gatherFromOtherCore(final int passes) {
        final StageTimes times = new StageTimes();
        try (InboundRig rig = new InboundRig(InboundLoad.of(backend, Integer.toString(octets), InboundLoad.Kind.GOOD), times);
             Threads threads = rig.start()) {
            for (int i = 0; i < warmUp(passes) + passes; i++) {
                rig.renew();
                rig.pass(threads, times);
                if (i >= warmUp(passes)) {
                    stage("gather from another core").add(times.gatherBetweenStamps());
                }
            }
        }
    }

    private Measured stage(final String name) {
        return stages.computeIfAbsent(name, _ -> new Measured());
    }

    /** Nanoseconds of an engine for a packet. */
    double engine(final ToDoubleFunction<Measured> of) {
        return of.applyAsDouble(stages.get("engine"));
    }

    /**
     * The slowest serial stage, in the less favourable of the two ways in which it was measured.
     *
     * @param copy who copies the packets.
     * @param of   median or best pass.
     * @return nanoseconds a packet.
     */
    double slowest(final Copy copy, final ToDoubleFunction<Measured> of) {
        final List<String> names = new ArrayList<>(List.of(copy.stage(false), "gather"));
        if (otherCore) {
            names.add(copy.stage(true));
            names.add("gather from another core");
        }
        return names.stream().map(stages::get).mapToDouble(of).max().orElseThrow();
    }

    /**
     * How many times as fast so many engines are as one, if nothing but the slowest stage counts.
     *
     * @param ppes engines.
     * @param copy who copies the packets.
     * @param of   median or best pass.
     * @return the quotient.
     */
    double gain(final int ppes, final Copy copy, final ToDoubleFunction<Measured> of) {
        final double slowest = slowest(copy, of);
        return Math.max(slowest, engine(of)) / Math.max(slowest, engine(of) / ppes);
    }

    /**
     * Packets a second with engines on threads.
     *
     * @param backend crypto library.
     * @param octets  of the inner packet.
     * @param ppes    engines.
     * @param passes  samples.
     * @return nanoseconds between two packets that leave.
     */
    static Measured threads(final String backend, final int octets, final int ppes, final int passes) {
        final Measured measured = new Measured();
        final InboundLoad load = new InboundLoad(backend, EspSuite.AES_GCM_128_16, Integer.toString(octets), InboundLoad.Kind.GOOD, 1, ppes,
            false, 64, 16_384, PipelineConfig.COST_INTERVAL);
        try (InboundRig rig = new InboundRig(load); Threads threads = rig.start()) {
            for (int i = 0; i < warmUp(passes) / 4 + passes; i++) {
                rig.renew();
                final long start = System.nanoTime();
                rig.pass(threads);
                if (i >= warmUp(passes) / 4) {
                    measured.add((double) (System.nanoTime() - start) / rig.frames());
                }
            }
        }
        return measured;
    }
}
