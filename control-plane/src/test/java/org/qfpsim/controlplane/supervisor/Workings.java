package org.qfpsim.controlplane.supervisor;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.EemApplet;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.config.text.RunningConfig;
import org.qfpsim.controlplane.eem.AppletException;
import org.qfpsim.controlplane.eem.AppletParser;
import org.qfpsim.controlplane.ike.IkeAddresses;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ipsec.FlowIds;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.login.LoginRig;
import org.qfpsim.controlplane.nhrp.NhrpService;
import org.qfpsim.controlplane.router.ConfigFlows;
import org.qfpsim.controlplane.router.ConfigIke;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;

/**
 * What a configuration makes the parts of a router do, as text: what the datapath is given, which flows there are, what IKE is answered,
 * what NHRP sends, what the log does, which alarms ring. Not the configuration itself: a line that nothing looks at leaves no trace here.
 * Settings of ours, and the recovery of invalid SPIs, which have tests of their own, are noted as they are.
 */
final class Workings {
    private static final List<IpAddress> PEERS = List.of("10.1.1.1", "20.1.1.2", "20.1.1.9", "30.1.1.1", "10.9.9.9", "2001:db8:1::1")
        .stream().map(IpAddress::parse).toList();
    private static final List<IpAddress> OURS = List.of(IpAddress.parse("20.1.1.2"), IpAddress.parse("10.1.1.1"));
    private static final List<String> USERS = List.of("alice wonder", "bob builder", "carol wonder");
    private static final long HOUR = 3_600_000_000_000L;

    private final RouterConfig config;
    private final List<String> lines = new ArrayList<>();

    private Workings(final RouterConfig config) {
        this.config = config;
    }

    static List<String> of(final RouterConfig config) {
        final Workings workings = new Workings(config);
        workings.datapath();
        workings.ike();
        workings.log();
        workings.platform();
        workings.nhrp();
        workings.note("logins", LoginRig.behaviour(config));
        config.applets().forEach(workings::applet);
        workings.note("simulator", config.simulator());
        workings.note("recovery", config.crypto().isakmp().invalidSpiRecovery());
        return workings.lines;
    }

    private void note(final String what, final @Nullable Object value) {
        lines.add(what + " " + text(value));
    }

    private void datapath() {
        note("routed", new RouterInterfaces(1).routed(config, RoutedConfig.EMPTY, name -> true));
        note("flows", new ConfigFlows(new FlowIds()).of(config));
        note("denied", config.accessLists().stream().map(list -> list.name() + list.entries()).toList());
    }

    private void ike() {
        final ConfigIke ike = new ConfigIke(() -> config, IkeAddresses.NONE);
        final List<@Nullable IkeIdentity> identities = new ArrayList<>();
        identities.add(null);
        PEERS.forEach(peer -> identities.add(IkeIdentity.of(peer)));
        List.of("six.example.com", "a.example.com", "R1").forEach(name -> identities.add(IkeIdentity.of(IkeIdentity.FQDN, name)));
        identities.add(IkeIdentity.of(IkeIdentity.USER_FQDN, "someone@example.com"));
        List.of("SALES", "site-7").forEach(name -> identities.add(IkeIdentity.of(IkeIdentity.KEY_ID, name)));
        for (final int version : new int[] {1, 2}) {
            note("limits " + version, List.of(ike.natKeepaliveSeconds(version), ike.maxInNegotiation(version)));
            for (final IpAddress peer : PEERS) {
                OURS.forEach(local -> note("local", List.of(ike.proposals(version, local, peer), ike.identity(version, local, peer))));
                note("dpd", ike.dpd(version, peer));
                identities.forEach(identity -> note("key", ike.presharedKey(version, peer, identity)));
            }
        }
        for (final IpAddress peer : PEERS) {
            identities.forEach(identity -> note("ezvpn", ike.ezvpn(peer, identity)));
            note("aggressive", ike.aggressive(peer));
        }
        USERS.forEach(user -> note("admits", ike.admits(user.split(" ", -1)[0].getBytes(StandardCharsets.UTF_8),
            user.split(" ", -1)[1].getBytes(StandardCharsets.UTF_8))));
        note("ike", List.of(ike.aggressiveModeOff(), ike.maxSas(), ike.cookieChallenge(), ike.fragmentationMtu()));
        note("connect", config.crypto().ezvpn().stream().map(client -> client.name() + client.connect()).toList());
    }

    private void log() {
        note("log", LogSettings.of(config));
        note("zone", LogSettings.zone(config));
    }

    private void platform() {
        try (CounterStore store = CounterStore.inMemory(1)) {
            final Recording events = new Recording();
            final Timers timers = new Timers();
            final List<String> calls = new ArrayList<>();
            new PuntPolicers(datapath((proxy, method, arguments) -> {
                calls.add(method.getName() + Arrays.toString(arguments));
                return null;
            }), store.reader()).configure(config.platform());
            note("policers", calls);
            new DropAlarms(timers, events, store.reader()).configure(config.platform());
            for (int i = 0; i < 60 * 35; i++) {
                store.ppe(0).dropGlobal(GlobalDrop.IPV4_NO_ROUTE.id(), 1, 100);
                store.ppe(0).dropGlobal(GlobalDrop.IPV4_NO_ADJ.id(), 1, 100);
            }
            timers.advance(60_000_000_000L);
            note("alarms", events.lines);
        }
    }

    /** Everything that NHRP sends in an hour without an answer. */
    private void nhrp() {
        final Timers timers = new Timers();
        final RouterInterfaces interfaces = new RouterInterfaces(1);
        final RoutedConfig routed = interfaces.routed(config, RoutedConfig.EMPTY, name -> true);
        final List<String> calls = new ArrayList<>();
        try (NhrpService nhrp = new NhrpService(datapath((proxy, method, arguments) -> switch (method.getName()) {
            case "configuration" -> routed;
            case "injectTunnel" -> {
                final byte[] payload = new byte[(Integer) arguments[6]];
                ((DirectBuffer) arguments[4]).getBytes((Integer) arguments[5], payload);
                yield calls.add(timers.nanos() + " " + arguments[1] + " " + HexFormat.of().formatHex(payload));
            }
            default -> null;
        }), timers, new Recording())) {
            nhrp.configure(config, interfaces::index);
            timers.advance(HOUR);
            note("nhrp", nhrp.mapped(routed).nhrp());
            note("sent", calls);
        }
    }

    private void applet(final EemApplet applet) {
        if (applet.event() != null) {
            try {
                note("applet", AppletParser.parse(applet.name(), RunningConfig.applet(applet)));
            } catch (final AppletException e) {
                note("applet", e.getMessage());
            }
        }
    }

    private static RoutedDatapath datapath(final InvocationHandler handler) {
        return (RoutedDatapath) Proxy.newProxyInstance(Workings.class.getClassLoader(), new Class<?>[] {RoutedDatapath.class}, handler);
    }

    /** All that is in a value, keys too, which values do not print themselves. */
    private static String text(final @Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case final Secret secret -> HexFormat.of().formatHex(secret.octets());
            case final byte[] octets -> HexFormat.of().formatHex(octets);
            case final Optional<?> some -> text(some.orElse(null));
            case final Map<?, ?> map -> new TreeMap<>(map).toString();
            case final Collection<?> all -> all.stream().map(Workings::text).toList().toString();
            case final Record one when one.getClass().getModule() == Workings.class.getModule() -> fields(one);
            default -> value.toString();
        };
    }

    private static String fields(final Record one) {
        final StringBuilder all = new StringBuilder(one.getClass().getSimpleName());
        for (final RecordComponent component : one.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                all.append(' ').append(component.getName()).append('=').append(text(component.getAccessor().invoke(one)));
            } catch (final ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return all.append(';').toString();
    }

    /** Takes the messages. */
    private static final class Recording implements EventLog {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void message(final String facility, final int severity, final String mnemonic, final String text) {
            lines.add("%" + facility + "-" + severity + "-" + mnemonic + ": " + text);
        }

        @Override
        public void debug(final Debug category, final @Nullable IpAddress peer, final Supplier<String> line) {
            // Nobody has switched it on.
        }
    }
}
