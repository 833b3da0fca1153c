package org.qfpsim.controlplane.cryptoshow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.IkeService.IkeSaInfo;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code show crypto session [detail|brief|summary]}: one block for each interface and peer. */
final class SessionTable {
    private static final String LEGEND = """
        Code: C - IKE Configuration mode, D - Dead Peer Detection    \s
        K - Keepalives, N - NAT-traversal, T - cTCP encapsulation    \s
        X - IKE Extended Authentication, F - IKE Fragmentation
        R - IKE Auto Reconnect, U - IKE Dynamic Route Update
        S - SIP VPN

        """;

    private final ControlPlane plane;
    private final SessionText text;

    /**
     * Whose block it is.
     *
     * @param interfaceName where it is protected.
     * @param local         our address.
     * @param peer          the peer's.
     */
    record Key(String interfaceName, IpAddress local, @Nullable IpAddress peer) {
    }

    /** Both addresses of IKE. */
    private record Ends(IpAddress local, @Nullable IpAddress peer) {
    }

    /**
     * A block.
     *
     * @param key   whose.
     * @param flows its flows; at least one.
     * @param ike   its IKE SAs.
     */
    record Session(Key key, List<Flow> flows, List<Ike> ike) {
        boolean usable() {
            return ike.stream().anyMatch(Ike::up);
        }

        String status() {
            if (flows.stream().anyMatch(flow -> flow.active() != null)) {
                return usable() ? "UP-ACTIVE" : "UP-NO-IKE";
            }
            return usable() ? "UP-IDLE" : ike.isEmpty() ? "DOWN" : "DOWN-NEGOTIATING";
        }

        /** When the oldest thing that is up came up; {@link Long#MAX_VALUE} if nothing is. */
        long since() {
            long since = Long.MAX_VALUE;
            for (final Ike each : ike) {
                since = each.up() ? Math.min(since, each.sa().createdNanos()) : since;
            }
            for (final Flow flow : flows) {
                for (final SaPair pair : flow.pairs()) {
                    since = Math.min(since, pair.createdNanos());
                }
            }
            return since;
        }
    }

    /** An IKE SA and what the version says of it. */
    record Ike(int version, IkeSaInfo sa, int session) {
        boolean up() {
            return sa.state().equals("QM_IDLE") || sa.state().equals("READY");
        }
    }

    SessionTable(final ControlPlane plane, final Baselines baselines) {
        this.plane = plane;
        text = new SessionText(plane, baselines);
    }

    private void each(final Predicate<Key> which, final BiConsumer<Key, Session> action) {
        final Map<Key, List<Flow>> sessions = new LinkedHashMap<>();
        for (final Flow flow : plane.ipsec().flows()) {
            final Key key = new Key(flow.spec().interfaceName(), flow.policy().local(), flow.policy().peer());
            if (which.test(key)) {
                sessions.computeIfAbsent(key, ignored -> new ArrayList<>()).add(flow);
            }
        }
        final Map<Ends, List<Ike>> ike = new HashMap<>();
        for (final IkeService service : plane.ike()) {
            for (final IkeSaInfo sa : service.ikeSas()) {
                ike.computeIfAbsent(new Ends(sa.path().local(), sa.path().remote()), ignored -> new ArrayList<>())
                    .add(new Ike(service.version(), sa, service.version() == 2 ? service.detail(sa).session() : 0));
            }
        }
        sessions.forEach((key, flows) -> action.accept(key, new Session(key, flows,
            ike.getOrDefault(new Ends(key.local(), key.peer()), List.of()))));
    }

    void print(final Output out, final Predicate<Key> which, final boolean detail) {
        out.print("Crypto session current status\n\n");
        if (detail) {
            out.print(LEGEND);
        }
        each(which, (key, session) -> text.print(out, session, detail));
    }

    void brief(final Output out, final Predicate<Key> which) {
        out.print("Status: A- Active, U - Up, D - Down, I - Idle, S - Standby, N - Negotiating \n        K - No IKE\nivrf = (none)\n"
            + "Peer            I/F          Username        Group/Phase1_id          Uptime   Status\n");
        each(which, (key, session) -> out.print(brief(key, session)));
    }

    private String brief(final Key key, final Session session) {
        final long since = session.since();
        final String uptime = since == Long.MAX_VALUE ? "" : Format.clock((plane.nanos() - since) / Format.SECOND);
        return String.format(Locale.ROOT, "%-15s %-12s %-15s %-24s %-8s %s\n", Objects.toString(key.peer(), ""),
            Format.shortName(key.interfaceName()), "", SessionText.phase1(session).orElse(""), uptime, letters(session.status()));
    }

    private static String letters(final String status) {
        return switch (status) {
            case "UP-ACTIVE" -> "UA";
            case "UP-IDLE" -> "UI";
            case "UP-NO-IKE" -> "UK";
            case "DOWN-NEGOTIATING" -> "DN";
            default -> "D";
        };
    }

    /** How many sessions there are of each status; the layout is ours. */
    String summary() {
        final Map<String, Integer> counts = new TreeMap<>();
        each(key -> true, (key, session) -> counts.merge(session.status(), 1, Integer::sum));
        final StringBuilder all = new StringBuilder("Crypto session summary\n\n");
        for (final String status : List.of("UP-ACTIVE", "UP-IDLE", "UP-NO-IKE", "DOWN-NEGOTIATING", "DOWN")) {
            all.append(String.format(Locale.ROOT, "%-16s: %d\n", status, counts.getOrDefault(status, 0)));
        }
        return all.toString();
    }

    /** The port of the first IKE SA. */
    static int port(final Session session) {
        return session.ike().stream().mapToInt(each -> each.sa().path().remotePort()).findFirst().orElse(IkePath.IKE_PORT);
    }
}
