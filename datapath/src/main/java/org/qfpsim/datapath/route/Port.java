package org.qfpsim.datapath.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.PolicyTable;

/**
 * An interface as packets look at it: {@link InterfaceSpec} with everything taken apart, and its crypto map compiled. Immutable but for its
 * counters.
 */
final class Port {
    final int index;
    final InterfaceKind kind;
    final boolean up;
    final boolean v4;
    final boolean v6;
    final long mac;
    final int ipMtu;
    /** The outside; an Ethernet interface has none. */
    final @Nullable TunnelSpec tunnel;
    /** Selectors as packets leave, or null if there is no crypto map. */
    final @Nullable PolicyTable outbound;
    /** The same the other way round. */
    final @Nullable PolicyTable inbound;
    final PortCounters counters;
    private final int[] flows;
    /** First and last address of each network of IPv4 that has more than two. */
    private final long[] broadcasts;

    Port(final InterfaceSpec spec, final List<CryptoMapRule> rules, final PortCounters counters) {
        this.counters = counters;
        index = spec.index();
        kind = spec.kind();
        up = spec.up();
        v4 = spec.speaks(false);
        v6 = spec.speaks(true);
        mac = spec.mac() == null ? 0 : spec.mac().bits();
        ipMtu = spec.ipMtu();
        tunnel = spec.tunnel();
        final List<PolicyRule> out = new ArrayList<>();
        final List<PolicyRule> in = new ArrayList<>();
        for (final CryptoMapRule rule : rules) {
            final PolicyRule.Action action = rule.action() == CryptoMapRule.Action.PROTECT ? PolicyRule.Action.PROTECT
                : PolicyRule.Action.BYPASS;
            out.add(new PolicyRule(spec.name(), PolicyRule.Direction.OUTBOUND, rule.selector(), action, null));
            in.add(new PolicyRule(spec.name(), PolicyRule.Direction.INBOUND, RouteBuilder.reversed(rule.selector()), action, null));
        }
        outbound = out.isEmpty() ? null : new PolicyTable(out);
        inbound = in.isEmpty() ? null : new PolicyTable(in);
        flows = rules.stream().mapToInt(CryptoMapRule::flow).toArray();
        broadcasts = RouteBuilder.broadcasts(spec);
    }

    /** The flow of a rule, or {@link RoutedConfig#NO_FLOW} if it lets packets pass. */
    int flow(final PolicyTable table, final int rule) {
        return table.rule(rule).action() == PolicyRule.Action.PROTECT ? flows[rule] : RoutedConfig.NO_FLOW;
    }

    /** Whether an IPv4 address is for all hosts of a network here, in either form (RFC 1122 section 3.3.6). */
    boolean isBroadcast(final long address) {
        for (final long broadcast : broadcasts) {
            if (broadcast == address) {
                return true;
            }
        }
        return false;
    }

    boolean speaks(final boolean six) {
        return six ? v6 : v4;
    }
}
