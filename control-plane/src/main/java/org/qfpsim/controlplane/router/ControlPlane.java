package org.qfpsim.controlplane.router;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.SimulatorConfig;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ipsec.FlowIds;
import org.qfpsim.controlplane.ipsec.FlowSpec;
import org.qfpsim.controlplane.ipsec.IpsecDatapath;
import org.qfpsim.controlplane.ipsec.IpsecManager;
import org.qfpsim.controlplane.ipsec.IpsecSettings;
import org.qfpsim.controlplane.ipsec.UnknownSpi;
import org.qfpsim.controlplane.kmi.KmiWatch;
import org.qfpsim.controlplane.recovery.ConfiguredPeers;
import org.qfpsim.controlplane.recovery.InvalidSpiRecovery;
import org.qfpsim.controlplane.recovery.InvalidSpiShow;
import org.qfpsim.controlplane.recovery.RecoverySettings;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * One router's control plane. It has one thread, its owner's: who calls {@link #punted} and {@link #advance} also delivers the datapath's
 * notifications. Nothing in it looks at a clock.
 */
public final class ControlPlane {
    private final Timers timers;
    private final IkeWire wire;
    private final IpsecManager manager;
    private final List<IkeService> services = new ArrayList<>();
    private final List<IkeService> watched = new ArrayList<>();
    private final ConfigFlows configFlows;
    private final ConfiguredPeers peers = new ConfiguredPeers();
    private final InvalidSpiRecovery recovery;
    private final EzvpnConnector ezvpn;
    private final EzvpnAddresses addresses;
    private @Nullable Runnable interfaces;
    private final KmiWatch kmi;
    private final IkeConfig ikeConfig;
    private final IpsecDatapath datapath;
    private RouterConfig config;
    private List<FlowSpec> flows = List.of();

    /**
     * Starts a router's control plane: SAs of before a restart are restored if the configuration says so, flows are there, nothing is
     * negotiated yet.
     *
     * @param parts  what it is put together from.
     * @param config the startup configuration.
     */
    public ControlPlane(final ControlPlaneParts parts, final RouterConfig config) {
        this.config = config;
        timers = parts.timers();
        datapath = parts.datapath();
        kmi = new KmiWatch(timers);
        wire = new IkeWire(parts.output());
        final FlowIds ids = new FlowIds();
        configFlows = new ConfigFlows(ids);
        manager = new IpsecManager(timers, parts.datapath(), parts.log(), parts.random(),
            () -> new IpsecSettings(parts.margins(), simulator().bugs(), simulator().restoreSas()), parts.store(), ids);
        manager.observe(kmi);
        addresses = new EzvpnAddresses(this::config, this::isConnected, () -> timers.after(0, this::addressesChanged));
        ikeConfig = new ConfigIke(this::config, addresses);
        for (final IkeFactory factory : parts.ike()) {
            final IkeService service = factory.create(ikeConfig, kmi.over(manager.engine()), kmi.over(wire), timers, parts.log(),
                parts.random());
            services.add(service);
            watched.add(kmi.over(service));
            manager.connect(watched.getLast());
        }
        recovery = new InvalidSpiRecovery(timers, parts.log(), manager, peers, watched, this::recoverySettings, this::simulator);
        ezvpn = new EzvpnConnector(timers, manager);
        parts.datapath().listener(new Notified());
        configure(config);
        manager.restore();
    }

    /** What the datapath tells, passed on to who wants to know. */
    private final class Notified implements IpsecDatapath.Listener {
        @Override
        public void unknownSpi(final UnknownSpi notification) {
            recovery.unknownSpi(notification);
        }

        @Override
        public void noSa(final int flow) {
            manager.noSa(flow);
        }

        @Override
        public void noFlow(final String interfaceName, final IpAddress peer) {
            manager.noFlow(interfaceName, peer);
        }

        @Override
        public void volume(final IpsecDatapath.SaId sa, final boolean hard) {
            manager.volume(sa, hard);
        }

        @Override
        public void sequenceOverflow(final IpsecDatapath.SaId sa) {
            manager.sequenceOverflow(sa);
        }
    }

    private boolean isConnected(final IpAddress peer) {
        return services.stream().flatMap(service -> service.ikeSas().stream()).anyMatch(sa -> sa.path().remote().equals(peer));
    }

    private void addressesChanged() {
        if (interfaces == null) {
            configure(config);
        } else {
            interfaces.run();
        }
    }

    /**
     * Says who is to be told that {@link #effective} has other interfaces; it calls {@link #configure} in its turn.
     *
     * @param listener takes part in the control plane's thread.
     */
    public void onInterfaces(final Runnable listener) {
        interfaces = listener;
    }

    /**
     * A configuration with the interfaces that exist besides: addresses that EzVPN servers have handed out.
     *
     * @param plain as it was entered.
     * @return the same, with those interfaces.
     */
    public RouterConfig effective(final RouterConfig plain) {
        return addresses.applied(plain);
    }

    private SimulatorConfig simulator() {
        return config.simulator();
    }

    private RecoverySettings recoverySettings() {
        return new RecoverySettings(config.crypto().isakmp().invalidSpiRecovery(), simulator().initialContact(),
            simulator().invalidSpiLog() == SimulatorConfig.InvalidSpiLog.GLOBAL, simulator().recoveryLimit());
    }

    /** The configuration that holds. */
    public RouterConfig config() {
        return config;
    }

    /**
     * Takes another configuration. Flows that are the same in it keep their SAs.
     *
     * @param next the whole configuration.
     */
    public void configure(final RouterConfig next) {
        config = next;
        flows = configFlows.of(addresses.applied(next));
        peers.configure(flows);
        manager.configure(flows);
        ezvpn.configure(next, flows);
    }

    /** The flows and templates of the configuration, in the order in which they are tried; a datapath's policy is made of them. */
    public List<FlowSpec> flows() {
        return flows;
    }

    /**
     * A packet for UDP port 500 or 4500 was sent up.
     *
     * @param packet from the IP header on; whatever is wrong with it, it is dropped and counted.
     */
    public void punted(final byte[] packet) {
        UdpPacket.parse(packet).ifPresent(udp -> wire.receive(udp, watched));
    }

    /** When {@link #advance} has something to do, in nanoseconds; {@link Long#MAX_VALUE} if nothing is planned. */
    public long nextDeadline() {
        return timers.next();
    }

    /**
     * Moves its time and does what is due.
     *
     * @param nanos the new time.
     * @return how many things were done.
     */
    public int advance(final long nanos) {
        return timers.advance(nanos);
    }

    /** The IPsec manager. */
    public IpsecManager ipsec() {
        return manager;
    }

    /** What a person can do to SAs. */
    public SaActions sas() {
        return new SaActions(manager, services);
    }

    /** The versions of IKE, the preferred one first. */
    public List<IkeService> ike() {
        return List.copyOf(services);
    }

    /** The recovery of invalid SPIs. */
    public InvalidSpiRecovery recovery() {
        return recovery;
    }

    /** {@code show crypto invalid-spi}, a command of ours. */
    public String showInvalidSpi() {
        return new InvalidSpiShow(recovery).text();
    }

    /** What passed between IKE and IPsec. */
    public KmiWatch kmi() {
        return kmi;
    }

    /** What the configuration says to IKE. */
    public IkeConfig ikeConfig() {
        return ikeConfig;
    }

    /** Where SAs are. */
    public IpsecDatapath datapath() {
        return datapath;
    }

    /** Its time, nanoseconds. */
    public long nanos() {
        return timers.nanos();
    }

    /** Datagrams for IKE that were no message of a version that is here. */
    public long unknownMessages() {
        return wire.unknown();
    }
}
