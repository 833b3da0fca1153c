package org.qfpsim.controlplane.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.AccessList;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.DynamicMap;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.SaSettings;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ipsec.Attachment;
import org.qfpsim.controlplane.ipsec.FlowIds;
import org.qfpsim.controlplane.ipsec.FlowSpec;
import org.qfpsim.controlplane.ipsec.PeerList;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * Finds the flows in a configuration: one for each permit line of a crypto map's access list, one for each protected tunnel, one for each
 * static mapping of a multipoint tunnel. What may come by itself is a template. A flow that is still there after a change keeps its number.
 * Incomplete entries make no flow, as on the platform.
 */
public final class ConfigFlows {
    private final FlowIds ids;
    private Map<List<Object>, Integer> numbers = new HashMap<>();
    private Map<List<Object>, Integer> next = new HashMap<>();

    /** Who a flow is with, and where it was found. */
    record Place(String name, Attachment attachment, String interfaceName, IpAddress local, @Nullable IpAddress peer) {
    }

    /**
     * For one router.
     *
     * @param ids numbers of flows, shared with the IPsec manager.
     */
    public ConfigFlows(final FlowIds ids) {
        this.ids = ids;
    }

    /**
     * The flows of a configuration, in the order in which they are tried.
     *
     * @param config the configuration.
     * @return flows and templates.
     */
    public List<FlowSpec> of(final RouterConfig config) {
        final List<FlowSpec> flows = new ArrayList<>();
        next = new HashMap<>();
        for (final InterfaceConfig each : config.interfaces()) {
            if (!each.shutdown()) {
                config.crypto().map(each.cryptoMap() == null ? "" : each.cryptoMap()).ifPresent(map -> addMap(flows, config, each, map));
                new TunnelFlows(this, config, each).addTo(flows);
                new EzvpnFlows(this, config, each).addTo(flows);
            }
        }
        numbers.forEach((key, id) -> {
            if (!next.containsKey(key)) {
                ids.release(id);
            }
        });
        numbers = next;
        return flows;
    }

    private void addMap(final List<FlowSpec> flows, final RouterConfig config, final InterfaceConfig on, final CryptoMap map) {
        final IpAddress local = address(config, map.localInterface() == null ? on.name() : map.localInterface());
        if (local == null) {
            return;
        }
        for (final CryptoMap.Entry entry : map.entries()) {
            final String name = map.name() + " " + entry.sequence();
            switch (entry) {
                case CryptoMap.Static fixed when fixed.complete() -> addEntry(flows, config, new Place(name, Attachment.STATIC_MAP,
                    on.name(), local, peers(fixed).peers().getFirst()), fixed);
                case CryptoMap.Dynamic dynamic -> config.crypto().dynamicMap(dynamic.map()).ifPresent(template ->
                    addDynamic(flows, config, new Place(name, serves(map) ? Attachment.EZVPN_SERVER : Attachment.DYNAMIC_MAP, on.name(),
                        local, null), template));
                case CryptoMap.Manual manual when manual.complete() ->
                    new ManualFlow(this, config, new Place(name, Attachment.MANUAL_MAP, on.name(), local, manual.peer()), manual)
                        .addTo(flows);
                default -> {
                    // Incomplete: the platform keeps the line and does nothing with it.
                }
            }
        }
    }

    private static boolean serves(final CryptoMap map) {
        return map.authenticationList() != null || map.modeConfig() != IsakmpConfig.ModeConfig.OFF;
    }

    private void addEntry(final List<FlowSpec> flows, final RouterConfig config, final Place place, final CryptoMap.Static entry) {
        for (final TrafficSelector selector : permitted(config, entry.accessList())) {
            policy(config, place, selector, entry.settings()).map(policy ->
                new FlowSpec(policy, place.attachment(), place.interfaceName(), null, peers(entry))).ifPresent(flows::add);
        }
    }

    /** As they are tried: the default peer first, then the others in the order of the configuration. */
    private static PeerList peers(final CryptoMap.Static entry) {
        final IpAddress preferred = entry.defaultPeer();
        final List<IpAddress> peers = new ArrayList<>(entry.peers());
        if (preferred != null) {
            peers.remove(preferred);
            peers.addFirst(preferred);
        }
        return new PeerList(peers, preferred != null);
    }

    private void addDynamic(final List<FlowSpec> flows, final RouterConfig config, final Place place, final DynamicMap map) {
        for (final CryptoMap.Static entry : map.entries()) {
            final List<TrafficSelector> selectors = entry.accessList() == null
                ? List.of(any(place.local().v6())) : permitted(config, entry.accessList());
            for (final TrafficSelector selector : selectors) {
                policy(config, place, selector, entry.settings()).map(policy -> flow(place, policy, null)).ifPresent(flows::add);
            }
        }
    }

    /** What an access list permits; nothing if it does not exist. */
    static List<TrafficSelector> permitted(final RouterConfig config, final @Nullable String name) {
        return name == null ? List.of() : config.accessList(name).map(AccessList::permitted).orElse(List.of());
    }

    static TrafficSelector any(final boolean v6) {
        return TrafficSelector.between(IpPrefix.any(v6), IpPrefix.any(v6));
    }

    /** The flow's policy; empty if it has no transform set that exists. */
    Optional<ChildPolicy> policy(final RouterConfig config, final Place place, final TrafficSelector selector,
                                 final SaSettings settings) {
        final IpsecConfig ipsec = config.crypto().ipsec();
        final List<IpsecConfig.TransformSet> sets = settings.transformSets().stream().flatMap(name -> ipsec.transformSet(name).stream())
            .toList();
        if (sets.isEmpty()) {
            return Optional.empty();
        }
        final SaSpec.Mode mode = sets.getFirst().mode();
        final List<Object> key = List.of(place, selector);
        return Optional.of(new ChildPolicy(number(key), place.name(), place.local(), place.peer(), selector, mode,
            sets.stream().filter(set -> set.mode() == mode).map(IpsecConfig.TransformSet::suite).toList(),
            sets.stream().anyMatch(IpsecConfig.TransformSet::esn), settings.pfsGroup(),
            settings.seconds() == null ? ipsec.seconds() : settings.seconds(),
            settings.kilobytes() == null ? ipsec.kilobytes() : settings.kilobytes(),
            settings.replayWindow() == null ? ipsec.replayWindow() : settings.replayWindow(), settings.version()));
    }

    static FlowSpec flow(final Place place, final ChildPolicy policy, final FlowSpec.@Nullable Manual manual) {
        return new FlowSpec(policy, place.attachment(), place.interfaceName(), manual);
    }

    /** The number of a flow, the same as before if it was there before. */
    int number(final List<Object> key) {
        final Integer before = numbers.get(key);
        final int id = before != null && !next.containsKey(key) ? before : ids.take();
        next.putIfAbsent(key, id);
        return id;
    }

    /** An interface's first address, IPv4 before IPv6; null if it has none. */
    static @Nullable IpAddress address(final RouterConfig config, final String interfaceName) {
        return config.interfaceNamed(interfaceName)
            .flatMap(found -> Stream.concat(found.ipv4().stream(), found.ipv6().stream()).findFirst())
            .map(InterfaceConfig.Address::address).orElse(null);
    }
}
