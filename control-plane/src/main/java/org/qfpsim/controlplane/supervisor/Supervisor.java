package org.qfpsim.controlplane.supervisor;

import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.controlplane.capture.PacketWatch;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.eem.EventManager;
import org.qfpsim.controlplane.exec.Box;
import org.qfpsim.controlplane.exec.InterfaceStatistics;
import org.qfpsim.controlplane.exec.ProcessTimes;
import org.qfpsim.controlplane.icmp.Echoes;
import org.qfpsim.controlplane.icmp.IcmpResponder;
import org.qfpsim.controlplane.icmp.Probes;
import org.qfpsim.controlplane.ipsec.RekeyMargins;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.live.RouterWatch;
import org.qfpsim.controlplane.login.LoginWatch;
import org.qfpsim.controlplane.login.SshService;
import org.qfpsim.controlplane.neighbor.NeighborTable;
import org.qfpsim.controlplane.nhrp.NhrpService;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.controlplane.router.ControlPlaneParts;
import org.qfpsim.controlplane.router.RoutedIpsec;
import org.qfpsim.controlplane.syslog.SyslogService;
import org.qfpsim.controlplane.terminal.TerminalLines;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;

/**
 * The control plane of one router with everything around it: neighbours, ICMP, log, applets, console. Its owner's thread is its only one;
 * {@link #work} does what has come up.
 */
public final class Supervisor {
    private final Timers timers;
    private final SyslogService log;
    private final LoginWatch logins;
    private final RoutedDatapath datapath;
    private final RoutedIpsec ipsec;
    private final ControlPlane controlPlane;
    private final NeighborTable neighbors;
    private final Echoes echoes;
    private final Probes probes;
    private final NhrpService nhrp;
    private final Deliveries deliveries;
    private final RouterInterfaces interfaces;
    private final LinkMessages links;
    private final Applets applets;
    private final CounterReader counters;
    private final InterfaceStatistics statistics;
    private final Box box;
    private final SupervisorParts parts;
    private final ProcessTimes times;
    private final Instruments instruments;
    private final Console console;
    private final PuntPolicers policers;
    private final DropAlarms dropAlarms;
    private final PacketWatch watch;
    private final RouterWatch looks;
    private RouterConfig config;
    private boolean reloading;

    /**
     * Starts a router's control plane.
     *
     * @param parts  what it is given.
     * @param config the startup configuration.
     */
    public Supervisor(final SupervisorParts parts, final RouterConfig config) {
        this.parts = parts;
        this.config = config;
        timers = parts.timers();
        datapath = parts.datapath();
        counters = parts.counters();
        log = new SyslogService(parts.clock(), LogSettings.of(config), new LogSender(datapath, this::send)::send);
        logins = new LoginWatch(this::config, timers, parts.clock(), log);
        interfaces = new RouterInterfaces(parts.station());
        links = new LinkMessages(log);
        ipsec = new RoutedIpsec(datapath, this::config, parts.keyLog()::esp);
        final IcmpResponder icmp = new IcmpResponder(datapath, timers);
        echoes = new Echoes(datapath, timers);
        probes = new Probes(datapath, timers);
        neighbors = new NeighborTable(datapath, timers, log, icmp);
        nhrp = new NhrpService(datapath, timers, log);
        datapath.configure(interfaces.routed(config, datapath.configuration(), parts.carrier()));
        controlPlane = new ControlPlane(new ControlPlaneParts(timers, ipsec, this::send, log, parts.random(), parts.store(),
            RekeyMargins.IOS, IkeVersions.all(parts.keyLog())), config);
        ipsec.flush();
        deliveries = new Deliveries(neighbors, nhrp, icmp, echoes, probes, controlPlane, ipsec, new DatapathMessages(timers, log));
        controlPlane.onInterfaces(this::addressesChanged);
        neighbors.interfacesChanged();
        nhrp.policy(ipsec::policy);
        nhrp.configure(config, interfaces::index);
        policers = new PuntPolicers(datapath, counters);
        dropAlarms = new DropAlarms(timers, log, counters);
        platform();
        times = new ProcessTimes(parts.machine());
        watch = new PacketWatch(datapath, timers, interfaces::names);
        final EventManager events = new EventManager(timers, log, applet -> terminal()::type);
        statistics = new InterfaceStatistics(datapath, timers, () -> counters.total(Total.RECEIVED));
        box = new Box(this::config, config, timers.nanos(), timers, parts.clock(), log, neighbors, datapath, events, statistics,
            parts.nvram(), parts.flash(), parts.reloaded(), () -> reloading = true);
        instruments = new Instruments(this, new QfpState(this, ipsec.messages()), times, box);
        console = new Console(this, parts);
        log.listen(events);
        log.console(console.lines()::onConsole);
        log.monitors(console.lines()::onMonitors);
        looks = new RouterWatch(new RouterWatch.Sources(this::config, parts.clock(), log, counters, datapath, controlPlane,
            instruments.qfp()));
        applets = new Applets(events, log);
        applets.configure(config.applets());
    }

    /**
     * The time zone of a router ({@code clock timezone}).
     *
     * @param config its configuration.
     * @return the zone.
     */
    public static ZoneId zone(final RouterConfig config) {
        return LogSettings.zone(config);
    }

    /** What is shown of the QFP, of its processor and memory. */
    Instruments instruments() {
        return instruments;
    }

    /** The configuration that holds. */
    public RouterConfig config() {
        return config;
    }

    /** The log. */
    public SyslogService log() {
        return log;
    }

    /** IKE, IPsec and the recovery of invalid SPIs. */
    public ControlPlane controlPlane() {
        return controlPlane;
    }

    /** The next hops of multipoint tunnels. */
    public NhrpService nhrp() {
        return nhrp;
    }

    /** The policers of what is sent up, for {@code show platform software punt-policer}. */
    public PuntPolicers puntPolicers() {
        return policers;
    }

    /** Packet trace and captures. */
    PacketWatch watch() {
        return watch;
    }

    /** The router as it is now, for somebody who watches. */
    public RouterLook look() {
        return looks.look();
    }

    /** Opens a terminal that is used line by line and is privileged from the start. */
    public ConsoleSession terminal() {
        return console.session();
    }

    /** Sees who logs in. */
    LoginWatch logins() {
        return logins;
    }

    /** SSH as far as it is the router's business. */
    public SshService ssh() {
        return console.ssh();
    }

    /** The applets. */
    Applets applets() {
        return applets;
    }

    /** The terminal lines. */
    public TerminalLines lines() {
        return console.lines();
    }

    /** Names of the interfaces, by index. */
    public List<String> interfaces() {
        return interfaces.names();
    }

    /**
     * Takes another configuration.
     *
     * @param next the whole configuration.
     */
    public void configure(final RouterConfig next) {
        config = next;
        log.configure(LogSettings.of(next));
        parts.clock().zone(LogSettings.zone(next));
        platform();
        interfacesChanged();
        controlPlane.configure(next);
        ipsec.flush();
        applets.configure(next.applets());
    }

    private void platform() {
        policers.configure(config.platform());
        dropAlarms.configure(config.platform());
    }

    /** An EzVPN server has handed out an address. */
    private void addressesChanged() {
        interfacesChanged();
        controlPlane.configure(config);
        ipsec.flush();
    }

    /** The carrier of an interface has come or gone. */
    public void interfacesChanged() {
        final RouterConfig all = controlPlane.effective(config);
        final RoutedConfig before = datapath.configuration();
        datapath.configure(ipsec.policy(nhrp.mapped(interfaces.routed(all, before, parts.carrier()))));
        links.changed(before.interfaces(), datapath.configuration().interfaces(), all);
        neighbors.interfacesChanged();
        nhrp.configure(config, interfaces::index);
    }

    private void send(final byte[] packet) {
        datapath.inject(new UnsafeBuffer(packet), 0, packet.length, timers.nanos());
    }

    /**
     * Takes what the datapath has sent up, and does what is due.
     *
     * @param nanos the time.
     * @return how much was done.
     */
    public int work(final long nanos) {
        times.begin();
        int done = times.did(ProcessTimes.Process.TIMERS, timers.advance(nanos));
        done += deliveries.from(datapath, times);
        watch.work(nanos);
        done += times.did(ProcessTimes.Process.TERMINALS, console.lines().work(nanos));
        ipsec.flush();
        statistics.work();
        return done + times.did(ProcessTimes.Process.RECLAIM, datapath.reclaim());
    }

    /** When {@link #work} has something to do although nothing comes; {@link Long#MAX_VALUE} if never. */
    public long nextDeadline() {
        return Math.min(timers.next(), console.lines().nextDeadline());
    }

    /**
     * A counter by the name that the platform shows it under: a global drop ({@code IpsecInput}), or {@code ipsec N}.
     *
     * @param name the name.
     * @return its value; empty if there is none of that name.
     */
    public OptionalLong counter(final String name) {
        return CounterNames.value(counters, name);
    }

    /** Whether it wants to be started again ({@code reload}). */
    public boolean isReloading() {
        return reloading;
    }

    /** Echo requests of its own. */
    Echoes echoes() {
        return echoes;
    }

    /** Datagrams that look for a way. */
    Probes probes() {
        return probes;
    }

    /** What commands see of it. */
    Box box() {
        return box;
    }

    /** What it was given. */
    SupervisorParts parts() {
        return parts;
    }
}
