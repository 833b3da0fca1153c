package org.qfpsim.controlplane.cryptoshow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * {@code show crypto ipsec sa}: prints flow by flow and SA by SA; what is printed is never in memory as a whole. SAs are read when their
 * turn comes.
 */
final class IpsecSaTable {
    private final ControlPlane plane;
    private final Baselines baselines;
    private final IpsecSaText text;

    /** How much is printed of a flow. */
    enum Style {
        /** Everything, errors in one line. */
        NORMAL,
        /** Everything, errors by reason. */
        DETAIL,
        /** No SAs. */
        IDENTITY
    }

    IpsecSaTable(final ControlPlane plane, final Baselines baselines) {
        this.plane = plane;
        this.baselines = baselines;
        text = new IpsecSaText(plane);
    }

    void print(final Output out, final Predicate<Flow> which, final Style style) {
        String last = "";
        Underlay underlay = new Underlay("", 0);
        for (final Flow flow : byInterface(plane.ipsec().flows())) {
            if (!which.test(flow)) {
                continue;
            }
            final String name = flow.spec().interfaceName();
            if (!last.equals(name)) {
                last = name;
                underlay = Underlay.of(plane.config(), name);
                out.print("\ninterface: " + name + "\n    Crypto map tag: " + IpsecSaText.tag(flow) + ", local addr "
                    + flow.policy().local() + "\n");
            }
            flow(out, flow, underlay, style);
        }
    }

    private void flow(final Output out, final Flow flow, final Underlay underlay, final Style style) {
        out.print(IpsecSaText.identity(flow));
        out.print(IpsecSaText.counters(baselines.of(flow), style == Style.DETAIL));
        if (style != Style.IDENTITY) {
            out.print(text.endpoints(flow, underlay));
            half(out, flow, true);
            half(out, flow, false);
        }
    }

    private void half(final Output out, final Flow flow, final boolean inbound) {
        out.print(IpsecSaText.head(inbound));
        for (final SaPair pair : flow.pairs()) {
            if (inbound || pair.hasOutbound()) {
                out.print(text.sa(pair, inbound));
            }
        }
        out.print(IpsecSaText.tail(inbound));
    }

    /** Flows that peers have brought come last in their order of coming; here they stand with their interface. */
    private static List<Flow> byInterface(final Collection<Flow> flows) {
        final Map<String, Integer> order = new HashMap<>();
        flows.forEach(flow -> order.putIfAbsent(flow.spec().interfaceName(), order.size()));
        final List<Flow> sorted = new ArrayList<>(flows);
        sorted.sort(Comparator.comparingInt(flow -> order.getOrDefault(flow.spec().interfaceName(), 0)));
        return sorted;
    }

    /** {@code show crypto ipsec sa address}: SAs by the address that they are for. */
    void byAddress(final Output out) {
        final List<Flow> flows = new ArrayList<>(plane.ipsec().flows());
        flows.sort(Comparator.comparing(flow -> flow.policy().local()));
        addresses(out, flows, true);
        flows.removeIf(flow -> flow.policy().peer() == null);
        flows.sort(Comparator.comparing(flow -> flow.policy().peer() == null ? flow.policy().local() : flow.policy().peer()));
        addresses(out, flows, false);
    }

    private void addresses(final Output out, final List<Flow> flows, final boolean inbound) {
        @Nullable IpAddress last = null;
        for (final Flow flow : flows) {
            for (final SaPair pair : flow.pairs()) {
                if (!inbound && !pair.hasOutbound()) {
                    continue;
                }
                final IpAddress address = inbound ? pair.path().local() : pair.path().remote();
                if (!address.equals(last)) {
                    last = address;
                    out.print("\nfvrf/address: (none)/" + address + "\n   protocol: ESP\n");
                }
                out.print(text.sa(pair, inbound));
            }
        }
    }

    /** {@code show crypto ipsec sa count}: an SA that waits for its other half is unused. */
    String count() {
        long total = 0;
        long rekeying = 0;
        long unused = 0;
        long invalid = 0;
        for (final SaPair pair : plane.ipsec().pairs()) {
            final int sas = pair.hasOutbound() ? 2 : 1;
            total += sas;
            if (pair.is(SaPair.State.EXPIRED)) {
                invalid += sas;
            } else if (!pair.hasOutbound()) {
                unused += sas;
            } else if (pair.rekeying()) {
                rekeying += sas;
            }
        }
        return "IPsec SA total: " + total + ", active: " + (total - invalid - unused) + ", rekeying: " + rekeying + ", unused: " + unused
            + ", invalid: " + invalid + "\n";
    }
}
