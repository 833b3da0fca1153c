package org.qfpsim.controlplane.router;

import java.util.List;
import org.qfpsim.controlplane.config.model.EzvpnClient;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ipsec.Attachment;
import org.qfpsim.controlplane.ipsec.FlowSpec;
import org.qfpsim.controlplane.ipsec.PeerList;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * The flows of an EzVPN client on its outside interface: from each network behind an inside interface to everywhere. In
 * {@code mode network-plus} one of those networks is the address that the server has handed out ({@link EzvpnAddresses}). The client has
 * no transform set of its own; what it offers is from memory of the platform.
 */
final class EzvpnFlows {
    private static final List<EspSuite> OFFERED = List.of(EspSuite.AES_CBC_256_SHA1_96, EspSuite.AES_CBC_128_SHA1_96);
    private static final int WINDOW = 64;

    private final ConfigFlows all;
    private final RouterConfig config;
    private final InterfaceConfig on;

    EzvpnFlows(final ConfigFlows all, final RouterConfig config, final InterfaceConfig on) {
        this.all = all;
        this.config = config;
        this.on = on;
    }

    void addTo(final List<FlowSpec> flows) {
        final IpAddress local = ConfigFlows.address(config, on.name());
        for (final InterfaceConfig.EzvpnAttachment attached : on.ezvpn()) {
            for (final EzvpnClient client : config.crypto().ezvpn()) {
                if (!attached.inside() && local != null && client.name().equals(attached.client()) && !client.peers().isEmpty()
                    && client.mode() != null) {
                    add(flows, client, local);
                }
            }
        }
    }

    private void add(final List<FlowSpec> flows, final EzvpnClient client, final IpAddress local) {
        final ConfigFlows.Place place = new ConfigFlows.Place(client.name(), Attachment.EZVPN_CLIENT, on.name(), local,
            client.peers().getFirst());
        for (final IpPrefix network : networks(client)) {
            final TrafficSelector selector = TrafficSelector.between(network, IpPrefix.any(local.v6()));
            final ChildPolicy policy = new ChildPolicy(all.number(List.of(place, selector)), client.name(), local, place.peer(), selector,
                SaSpec.Mode.TUNNEL, OFFERED, false, 0, config.crypto().ipsec().seconds(), config.crypto().ipsec().kilobytes(), WINDOW, 1);
            flows.add(new FlowSpec(policy, place.attachment(), place.interfaceName(), null, new PeerList(client.peers(), false)));
        }
    }

    private List<IpPrefix> networks(final EzvpnClient client) {
        return config.interfaces().stream()
            .filter(each -> each.ezvpn().stream().anyMatch(attached -> attached.inside() && attached.client().equals(client.name())))
            .flatMap(each -> each.ipv4().stream()).map(InterfaceConfig.Address::network).toList();
    }
}
