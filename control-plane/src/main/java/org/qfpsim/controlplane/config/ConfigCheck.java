package org.qfpsim.controlplane.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.EemAction;
import org.qfpsim.controlplane.config.model.EemApplet;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.StaticRoute;
import org.qfpsim.controlplane.config.model.TunnelConfig;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/**
 * Looks for what a configuration still lacks. The platform takes lines in any order and such parts simply do nothing, so these are
 * warnings: one line each, beginning with the command that it is about.
 */
public final class ConfigCheck {
    private final RouterConfig config;
    private final List<String> warnings = new ArrayList<>();

    private ConfigCheck(final RouterConfig config) {
        this.config = config;
    }

    /**
     * Checks a configuration.
     *
     * @param config the configuration.
     * @return warnings.
     */
    public static List<String> check(final RouterConfig config) {
        final ConfigCheck check = new ConfigCheck(config);
        config.interfaces().forEach(check::attachments);
        config.interfaces().forEach(check::tunnel);
        config.crypto().isakmp().profiles().forEach(check::isakmpProfile);
        config.crypto().isakmp().groups().forEach(check::group);
        config.routes().forEach(check::route);
        config.applets().forEach(check::applet);
        check.warnings.addAll(CryptoCheck.check(config));
        return List.copyOf(check.warnings);
    }

    private void warnIf(final boolean condition, final String warning) {
        if (condition) {
            warnings.add(warning);
        }
    }

    private void attachments(final InterfaceConfig each) {
        final String map = each.cryptoMap();
        final String start = "interface " + each.name() + ": ";
        warnIf(map != null && config.crypto().map(map).isEmpty(), start + "crypto map " + map + " does not exist");
        each.ezvpn().stream().filter(use -> config.crypto().ezvpn().stream().noneMatch(client -> client.name().equals(use.client())))
            .forEach(use -> warnings.add(start + "crypto ipsec client ezvpn " + use.client() + " does not exist"));
    }

    private void tunnel(final InterfaceConfig each) {
        final TunnelConfig tunnel = each.tunnel();
        if (tunnel == null) {
            return;
        }
        final String start = "interface " + each.name() + ": ";
        final String source = tunnel.sourceInterface();
        warnIf(source == null && tunnel.sourceAddress() == null, start + "incomplete: tunnel source is missing");
        warnIf(source != null && config.interfaceNamed(source).isEmpty(), start + "tunnel source " + source + " does not exist");
        final boolean multipoint = tunnel.mode() == TunnelConfig.Mode.GRE_MULTIPOINT;
        warnIf(!multipoint && tunnel.destination() == null, start + "incomplete: tunnel destination is missing");
        warnIf(multipoint && each.nhrp().networkId() == 0, start + "incomplete: ip nhrp network-id is missing");
        warnIf(!tunnel.mode().gre() && tunnel.protection() == null, start + "incomplete: tunnel protection is missing");
        each.nhrp().servers().stream().filter(server -> server.nbma() == null
                && each.nhrp().maps().stream().noneMatch(map -> map.protocol().equals(server.protocol())))
            .forEach(server -> warnings.add(start + "ip nhrp nhs " + server.protocol() + " has no ip nhrp map"));
        final TunnelConfig.Protection protection = tunnel.protection();
        if (protection != null) {
            warnIf(config.crypto().ipsec().profile(protection.profile()).isEmpty(),
                start + "crypto ipsec profile " + protection.profile() + " does not exist");
            ikev2Profile(start, protection.ikev2Profile());
        }
    }

    private void ikev2Profile(final String start, final @Nullable String name) {
        warnIf(name != null && config.crypto().ikev2().profile(name).isEmpty(), start + "crypto ikev2 profile " + name + " does not exist");
    }

    private void isakmpProfile(final IsakmpConfig.Profile profile) {
        final String start = "crypto isakmp profile " + profile.name() + ": ";
        final String keyring = profile.keyring();
        warnIf(profile.matches().isEmpty() && profile.groups().isEmpty(), start + "incomplete: match identity is missing");
        warnIf(keyring != null && config.crypto().isakmp().keyring(keyring).isEmpty(), start + "crypto keyring " + keyring
            + " does not exist");
        profile.groups().stream()
            .filter(name -> config.crypto().isakmp().groups().stream().noneMatch(group -> group.name().equals(name)))
            .forEach(name -> warnings.add(start + "crypto isakmp client configuration group " + name + " does not exist"));
        lists(start, profile.authenticationList(), profile.authorizationList());
    }

    private void lists(final String start, final @Nullable String authentication, final @Nullable String authorization) {
        warnIf(authentication != null && !config.access().loginLists().contains(authentication),
            start + "aaa authentication login " + authentication + " does not exist");
        warnIf(authorization != null && !config.access().authorizationLists().contains(authorization),
            start + "aaa authorization network " + authorization + " does not exist");
    }

    private void group(final IsakmpConfig.Group group) {
        final String start = "crypto isakmp client configuration group " + group.name() + ": ";
        final String pool = group.pool();
        warnIf(group.key() == null, start + "incomplete: key is missing");
        warnIf(pool != null && config.access().pool(pool).isEmpty(), start + "ip local pool " + pool + " does not exist");
    }

    private void route(final StaticRoute route) {
        final String name = route.interfaceName();
        warnIf(name != null && !StaticRoute.NULL_INTERFACE.equals(name) && config.interfaceNamed(name).isEmpty(),
            start(route.prefix()) + " " + name + ": there is no such interface");
    }

    /** A route up to its target, as it is entered. */
    private static String start(final IpPrefix prefix) {
        return prefix.address().v6() ? "ipv6 route " + prefix
            : "ip route " + prefix.address() + " " + IpAddress.v4(prefix.length() == 0 ? 0 : -1 << 32 - prefix.length());
    }

    private void applet(final EemApplet applet) {
        final String start = "event manager applet " + applet.name() + ": ";
        warnIf(applet.event() == null, start + "incomplete: event is missing");
        int depth = 0;
        boolean wrong = false;
        for (final EemAction action : applet.actions()) {
            switch (action.step()) {
                case EemAction.If test -> depth++;
                case EemAction.While test -> depth++;
                case EemAction.ForEach loop -> depth++;
                case EemAction.End end -> depth--;
                default -> {
                    continue;
                }
            }
            wrong |= depth < 0;
        }
        warnIf(wrong || depth != 0, start + "incomplete: every if, while and foreach needs one end");
    }
}
