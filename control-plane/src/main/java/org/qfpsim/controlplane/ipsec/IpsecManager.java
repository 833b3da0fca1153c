package org.qfpsim.controlplane.ipsec;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Owns a router's flows, SPIs and IPsec SAs. IKE negotiates pairs for it, the datapath carries packets through them; it decides when a pair
 * is wanted, when it is replaced and when it ends. One thread.
 */
public final class IpsecManager {
    /** The datapath tells late: an SA that is younger may have come after the packet. An older one has been taken away there. */
    private static final long NEW_NANOS = 1_000_000_000L;

    private final Timers timers;
    private final Map<Integer, IkeService> services = new HashMap<>();
    private final Pairs pairs = new Pairs();
    private final SaHistory history = new SaHistory();
    private final Flows flows;
    private final SpiTable spis;
    private final Requests requests;
    private final SaKeeper keeper;
    private final Removal removal;
    private final FlowSetup setup;
    private final IpsecEngine engine;
    private final SaLife life;

    /**
     * A manager without flows.
     *
     * @param timers   the control plane's.
     * @param datapath where SAs are installed.
     * @param log      for debug lines.
     * @param random   for SPIs and jitter.
     * @param settings margins, defects, restoring; asked anew each time.
     * @param store    where pairs are kept; {@link SaStore#NONE} for nowhere.
     * @param ids      of flows; shared with who makes {@link FlowSpec}s.
     */
    public IpsecManager(final Timers timers, final IpsecDatapath datapath, final EventLog log, final RandomGenerator random,
                        final Supplier<IpsecSettings> settings, final SaStore store, final FlowIds ids) {
        final IpsecLog lines = new IpsecLog(log);
        this.timers = timers;
        flows = new Flows(datapath, ids);
        spis = new SpiTable(random, spi -> pairs.inbound(spi) != null);
        requests = new Requests(timers, lines, services::get);
        life = new SaLife(timers, datapath, log, random, settings, pairs, new LifeEvents());
        keeper = new SaKeeper(timers, store, settings);
        removal = new Removal(timers, services::get, life, keeper, history, flows);
        setup = new FlowSetup(timers, flows, life, keeper, removal);
        engine = new Negotiated(timers, lines, pairs, flows, spis, life, requests, keeper, removal);
    }

    private final class LifeEvents implements SaLife.Events {
        @Override
        public void soft(final SaPair pair) {
            // An idle crypto map entry gets no new SA until there is something to protect; a tunnel stays up.
            if (pair.used() || pair.flow().spec().attachment().tunnel()) {
                requests.rekey(pair, "lifetime ends soon");
            }
        }

        @Override
        public void expired(final SaPair pair) {
            removal.remove(List.of(pair), "lifetime expired", true);
        }

        @Override
        public void active(final SaPair pair) {
            keeper.put(pair);
        }
    }

    /** What a version of IKE asks of this. */
    public IpsecEngine engine() {
        return engine;
    }

    /**
     * Gives it a version of IKE.
     *
     * @param service version 1 or 2.
     */
    public void connect(final IkeService service) {
        services.put(service.version(), service);
    }

    /**
     * Makes the flows those of the configuration. Flows that are as they were keep their SAs; those of others are deleted and the peers
     * told.
     *
     * @param specs flows and templates, in the order in which they are tried.
     */
    public void configure(final List<FlowSpec> specs) {
        setup.configure(specs);
    }

    /** Takes the pairs back that the store has kept, if the settings say so. Call once, after {@link #configure}. */
    public void restore() {
        setup.restore();
        keeper.checkpoints(pairs::all);
    }

    /** All flows, in the order of their numbers' first use. */
    public Collection<Flow> flows() {
        return flows.all();
    }

    /** The templates from which flows are made. */
    public List<FlowSpec> templates() {
        return flows.templates();
    }

    /** All pairs, the oldest first. */
    public Collection<SaPair> pairs() {
        return pairs.all();
    }

    /**
     * Says who is told of SAs that come and go; one at a time.
     *
     * @param observer who.
     */
    public void observe(final SaObserver observer) {
        life.observe(observer);
    }

    /** The SPIs that are taken and not installed, the oldest first. */
    public List<TransientSpi> reserved() {
        return spis.all();
    }

    /** How many SPIs are taken and not installed. */
    public int transientSpis() {
        return spis.size();
    }

    /**
     * Whether IKE is negotiating an SA with this SPI right now, or has installed it since a packet came too early for it: a responder
     * of IKEv2 sends as soon as it has answered, and its packets may overtake the answer.
     *
     * @param spi ours.
     * @return true while it is in the transient table, and for a second after its SA was installed.
     */
    public boolean isInUse(final int spi) {
        final SaPair pair = pairs.inbound(spi);
        return spis.isReserved(spi) || pair != null && timers.nanos() - pair.createdNanos() < NEW_NANOS;
    }

    /**
     * What is known of an SPI of ours.
     *
     * @param spi as on the wire.
     * @return the SA that has it, or had it last; empty: never known here, or so long ago that it is forgotten.
     */
    public Optional<SaHistory.Past> past(final int spi) {
        final SaPair pair = pairs.inbound(spi);
        return pair == null ? history.find(spi) : Optional.of(SaHistory.of(pair));
    }

    /**
     * The datapath has a packet for a flow without SA.
     *
     * @param id the flow.
     */
    public void noSa(final int id) {
        final Flow flow = flows.find(id);
        // The packet may have been dropped a moment before its SA came.
        if (flow != null && flow.active() == null) {
            requests.first(flow, "a packet wants to leave");
        }
    }

    /**
     * A packet wants to go through a multipoint tunnel to a peer that has no flow yet: it gets one, which ends with its last pair.
     *
     * @param interfaceName the tunnel.
     * @param peer          the peer's outer address.
     */
    public void noFlow(final String interfaceName, final IpAddress peer) {
        final Flow flow = flows.onDemand(interfaceName, peer);
        if (flow != null && flow.active() == null) {
            requests.first(flow, "a packet wants to leave");
        }
    }

    /**
     * Asks for a flow's pair, whether a packet wants to leave or not.
     *
     * @param policy the flow.
     * @param reason in words, for the log.
     * @return false if it is being negotiated already, or cannot be.
     */
    public boolean request(final ChildPolicy policy, final String reason) {
        final Flow flow = flows.find(policy.id());
        return flow != null && requests.first(flow, reason);
    }

    /**
     * Whether a flow has no SA that packets could leave through.
     *
     * @param policy the flow.
     * @return true if a request would make sense.
     */
    public boolean needs(final ChildPolicy policy) {
        final Flow flow = flows.find(policy.id());
        return flow != null && flow.active() == null;
    }

    /**
     * An SA has come to a limit of its volume.
     *
     * @param sa   which.
     * @param hard whether it is the end.
     */
    public void volume(final IpsecDatapath.SaId sa, final boolean hard) {
        final SaPair pair = pairs.find(sa);
        if (pair != null && hard) {
            removal.remove(List.of(pair), "lifetime expired", true);
        } else if (pair != null) {
            requests.rekey(pair, "volume lifetime ends soon");
        }
    }

    /**
     * An outbound SA has no sequence numbers left.
     *
     * @param sa which.
     */
    public void sequenceOverflow(final IpsecDatapath.SaId sa) {
        final SaPair pair = pairs.find(sa);
        if (pair != null) {
            requests.rekey(pair, "sequence numbers used up");
        }
    }

    /**
     * Deletes SAs and tells the peers ({@code clear crypto sa}); those with session keys stay.
     *
     * @param which those to delete.
     * @param tell  whether the peers are told.
     * @return how many pairs.
     */
    public int clear(final Predicate<SaPair> which, final boolean tell) {
        final List<SaPair> chosen = pairs.all().stream().filter(pair -> pair.flow().spec().manual() == null)
            .filter(which).toList();
        removal.remove(chosen, "cleared", tell);
        return chosen.size();
    }

    /**
     * Asks for pairs in place of others, before their lifetimes want it.
     *
     * @param which those to replace; only what is active is.
     */
    public void rekey(final Predicate<SaPair> which) {
        pairs.all().stream().filter(which).toList().forEach(pair -> requests.rekey(pair, "wanted now"));
    }
}
