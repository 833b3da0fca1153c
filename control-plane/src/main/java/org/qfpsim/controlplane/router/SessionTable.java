package org.qfpsim.controlplane.router;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.IkeService.IkeSaInfo;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.IpsecManager;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.TrafficSelector;

/** {@code show crypto session}: one block for each interface and peer. */
final class SessionTable {
    private final IpsecManager manager;
    private final List<IkeService> services;

    private record Session(String interfaceName, IpAddress local, @Nullable IpAddress peer) {
    }

    SessionTable(final IpsecManager manager, final List<IkeService> services) {
        this.manager = manager;
        this.services = services;
    }

    String text() {
        final Map<Session, List<Flow>> sessions = new LinkedHashMap<>();
        for (final Flow flow : manager.flows()) {
            sessions.computeIfAbsent(new Session(flow.spec().interfaceName(), flow.policy().local(), flow.policy().peer()),
                ignored -> new ArrayList<>()).add(flow);
        }
        final StringBuilder text = new StringBuilder("Crypto session current status\n\n");
        sessions.forEach((session, flows) -> block(text, session, flows));
        return text.toString();
    }

    private void block(final StringBuilder text, final Session session, final List<Flow> flows) {
        final Map<IkeSaInfo, Integer> ike = new LinkedHashMap<>();
        for (final IkeService service : services) {
            service.ikeSas().stream().filter(sa -> sa.path().local().equals(session.local())
                && Objects.equals(sa.path().remote(), session.peer())).forEach(sa -> ike.put(sa, service.version()));
        }
        final int port = ike.keySet().stream().mapToInt(sa -> sa.path().remotePort()).findFirst().orElse(IkePath.IKE_PORT);
        text.append("Interface: ").append(session.interfaceName()).append("\nSession status: ").append(status(flows, ike.keySet()))
            .append("     \nPeer: ").append(session.peer()).append(" port ").append(port).append(" \n");
        ike.forEach((sa, version) -> text.append("  Session ID: 0  \n  IKEv").append(version).append(" SA: local ")
            .append(sa.path().local()).append('/').append(sa.path().localPort()).append(" remote ").append(sa.path().remote()).append('/')
            .append(sa.path().remotePort()).append(ready(sa) ? " Active \n" : " Inactive \n"));
        for (final Flow flow : flows) {
            text.append("  IPSEC FLOW: permit ").append(selector(flow.policy().selector())).append(" \n        Active SAs: ")
                .append(2 * flow.pairs().stream().filter(pair -> !pair.is(SaPair.State.EXPIRED)).count()).append(", origin: ")
                .append(flow.spec().attachment().origin()).append('\n');
        }
        text.append('\n');
    }

    private static String status(final List<Flow> flows, final Iterable<IkeSaInfo> ike) {
        boolean any = false;
        boolean usable = false;
        for (final IkeSaInfo sa : ike) {
            any = true;
            usable |= ready(sa);
        }
        final boolean up = flows.stream().anyMatch(flow -> flow.active() != null);
        if (up) {
            return usable ? "UP-ACTIVE" : "UP-NO-IKE";
        }
        return usable ? "UP-IDLE" : any ? "DOWN-NEGOTIATING" : "DOWN";
    }

    private static boolean ready(final IkeSaInfo sa) {
        return sa.state().equals("QM_IDLE") || sa.state().equals("READY");
    }

    private static String selector(final TrafficSelector selector) {
        final String protocol = selector.protocol() < 0 ? "ip" : String.valueOf(selector.protocol());
        return String.format(Locale.ROOT, "%s %s %s", protocol, side(selector.source()), side(selector.destination()));
    }

    private static String side(final IpPrefix prefix) {
        final IpAddress address = prefix.address();
        return prefix.length() == address.bits() ? "host " + address
            : address.v6() ? prefix.toString() : address + "/" + new IpAddress(false, 0, prefix.maskLow());
    }
}
