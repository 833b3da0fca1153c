package org.qfpsim.controlplane.router;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.AccessConfig;
import org.qfpsim.controlplane.config.model.AccessList;
import org.qfpsim.controlplane.config.model.CryptoConfig;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.DpdConfig;
import org.qfpsim.controlplane.config.model.DynamicMap;
import org.qfpsim.controlplane.config.model.EzvpnClient;
import org.qfpsim.controlplane.config.model.Ikev2Config;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.LocalIdentity;
import org.qfpsim.controlplane.config.model.LoggingConfig;
import org.qfpsim.controlplane.config.model.NhrpConfig;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.config.model.PlatformConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.SaSettings;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.config.model.SimulatorConfig;
import org.qfpsim.controlplane.config.model.TerminalConfig;
import org.qfpsim.controlplane.config.model.TunnelConfig;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Configurations of a router with one interface to the world and one way of protecting what goes to a peer. */
final class TestConfig {
    static final String OUTSIDE = "GigabitEthernet0/0/0";

    private final String address;
    private String inside = "192.168.1.0/24";
    private String remote = "192.168.2.0/24";
    private boolean recovery;
    private boolean initialContact;
    private boolean restore;
    private int version = 1;
    private int seconds = 3600;
    private long kilobytes = 4_608_000;
    private int ikeGroup;
    private int ikeSeconds = 86_400;
    private @Nullable DpdConfig dpd;
    private Release release = Release.DEFAULT;
    private SimulatorConfig.InvalidSpiLog log = SimulatorConfig.InvalidSpiLog.PER_FLOW;
    private final Set<SimulatorConfig.Bug> bugs = EnumSet.noneOf(SimulatorConfig.Bug.class);
    private final List<Supplier<CryptoMap.Entry>> entries = new ArrayList<>();
    private boolean dynamic;
    private final List<InterfaceConfig> tunnels = new ArrayList<>();
    private final List<EzvpnClient> ezvpn = new ArrayList<>();
    private boolean ezvpnServer;

    String address() {
        return address;
    }

    private TestConfig(final String address) {
        this.address = address;
    }

    static TestConfig at(final String address) {
        return new TestConfig(address);
    }

    TestConfig networks(final String here, final String there) {
        inside = here;
        remote = there;
        return this;
    }

    TestConfig recovery() {
        recovery = true;
        return this;
    }

    TestConfig initialContact() {
        initialContact = true;
        return this;
    }

    TestConfig restore() {
        restore = true;
        return this;
    }

    TestConfig ikev2() {
        version = 2;
        return this;
    }

    TestConfig lifetime(final int s, final long kb) {
        seconds = s;
        kilobytes = kb;
        return this;
    }

    /** Group and lifetime of IKE SAs, dead peer detection. */
    TestConfig ike(final int group, final int s, final @Nullable DpdConfig keepalive) {
        ikeGroup = group;
        ikeSeconds = s;
        dpd = keepalive;
        return this;
    }

    TestConfig release(final String text) {
        release = Release.parse(text);
        return this;
    }

    TestConfig global() {
        log = SimulatorConfig.InvalidSpiLog.GLOBAL;
        return this;
    }

    TestConfig bug(final SimulatorConfig.Bug bug) {
        bugs.add(bug);
        return this;
    }

    private SaSettings settings() {
        return new SaSettings(List.of("TS"), 0, seconds, kilobytes, null, null, version == 2 ? "P" : null);
    }

    TestConfig staticMap(final String peer) {
        final int sequence = 10 + entries.size();
        entries.add(() -> new CryptoMap.Static(sequence, null, "VPN", List.of(IpAddress.parse(peer)), null, settings()));
        return this;
    }

    /** An entry with several peers, one of them perhaps the default one. */
    TestConfig peers(final @Nullable String preferred, final String... peers) {
        final int sequence = 10 + entries.size();
        entries.add(() -> new CryptoMap.Static(sequence, null, "VPN", Stream.of(peers).map(IpAddress::parse).toList(),
            preferred == null ? null : IpAddress.parse(preferred), settings()));
        return this;
    }

    TestConfig dynamicMap() {
        dynamic = true;
        entries.add(() -> new CryptoMap.Dynamic(1000, "DYN"));
        return this;
    }

    TestConfig manualMap(final String peer, final int in, final int out) {
        final Secret key = Secret.ofHex("00112233445566778899aabbccddeeff");
        final Secret auth = Secret.ofHex("00112233445566778899aabbccddeeff00112233");
        entries.add(() -> new CryptoMap.Manual(20, null, "VPN", IpAddress.parse(peer), "TS", new CryptoMap.SessionKey(in, key, auth),
            new CryptoMap.SessionKey(out, key, auth)));
        return this;
    }

    TestConfig tunnel(final TunnelConfig.Mode mode, final @Nullable String destination, final String... staticMappings) {
        final List<NhrpConfig.Mapping> maps = new ArrayList<>();
        for (final String nbma : staticMappings) {
            maps.add(new NhrpConfig.Mapping(IpAddress.parse("172.16.0." + (10 + maps.size())), IpAddress.parse(nbma)));
        }
        final TunnelConfig tunnel = new TunnelConfig(mode, null, OUTSIDE, destination == null ? null : IpAddress.parse(destination), null,
            new TunnelConfig.Protection("PROT", null));
        tunnels.add(new InterfaceConfig("Tunnel" + tunnels.size(), null, List.of(new InterfaceConfig.Address(IpAddress.parse("172.16.0.1"),
            24)), List.of(), 1500, null, false, null, null, null, List.of(), tunnel,
            new NhrpConfig(1, null, 600, 0, maps, List.of())));
        return this;
    }

    TestConfig ezvpnClient(final String server) {
        return ezvpnClient(server, EzvpnClient.Connect.MANUAL);
    }

    TestConfig ezvpnClient(final String server, final EzvpnClient.Connect connect) {
        ezvpn.add(new EzvpnClient("EZ", connect, "GROUP", Secret.of("secret"), EzvpnClient.Mode.NETWORK_EXTENSION,
            List.of(IpAddress.parse(server)), "user", Secret.of("password")));
        return this;
    }

    TestConfig ezvpnServer() {
        ezvpnServer = true;
        return dynamicMap();
    }

    RouterConfig build() {
        final boolean transport = tunnels.stream().anyMatch(each -> each.tunnel() != null && each.tunnel().mode().gre());
        final IpsecConfig ipsec = new IpsecConfig(List.of(new IpsecConfig.TransformSet("TS", EspSuite.AES_CBC_128_SHA1_96,
            transport ? SaSpec.Mode.TRANSPORT : SaSpec.Mode.TUNNEL, false)), List.of(new IpsecConfig.Profile("PROT", settings())),
            3600, 4_608_000, 64, IpsecConfig.DfBit.COPY, IpsecConfig.Fragmentation.BEFORE_ENCRYPTION);
        final IsakmpConfig isakmp = new IsakmpConfig(
            List.of(new IsakmpConfig.Policy(10, "aes-cbc-128", "sha1", ikeGroup == 0 ? 2 : ikeGroup, true, ikeSeconds)),
            List.of(new IsakmpConfig.Key(new PeerMatch.Address(IpPrefix.any(false)), Secret.of("secret"), false)), List.of(), List.of(),
            ezvpnServer ? List.of(group()) : List.of(),
            LocalIdentity.ADDRESS, dpd, 0, recovery, false);
        final Ikev2Config ikev2 = new Ikev2Config(
            List.of(new Ikev2Config.Proposal("PR", List.of("aes-cbc-256"), List.of("sha256"), List.of(), List.of(ikeGroup == 0 ? 19 : ikeGroup))),
            List.of(new Ikev2Config.Policy("PO", List.of(), List.of("PR"))), List.of(),
            List.of(new Ikev2Config.Profile("P", List.of(new PeerMatch.Any()), LocalIdentity.ADDRESS, true, true,
                Secret.of("secret"), Secret.of("secret"), null, null, ikeSeconds)), dpd, 0, 0, 0, 0);
        final CryptoMap map = new CryptoMap("vpn", null, ezvpnServer ? "LOGIN" : null, ezvpnServer ? "GROUPS" : null,
            ezvpnServer ? IsakmpConfig.ModeConfig.RESPOND : IsakmpConfig.ModeConfig.OFF, entries.stream().map(Supplier::get).toList());
        final CryptoConfig crypto = new CryptoConfig(isakmp, ikev2, ipsec, entries.isEmpty() ? List.of() : List.of(map),
            dynamic ? List.of(new DynamicMap("DYN",
                List.of(new CryptoMap.Static(10, null, null, List.of(), null, settings())))) : List.of(),
            ezvpn, new CryptoConfig.Admission(0, 1000));
        final AccessConfig access = new AccessConfig(ezvpnServer, List.of("LOGIN"), List.of("GROUPS"),
            List.of(new AccessConfig.User("user", 1, Secret.of("password"), null)), List.of());
        final SimulatorConfig simulator = new SimulatorConfig(release, PlatformProfile.DEFAULT, bugs, initialContact, restore, log, 10,
            SimulatorConfig.SyslogFormat.RFC3164);
        return new RouterConfig("R", null, new LoggingConfig(null, null, LoggingConfig.Zone.UTC, null, null, null, 6, List.of(), null), access,
            crypto, interfaces(), List.of(list()), List.of(), List.of(), new PlatformConfig(Map.of(), null, Map.of(), Map.of()),
            TerminalConfig.DEFAULT, simulator);
    }

    private static IsakmpConfig.Group group() {
        return new IsakmpConfig.Group("GROUP", Secret.of("secret"), null);
    }

    private List<InterfaceConfig> interfaces() {
        final List<InterfaceConfig> all = new ArrayList<>(tunnels);
        all.add(physical(OUTSIDE, address, 24, entries.isEmpty() ? null : "vpn", false));
        all.add(physical("GigabitEthernet0/0/1", inside.substring(0, inside.lastIndexOf('.')) + ".1", 24, null, true));
        return all;
    }

    private InterfaceConfig physical(final String name, final String ip, final int length, final @Nullable String map,
                                     final boolean insideEzvpn) {
        final List<InterfaceConfig.EzvpnAttachment> attached = ezvpn.isEmpty() ? List.of()
            : List.of(new InterfaceConfig.EzvpnAttachment("EZ", insideEzvpn));
        return new InterfaceConfig(name, null, List.of(new InterfaceConfig.Address(IpAddress.parse(ip), length)), List.of(), 1500, null,
            false, map, null, null, attached, null, NhrpConfig.OFF);
    }

    private AccessList list() {
        return new AccessList("VPN", false, List.of(new AccessList.Entry(10, true,
            TrafficSelector.between(IpPrefix.parse(inside), IpPrefix.parse(remote)))));
    }
}
