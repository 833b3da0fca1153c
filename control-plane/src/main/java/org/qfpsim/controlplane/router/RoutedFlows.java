package org.qfpsim.controlplane.router;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.AccessList;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.ipsec.FlowSpec;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.CryptoMapRule;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.NhrpMapping;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.TunnelSpec;

/** Puts flows into a datapath's configuration. */
final class RoutedFlows {
    private final RouterConfig config;
    private final Collection<FlowSpec> flows;
    private final Map<End, Integer> tunnels = new HashMap<>();

    private record End(String interfaceName, @Nullable IpAddress peer) {
    }

    RoutedFlows(final RouterConfig config, final Collection<FlowSpec> flows) {
        this.config = config;
        this.flows = flows;
        flows.stream().filter(flow -> flow.attachment().tunnel())
            .forEach(flow -> tunnels.putIfAbsent(new End(flow.interfaceName(), flow.policy().peer()), flow.policy().id()));
    }

    RoutedConfig in(final RoutedConfig base) {
        final List<InterfaceSpec> interfaces = base.interfaces().stream().map(this::withFlow).toList();
        final List<NhrpMapping> nhrp = base.nhrp().stream().map(mapping -> new NhrpMapping(mapping.interfaceIndex(),
            mapping.protocolAddress(), mapping.nbma(), tunnelFlow(interfaces.get(mapping.interfaceIndex()).name(), mapping.nbma(),
                mapping.flow()))).toList();
        // What has not changed is passed on as it is, so that the datapath need not compile it again.
        return base.withInterfaces(interfaces.equals(base.interfaces()) ? base.interfaces() : interfaces)
            .withNhrp(nhrp.equals(base.nhrp()) ? base.nhrp() : nhrp).withCryptoMap(rules(base));
    }

    private InterfaceSpec withFlow(final InterfaceSpec each) {
        final TunnelSpec tunnel = each.tunnel();
        if (tunnel == null || tunnel.destination() == null) {
            return each;
        }
        final int flow = tunnelFlow(each.name(), tunnel.destination(), tunnel.flow());
        return flow == tunnel.flow() ? each : new InterfaceSpec(each.index(), each.name(), each.kind(), each.mac(), each.addresses(),
            each.mtu(), each.ipMtu(), each.up(), new TunnelSpec(tunnel.source(), tunnel.destination(), tunnel.key(), tunnel.checksum(),
                flow));
    }

    private int tunnelFlow(final String name, final IpAddress peer, final int otherwise) {
        return tunnels.getOrDefault(new End(name, peer), otherwise);
    }

    /** Rules in the order of interfaces, map entries and lines of their access lists; then those of peers that came by themselves. */
    private List<CryptoMapRule> rules(final RoutedConfig base) {
        final List<CryptoMapRule> rules = new ArrayList<>();
        final List<FlowSpec> left = new ArrayList<>(flows.stream().filter(flow -> !flow.attachment().tunnel()).toList());
        for (final InterfaceConfig each : config.interfaces()) {
            final int index = RoutedIpsec.index(base, each.name());
            final CryptoMap map = each.cryptoMap() == null ? null : config.crypto().map(each.cryptoMap()).orElse(null);
            if (index != RoutedConfig.NO_INTERFACE && map != null) {
                for (final CryptoMap.Entry entry : map.entries()) {
                    lines(rules, left, each, index, map.name() + " " + entry.sequence(), accessList(entry));
                }
            }
        }
        for (final FlowSpec flow : left) {
            final int index = RoutedIpsec.index(base, flow.interfaceName());
            if (index != RoutedConfig.NO_INTERFACE) {
                rules.add(protect(index, flow));
            }
        }
        return rules;
    }

    private void lines(final List<CryptoMapRule> rules, final List<FlowSpec> left, final InterfaceConfig on, final int index,
                       final String name, final @Nullable String accessList) {
        final AccessList list = accessList == null ? null : config.accessList(accessList).orElse(null);
        if (list == null) {
            return;
        }
        for (final AccessList.Entry line : list.entries()) {
            final FlowSpec flow = left.stream().filter(each -> each.interfaceName().equals(on.name()) && each.policy().name().equals(name)
                && Objects.equals(each.policy().selector(), line.selector())).findFirst().orElse(null);
            if (!line.permit()) {
                rules.add(new CryptoMapRule(index, RoutedConfig.NO_FLOW, line.selector(), CryptoMapRule.Action.DENY));
            } else if (flow != null) {
                left.remove(flow);
                rules.add(protect(index, flow));
            }
        }
    }

    private static CryptoMapRule protect(final int index, final FlowSpec flow) {
        return new CryptoMapRule(index, flow.policy().id(), flow.policy().selector(), CryptoMapRule.Action.PROTECT);
    }

    private static @Nullable String accessList(final CryptoMap.Entry entry) {
        return switch (entry) {
            case CryptoMap.Static fixed -> fixed.complete() ? fixed.accessList() : null;
            case CryptoMap.Manual manual -> manual.complete() ? manual.accessList() : null;
            case CryptoMap.Dynamic ignored -> null;
        };
    }
}
