package org.qfpsim.controlplane.cryptoshow;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.model.AccessList;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.DynamicMap;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.SaSettings;
import org.qfpsim.controlplane.config.model.TunnelConfig;
import org.qfpsim.controlplane.config.text.RunningConfig;
import org.qfpsim.controlplane.router.ControlPlane;

/** {@code show crypto map} and {@code show crypto dynamic-map}. A protected tunnel has a map of its own (65536, as on the platform). */
final class MapTable {
    private static final int TUNNEL_SEQUENCE = 65536;
    private static final String INCOMPLETE = "\tWARNING: This crypto map is in an incomplete state!\n"
        + "\t\t(missing peer or access-list definitions)\n";

    private final ControlPlane plane;

    MapTable(final ControlPlane plane) {
        this.plane = plane;
    }

    private RouterConfig config() {
        return plane.config();
    }

    void print(final Output out, final Predicate<String> tag, final @Nullable String interfaceName) {
        for (final CryptoMap map : config().crypto().maps()) {
            final List<String> on = config().interfaces().stream().filter(each -> map.name().equals(each.cryptoMap()))
                .map(InterfaceConfig::name).toList();
            if (tag.test(map.name()) && (interfaceName == null || on.contains(interfaceName))) {
                map.entries().forEach(entry -> out.print(entry(map, entry, on)));
            }
        }
        for (final InterfaceConfig each : config().interfaces()) {
            final TunnelConfig tunnel = each.tunnel();
            final String name = each.name() + "-head-0";
            if (tunnel != null && tunnel.protection() != null && tag.test(name)
                && (interfaceName == null || interfaceName.equals(each.name()))) {
                out.print(tunnel(name, tunnel.protection(), each.name()));
            }
        }
    }

    private String entry(final CryptoMap map, final CryptoMap.Entry entry, final List<String> on) {
        final String head = "Crypto Map IPv4 \"" + map.name() + "\" " + entry.sequence() + " ";
        return switch (entry) {
            case CryptoMap.Static fixed -> head + "ipsec-isakmp\n" + fixed(fixed) + uses(map.name(), on);
            case CryptoMap.Dynamic dynamic -> head + "ipsec-isakmp\n\tDynamic map template tag: " + dynamic.map() + "\n"
                + uses(map.name(), on);
            case CryptoMap.Manual manual -> head + "ipsec-manual\n" + manual(manual) + uses(map.name(), on);
        };
    }

    private String fixed(final CryptoMap.Static entry) {
        final StringBuilder text = new StringBuilder(entry.complete() ? "" : INCOMPLETE);
        if (entry.description() != null) {
            text.append("\tDescription: ").append(entry.description()).append('\n');
        }
        entry.peers().forEach(peer -> text.append("\tPeer = ").append(peer).append('\n'));
        return text.append(SettingsText.profiles(entry.settings())).append(list(entry.accessList()))
            .append(entry.peers().isEmpty() ? "" : "\tCurrent peer: " + entry.peers().getFirst() + "\n")
            .append(SettingsText.of(config(), entry.settings())).toString();
    }

    private String list(final @Nullable String name) {
        final StringBuilder text = new StringBuilder("\tAccess-List SS dynamic: False\n");
        if (name == null) {
            return text.append("\tNo matching address list set.\n").toString();
        }
        final AccessList list = config().accessList(name).orElse(null);
        text.append(list != null && list.v6() ? "\tIPv6 access list " : "\tExtended IP access list ").append(name).append('\n');
        if (list != null) {
            list.entries().forEach(entry -> text.append("\t    access-list ").append(name).append(entry.permit() ? " permit " : " deny ")
                .append(RunningConfig.selector(entry.selector())).append('\n'));
        }
        return text.toString();
    }

    /** Session keys are not shown. */
    private String manual(final CryptoMap.Manual entry) {
        return (entry.complete() ? "" : INCOMPLETE) + (entry.peer() == null ? "" : "\tPeer = " + entry.peer() + "\n")
            + list(entry.accessList()) + (entry.peer() == null ? "" : "\tCurrent peer: " + entry.peer() + "\n")
            + SettingsText.sets(config(), entry.transformSet() == null ? List.of() : List.of(entry.transformSet()))
            + session("Inbound", entry.inbound()) + session("Outbound", entry.outbound());
    }

    private static String session(final String way, final CryptoMap.@Nullable SessionKey key) {
        return key == null ? "" : "\t" + way + " esp spi: " + Integer.toUnsignedString(key.spi()) + "\n\t\tcipher key: <removed>\n"
            + "\t\tauth_key: <removed>\n";
    }

    private String tunnel(final String name, final TunnelConfig.Protection protection, final String interfaceName) {
        final SaSettings settings = config().crypto().ipsec().profile(protection.profile()).map(IpsecConfig.Profile::settings)
            .orElse(SaSettings.EMPTY);
        return "Crypto Map IPv4 \"" + name + "\" " + TUNNEL_SEQUENCE + " ipsec-isakmp\n"
            + (protection.ikev2Profile() == null ? SettingsText.profiles(settings) : "\tIKEv2 Profile: " + protection.ikev2Profile() + "\n")
            + "\tProfile name: " + protection.profile() + "\n" + SettingsText.of(config(), settings)
            + uses(name, List.of(interfaceName));
    }

    private static String uses(final String name, final List<String> on) {
        final StringBuilder text = new StringBuilder("\tInterfaces using crypto map ").append(name).append(":\n");
        on.forEach(each -> text.append("\t\t").append(each).append('\n'));
        return text.append('\n').toString();
    }

    void dynamic(final Output out, final Predicate<String> tag) {
        for (final DynamicMap map : config().crypto().dynamicMaps()) {
            for (final CryptoMap.Static entry : tag.test(map.name()) ? map.entries() : List.<CryptoMap.Static>of()) {
                final StringBuilder peers = new StringBuilder();
                entry.peers().forEach(peer -> peers.append("\tPeer = ").append(peer).append('\n'));
                out.print("Crypto Map Template\"" + map.name() + "\" " + entry.sequence() + "\n" + peers
                    + SettingsText.profiles(entry.settings()) + list(entry.accessList()) + SettingsText.of(config(), entry.settings())
                    + "\n");
            }
        }
    }
}
