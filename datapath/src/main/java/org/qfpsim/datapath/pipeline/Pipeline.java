package org.qfpsim.datapath.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.FeatureChain;
import org.qfpsim.datapath.feature.Tables;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.report.DropReport;
import org.qfpsim.datapath.route.Forwarder;
import org.qfpsim.datapath.route.PuntPort;
import org.qfpsim.datapath.sa.InstalledSa;
import org.qfpsim.datapath.sa.LocalAddresses;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.PositionedChange;
import org.qfpsim.datapath.sa.SaInstaller;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.Transforms;
import org.qfpsim.datapath.trace.WatchVersions;

/**
 * The datapath of one router: rings, engines, gather and what they look things up in. Who turns the agents is for the caller to say: one
 * thread that calls {@link #turn} (deterministic, virtual time), or {@link Threads}.
 *
 * <pre>
 *   source --> Dispatcher --> ring 0 --> engine 0 --+
 *                        +--> ring n --> engine n --+--> Gather --> Egress
 *                                                              +--> punt ring --> control plane
 * </pre>
 */
public final class Pipeline implements AutoCloseable {
    private final PipelineConfig config;
    private final Tables tables = new Tables();
    private final PpeRing[] rings;
    private final PpeWorker[] workers;
    private final Dispatcher dispatcher;
    private final Gather gather;
    private final PuntPath punts;
    private final DropReport dropReport;
    private final SaInstaller installer;
    private final OutboundPath outbound;
    private final OutboundKeys outboundKeys;
    private final WatchVersions watches = new WatchVersions();
    private final int inFlightMost;
    private List<IpAddress> addresses = List.of();
    /** The source's thread while engines and gather have threads of their own. */
    private volatile @Nullable Thread source;

    /**
     * Builds a pipeline at rest, without addresses, SAs or policy.
     *
     * @param config   settings; concluded here.
     * @param backends crypto libraries in the order of preference; not closed by this.
     * @param store    memory for the counters of as many engines; not closed by this.
     * @param egress   where packets leave.
     * @param observer who sees every verdict.
     */
    public Pipeline(final PipelineConfig config, final List<CryptoBackend> backends, final CounterStore store, final Egress egress,
                    final CommitObserver observer) {
        this(config, backends, store, egress, observer, null);
    }

    /** Builds one that routes, if there is a maker of forwarders. */
    Pipeline(final PipelineConfig config, final List<CryptoBackend> backends, final CounterStore store, final Egress egress,
             final CommitObserver observer, final @Nullable BiFunction<PuntPort, WatchVersions, Forwarder> forwarders) {
        this.config = config.conclude();
        final int ppes = config.ppes();
        final ArrivalOrder order = new ArrivalOrder(ppes * config.ringSlots());
        inFlightMost = order.size();
        final CounterBlock[] counters = new CounterBlock[ppes];
        rings = new PpeRing[ppes];
        workers = new PpeWorker[ppes];
        for (int i = 0; i < ppes; i++) {
            counters[i] = store.ppe(i);
            rings[i] = new PpeRing(config.ringSlots(), config.slotBytes());
            workers[i] = new PpeWorker(i, rings[i], new FeatureChain(tables, new Transforms(backends)), config, counters[i], watches);
        }
        dispatcher = new Dispatcher(rings, order, store.dispatcher(), config);
        dropReport = new DropReport(config.dropReportRows());
        outbound = new OutboundPath(tables, config.outbound(), egress);
        punts = new PuntPath(config.controlRingBytes());
        final Transforms gatherTransforms = new Transforms(backends);
        outboundKeys = new OutboundKeys(List.copyOf(backends), gatherTransforms);
        final Forwarder forwarder = forwarders == null ? null : forwarders.apply(punts, watches);
        gather = new Gather(rings, order, new Committer(new FeatureChain(tables, gatherTransforms), outbound, egress, punts, dropReport,
            observer, counters, config, forwarder), counters);
        installer = new SaInstaller(tables.saTable(), backends, this::submit, this::gathered);
    }

    /** The settings. */
    public PipelineConfig config() {
        return config;
    }

    /** Takes frames in; for the source's thread. */
    public Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Lost packets by flow and reason. */
    public DropReport dropReport() {
        return dropReport;
    }

    /** Inbound SAs; for the control thread. */
    public SaInstaller installer() {
        return installer;
    }

    /** What is watched. */
    WatchVersions watches() {
        return watches;
    }

    /** Most packets in flight, as a power of two. */
    int mostInFlight() {
        return inFlightMost;
    }

    /** What the engines look things up in. */
    Tables tables() {
        return tables;
    }

    /** Outbound SAs in the making. */
    OutboundKeys outboundKeys() {
        return outboundKeys;
    }

    /** The agents of the engines, for threads. */
    List<Agent> engines() {
        return List.of(workers);
    }

    /** The agent of the gather stage, for a thread. */
    Agent gatherAgent() {
        return gather;
    }

    /** Tells whose thread the source is while the agents have others; null when one thread turns them all. */
    void source(final @Nullable Thread thread) {
        source = thread;
    }

    /**
     * Sets addresses and policy. No packet may be in flight.
     *
     * @param ours        addresses of this router.
     * @param rules       policy of both directions.
     * @param denyDefault whether clear packets that no rule covers are dropped.
     */
    public void configure(final List<IpAddress> ours, final List<PolicyRule> rules, final boolean denyDefault) {
        if (inFlight() != 0) {
            throw new IllegalStateException("packets are in flight");
        }
        addresses = List.copyOf(ours);
        tables.replace(Tables.Forwarding.of(new LocalAddresses(addresses), rules, denyDefault));
    }

    /**
     * Installs an inbound SA.
     *
     * @param spec the SA; its destination is an address of ours.
     * @return what was installed.
     * @throws IllegalArgumentException if the destination is not ours or no crypto library has the suite.
     */
    public InstalledSa installInbound(final SaSpec spec) {
        final IpAddress destination = spec.destination();
        final int local = tables.forwarding().addresses().find(destination.v6(), destination.high(), destination.low());
        if (local < 0) {
            throw new IllegalArgumentException("SA " + spec.name() + ": destination " + destination + " is not an address of this router");
        }
        return installer.install(spec, local);
    }

    /**
     * Installs an outbound SA and gives it to rules, which share its sequence numbers: packets that arrive from now on leave through it.
     *
     * @param spec  the SA.
     * @param rules numbers of the rules among the outbound ones.
     * @return the SA.
     * @throws IllegalArgumentException if a number is out of range or no crypto library has the suite.
     */
    public OutboundSa installOutbound(final SaSpec spec, final int... rules) {
        final int[] bound = rules.clone();
        for (final int rule : bound) {
            if (rule < 0 || rule >= OutboundPath.MAX_RULES) {
                throw new IllegalArgumentException("outbound rule " + rule + " is not within 0 to " + (OutboundPath.MAX_RULES - 1));
            }
        }
        final OutboundSa sa = outboundKeys.make(spec).sa();
        submit(position -> {
            for (final int rule : bound) {
                outbound.bind(rule, sa, position, gathered());
            }
        });
        return sa;
    }

    /**
     * Takes the SA of an outbound rule away: packets that arrive from now on find none.
     *
     * @param rule number of the rule among the outbound ones.
     */
    public void retireOutbound(final int rule) {
        submit(position -> outbound.bind(rule, null, position, gathered()));
    }

    /** Position of the first packet that is not known to be committed. */
    long gathered() {
        return gather.committed().get() + 1;
    }

    /** Sets the rate of a queue of a punt cause. */
    void policer(final PuntCause cause, final boolean high, final int perSecond) {
        submit(position -> punts.rate(cause.id(), high, perSecond));
    }

    /** Hands a change of the control thread to the dispatcher. If the two are one thread, nobody else would make room for it. */
    void submit(final PositionedChange change) {
        final Thread other = source;
        final boolean ours = other == null || other == Thread.currentThread();
        while (!dispatcher.submit(change)) {
            if (ours) {
                dispatcher.flush();
            } else {
                Thread.onSpinWait();
            }
        }
        if (other == null) {
            dispatcher.flush();
        }
    }

    /**
     * Publishes what was offered and lets every agent work once, on the caller's thread.
     *
     * @return work done; 0 means that nothing is in flight.
     */
    public int turn() {
        int work = dispatcher.flush();
        for (final PpeWorker worker : workers) {
            work += worker.doWork();
        }
        return work + gather.doWork();
    }

    /** Turns until nothing is in flight but fragments that wait for others. */
    public void drain() {
        while (turn() != 0) {
            Thread.onSpinWait();
        }
    }

    /**
     * Moves the packets' clock on when no packet does, and gives up on fragments whose time is over. Gather's thread, or at rest.
     *
     * @param nanos the time; {@link Long#MAX_VALUE} at the end of a run.
     */
    public void expire(final long nanos) {
        gather.expire(nanos);
    }

    /** Packets dispatched and not committed; source's thread, or at rest. */
    public long inFlight() {
        return dispatcher.position() - 1 - gather.committed().get();
    }

    /** Slots in use of each engine's ring: filled by the dispatcher, and not yet freed by gather. */
    List<Long> slotsInUse() {
        return Arrays.stream(rings).map(ring -> ring.published() - ring.gathered().get()).toList();
    }

    /**
     * Hands punted packets to the control plane, on its thread. Message layout: {@link PuntPath}.
     *
     * @param handler takes them; the type is the punt cause.
     * @param limit   most packets.
     * @return how many.
     */
    public int drainPunts(final MessageHandler handler, final int limit) {
        return punts.drain(handler, limit);
    }

    /** Frees the SAs. No agent runs any more. */
    @Override
    public void close() {
        installer.close();
        outboundKeys.close();
    }
}
