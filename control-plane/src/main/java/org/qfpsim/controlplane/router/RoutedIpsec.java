package org.qfpsim.controlplane.router;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.ipsec.FlowSpec;
import org.qfpsim.controlplane.ipsec.IpsecDatapath;
import org.qfpsim.controlplane.ipsec.IpsecMessages;
import org.qfpsim.controlplane.ipsec.IpsecMessages.Kind;
import org.qfpsim.controlplane.ipsec.UnknownSpi;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.Notification;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;
import org.qfpsim.datapath.route.RoutedSa;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * {@link IpsecDatapath} on a routed datapath. Flows become crypto map rules, and the flows of tunnels and NHRP mappings ({@link #policy});
 * changes of them are collected and made by {@link #flush}, which the owner calls once a turn.
 */
public final class RoutedIpsec implements IpsecDatapath {
    private static final int ESP = 50;

    private final RoutedDatapath datapath;
    private final Supplier<RouterConfig> config;
    private final Consumer<SaSpec> keys;
    private final Map<Integer, FlowSpec> flows = new LinkedHashMap<>();
    private final Map<Integer, Long> withoutSa = new HashMap<>();
    /** How many flows an interface has. */
    private final Map<String, Integer> policies = new HashMap<>();
    private final Set<SaId> inbound = new HashSet<>();
    private final IpsecMessages messages = new IpsecMessages();
    private @Nullable Listener listener;
    private boolean changed;
    private long unnamed;

    /**
     * Makes it.
     *
     * @param datapath where SAs and flows go.
     * @param config   the configuration, for the access lists of crypto maps; asked anew for every change.
     * @param keys     is told every SA that is installed.
     */
    public RoutedIpsec(final RoutedDatapath datapath, final Supplier<RouterConfig> config, final Consumer<SaSpec> keys) {
        this.datapath = datapath;
        this.config = config;
        this.keys = keys;
        messages.taken(Kind.INITIALIZE);
        messages.taken(Kind.INVALID_SPI_ENABLE);
    }

    /** What was asked for and told so far. */
    public IpsecMessages messages() {
        return messages;
    }

    private final class Installed implements Sa {
        private final RoutedSa sa;
        private final SaId id;
        private boolean retired;

        Installed(final RoutedSa sa, final SaId id) {
            this.sa = sa;
            this.id = id;
        }

        @Override
        public Use use() {
            messages.taken(Kind.SA_STATS_GET);
            return new Use(sa.packets(), sa.octets(), sa.replayDrops(), sa.icvDrops(), sa.sequence(), sa.lastUsedNanos());
        }

        @Override
        public void retire() {
            if (!retired) {
                retired = true;
                inbound.remove(id);
                datapath.retire(sa);
                messages.taken(id.inbound() ? Kind.IN_SA_REMOVE : Kind.OUT_SA_REMOVE);
            }
        }
    }

    @Override
    public void listener(final Listener next) {
        listener = next;
    }

    @Override
    public void addFlow(final FlowSpec flow) {
        if (flows.put(flow.policy().id(), flow) == null && policies.merge(flow.interfaceName(), 1, Integer::sum) == 1) {
            messages.taken(Kind.SPD_CREATE);
            messages.taken(Kind.SPD_BIND);
        }
        messages.taken(Kind.SP_CREATE);
        changed = true;
    }

    @Override
    public void removeFlow(final int flow) {
        final FlowSpec gone = flows.remove(flow);
        if (gone != null) {
            messages.taken(Kind.SP_REMOVE);
            if (policies.merge(gone.interfaceName(), -1, (a, b) -> a + b == 0 ? null : a + b) == null) {
                messages.taken(Kind.SPD_UNBIND);
                messages.taken(Kind.SPD_DELETE);
            }
        }
        withoutSa.remove(flow);
        changed = true;
    }

    @Override
    public long withoutSa(final int flow) {
        return withoutSa.getOrDefault(flow, 0L);
    }

    @Override
    public Sa installInbound(final int flow, final SaSpec spec) {
        flush();
        final FlowSpec of = flows.get(flow);
        final int index = of == null ? RoutedConfig.NO_INTERFACE : index(datapath.configuration(), of.interfaceName());
        final SaId id = new SaId(true, spec.destination(), spec.spi());
        try {
            final Sa sa = new Installed(datapath.installInbound(spec, flow, index), id);
            inbound.add(id);
            keys.accept(spec);
            messages.taken(Kind.IN_SA_ADD);
            return sa;
        } catch (final IllegalArgumentException unsupported) {
            messages.refused(Kind.IN_SA_ADD);
            throw new IllegalStateException(unsupported.getMessage(), unsupported);
        }
    }

    @Override
    public Sa installOutbound(final int flow, final SaSpec spec) {
        flush();
        try {
            final Sa sa = new Installed(datapath.installOutbound(spec, flow), new SaId(false, spec.destination(), spec.spi()));
            keys.accept(spec);
            messages.taken(Kind.OUT_SA_ADD);
            return sa;
        } catch (final IllegalArgumentException unsupported) {
            messages.refused(Kind.OUT_SA_ADD);
            throw new IllegalStateException(unsupported.getMessage(), unsupported);
        }
    }

    /** Gives the datapath the flows as they are now, if they have changed. */
    public void flush() {
        if (changed) {
            changed = false;
            datapath.configure(policy(datapath.configuration()));
        }
    }

    /**
     * A datapath configuration with the flows as they are now: in the tunnels, in the NHRP mappings, and as the rules of the crypto maps.
     *
     * @param base interfaces, routes and the rest.
     * @return the same with the flows.
     */
    public RoutedConfig policy(final RoutedConfig base) {
        changed = false;
        return new RoutedFlows(config.get(), flows.values()).in(base);
    }

    static int index(final RoutedConfig routed, final String name) {
        for (final InterfaceSpec each : routed.interfaces()) {
            if (each.name().equals(name)) {
                return each.index();
            }
        }
        return RoutedConfig.NO_INTERFACE;
    }

    /**
     * The datapath tells something.
     *
     * @param what from {@link RoutedDatapath#drainNotifications}.
     * @return whether it was about SAs and flows; the others (neighbours, replays, bad checks, clear packets) are for somebody else.
     */
    public boolean notified(final Notification what) {
        final Listener told = listener;
        if (told == null) {
            return false;
        }
        count(what.kind());
        switch (what.kind()) {
            case UNKNOWN_SPI -> told.unknownSpi(new UnknownSpi(what.source(), what.destination(), what.spi(),
                what.destinationPort() == 0 ? what.protocol() : ESP, what.sourcePort(), what.destinationPort(),
                name(what.interfaceIndex()), what.count()));
            case NO_SA -> noSa(told, what);
            case SOFT_EXPIRY -> told.volume(id(what), false);
            case HARD_EXPIRY -> told.volume(id(what), true);
            case SEQUENCE_OVERFLOW -> told.sequenceOverflow(id(what));
            case OVERFLOW -> unnamed += what.count();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void count(final Notification.Kind kind) {
        switch (kind) {
            case UNKNOWN_SPI -> messages.taken(Kind.INVALID_SPI);
            case NO_SA -> messages.taken(Kind.IKE_MESSAGE);
            case SOFT_EXPIRY -> messages.taken(Kind.SOFT_EXPIRY);
            case HARD_EXPIRY -> messages.taken(Kind.TRAFFIC_EXPIRY);
            case SEQUENCE_OVERFLOW -> messages.taken(Kind.SEQUENCE_OVERFLOW);
            default -> {
                // Not about SAs and flows.
            }
        }
    }

    /** A multipoint tunnel's own flow is named when the peer has none yet. */
    private void noSa(final Listener told, final Notification what) {
        if (flows.containsKey(what.flow())) {
            withoutSa.merge(what.flow(), what.count(), Long::sum);
            told.noSa(what.flow());
        } else {
            told.noFlow(name(what.interfaceIndex()), what.destination());
        }
    }

    private SaId id(final Notification what) {
        final SaId toUs = new SaId(true, what.destination(), what.spi());
        return inbound.contains(toUs) ? toUs : new SaId(false, what.destination(), what.spi());
    }

    private String name(final int index) {
        final RoutedConfig routed = datapath.configuration();
        return index >= 0 && index < routed.interfaces().size() ? routed.interfaces().get(index).name() : "";
    }

    /** Packets of notifications for which the datapath had no room: counted, and nothing else is known of them. */
    public long unnamed() {
        return unnamed;
    }
}
