package org.qfpsim.controlplane.router;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.EzvpnClient;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ipsec.Attachment;
import org.qfpsim.controlplane.ipsec.FlowSpec;
import org.qfpsim.controlplane.ipsec.IpsecManager;
import org.qfpsim.controlplane.time.Timers;

/**
 * {@code connect auto} of an EzVPN client: it connects without waiting for a packet, and again when its SAs are gone. It looks once a
 * second, which is our guess; the platform says only that it tries without end.
 */
final class EzvpnConnector {
    private static final long INTERVAL = 1_000_000_000L;

    private final Timers timers;
    private final IpsecManager manager;
    private List<ChildPolicy> policies = List.of();
    private Timers.@Nullable Timer timer;

    EzvpnConnector(final Timers timers, final IpsecManager manager) {
        this.timers = timers;
        this.manager = manager;
    }

    /** Takes another configuration; the manager has it already. */
    void configure(final RouterConfig config, final List<FlowSpec> flows) {
        policies = flows.stream().filter(flow -> flow.attachment() == Attachment.EZVPN_CLIENT).map(FlowSpec::policy)
            .filter(policy -> config.crypto().ezvpn().stream()
                .anyMatch(client -> client.name().equals(policy.name()) && client.connect() == EzvpnClient.Connect.AUTO)).toList();
        if (timer == null && !policies.isEmpty()) {
            timer = timers.after(INTERVAL, this::look);
        }
    }

    private void look() {
        policies.stream().filter(manager::needs).forEach(policy -> manager.request(policy, "connect auto"));
        timer = policies.isEmpty() ? null : timers.after(INTERVAL, this::look);
    }
}
