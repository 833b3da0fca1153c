package org.qfpsim.controlplane.qfp.ipsec;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Policies by interface: {@code feature ipsec spd|interface} and the forwarding manager's maps. Their layouts are not confirmed. */
final class PolicyTables {
    private static final String SPD = "%-8s%-32s%10s%10s%n";
    private static final String LABEL = "%19s: %s%n";

    private final QfpIpsecState state;

    PolicyTables(final QfpIpsecState state) {
        this.state = state;
    }

    /** The flows of each interface that has any, by the interfaces' numbers. */
    private Map<InterfaceSpec, List<Flow>> policies() {
        final Map<InterfaceSpec, List<Flow>> found = new LinkedHashMap<>();
        for (final Flow flow : state.flows()) {
            final @Nullable InterfaceSpec on = state.interfaceNamed(flow.spec().interfaceName());
            if (on != null) {
                found.computeIfAbsent(on, key -> new ArrayList<>()).add(flow);
            }
        }
        return found;
    }

    private static int sas(final Collection<Flow> flows) {
        return flows.stream().flatMap(flow -> flow.pairs().stream()).mapToInt(pair -> QfpSa.of(pair).size()).sum();
    }

    String all(final String title) {
        final StringBuilder text = new StringBuilder(title).append("\n\n")
            .append(String.format(Locale.ROOT, SPD, "SPD id", "Interface", "SPs", "SAs")).append("-".repeat(60)).append('\n');
        policies().forEach((on, flows) -> text.append(
            String.format(Locale.ROOT, SPD, on.index() + 1, on.name(), flows.size(), sas(flows))));
        return text.toString();
    }

    /** One policy; null if there is none of this number. */
    @Nullable String spd(final long id, final boolean entries) {
        for (final Map.Entry<InterfaceSpec, List<Flow>> each : policies().entrySet()) {
            if (each.getKey().index() + 1 == id) {
                final StringBuilder text = new StringBuilder("QFP ipsec spd Information\n\n");
                line(text, "QFP spd id", id);
                line(text, "first intf name", each.getKey().name());
                line(text, "number of SPs", each.getValue().size());
                line(text, "number of SAs", sas(each.getValue()));
                if (entries) {
                    each.getValue().forEach(flow -> entry(text.append('\n'), flow));
                }
                return text.toString();
            }
        }
        return null;
    }

    /** One entry of a policy; null if there is none of this number. */
    @Nullable String sp(final long id) {
        return state.flows().stream().filter(flow -> flow.id() + 1 == id).findFirst().map(flow -> {
            final StringBuilder text = new StringBuilder("QFP ipsec sp Information\n\n");
            entry(text, flow);
            return text.toString();
        }).orElse(null);
    }

    private static void entry(final StringBuilder text, final Flow flow) {
        final TrafficSelector selector = flow.policy().selector();
        line(text, "QFP sp id", flow.id() + 1);
        line(text, "action", "PROTECT");
        line(text, "source", selector.source());
        line(text, "destination", selector.destination());
        line(text, "protocol", Math.max(0, selector.protocol()));
        line(text, "QFP sa ids", flow.pairs().stream().flatMap(pair -> QfpSa.of(pair).stream()).map(sa -> String.valueOf(sa.id()))
            .reduce((a, b) -> a + " " + b).orElse("none"));
    }

    /** {@code feature ipsec interface NAME}; null if there is no such interface. */
    @Nullable String interfaceText(final String name) {
        final @Nullable InterfaceSpec on = state.interfaceNamed(name);
        if (on == null) {
            return null;
        }
        final List<Flow> flows = policies().getOrDefault(on, List.of());
        final StringBuilder text = new StringBuilder("QFP ipsec intf Information\n\n");
        line(text, "intf name", on.name());
        line(text, "ipsec enabled", flows.isEmpty() ? "No" : "Yes");
        line(text, "QFP spd id", flows.isEmpty() ? 0 : on.index() + 1);
        line(text, "mtu", on.ipMtu());
        line(text, "number of SAs", sas(flows));
        return text.toString();
    }

    private static void line(final StringBuilder text, final String label, final Object value) {
        text.append(String.format(Locale.ROOT, LABEL, label, value));
    }
}
