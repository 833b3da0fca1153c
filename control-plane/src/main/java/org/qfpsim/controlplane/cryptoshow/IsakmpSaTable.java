package org.qfpsim.controlplane.cryptoshow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.IkeService.IkeSaInfo;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code show crypto isakmp sa [detail|count|active]} and {@code show crypto isakmp peers}. */
final class IsakmpSaTable {
    private static final String HEADER = "dst             src             state          conn-id status\n";
    private static final String LEGEND = """
        Codes: C - IKE configuration mode, D - Dead Peer Detection
               K - Keepalives, N - NAT-traversal
               T - cTCP encapsulation, X - IKE Extended Authentication
               psk - Preshared key, rsig - RSA signature
               renc - RSA encryption
        """;
    private static final int FIRST_CONNECTION = 1000;

    private final ControlPlane plane;

    /** An SA and whether it is gone already. */
    private record Row(IkeSaInfo sa, boolean deleted) {
        private static final Comparator<Row> ORDER = Comparator.comparingInt(row -> row.sa().id());

        String status() {
            return deleted ? "ACTIVE (deleted)" : "ACTIVE";
        }
    }

    IsakmpSaTable(final ControlPlane plane) {
        this.plane = plane;
    }

    private List<Row> rows(final boolean v6, final boolean goneToo) {
        final List<Row> rows = new ArrayList<>();
        for (final IkeService service : plane.ike()) {
            if (service.version() == 1) {
                service.ikeSas().forEach(sa -> rows.add(new Row(sa, false)));
                if (goneToo) {
                    service.departed().forEach(sa -> rows.add(new Row(sa, true)));
                }
            }
        }
        rows.removeIf(row -> row.sa().path().local().v6() != v6);
        rows.sort(Row.ORDER);
        return rows;
    }

    /** With {@code active}: only those that are up. */
    void print(final Output out, final boolean activeOnly) {
        out.print("IPv4 Crypto ISAKMP SA\n" + HEADER);
        for (final Row row : rows(false, !activeOnly)) {
            if (!activeOnly || up(row.sa())) {
                // dst is the responder.
                out.print(String.format(Locale.ROOT, "%-15s %-15s %-17s%5d %s\n", responder(row.sa()), initiator(row.sa()),
                    row.sa().state(), row.sa().id(), row.status()));
            }
        }
        out.print("\nIPv6 Crypto ISAKMP SA\n");
        for (final Row row : rows(true, !activeOnly)) {
            if (!activeOnly || up(row.sa())) {
                out.print("\n dst: " + responder(row.sa()) + "\n src: " + initiator(row.sa()) + "\n state: " + row.sa().state()
                    + "  conn-id: " + row.sa().id() + "  status: " + row.status() + "\n");
            }
        }
        out.print("\n");
    }

    private static boolean up(final IkeSaInfo sa) {
        return sa.state().equals("QM_IDLE");
    }

    private static IpAddress responder(final IkeSaInfo sa) {
        return sa.initiator() ? sa.path().remote() : sa.path().local();
    }

    private static IpAddress initiator(final IkeSaInfo sa) {
        return sa.initiator() ? sa.path().local() : sa.path().remote();
    }

    void detail(final Output out) {
        out.print(LEGEND);
        out.print("IPv4 Crypto ISAKMP SA\n\nC-id  Local           Remote          I-VRF  Status Encr Hash   Auth DH Lifetime Cap.\n\n");
        rows(false, true).forEach(row -> out.print(detail(row)));
        out.print("IPv6 Crypto ISAKMP SA\n\n");
        rows(true, true).forEach(row -> out.print(detail(row)));
    }

    private String detail(final Row row) {
        final IkeSaInfo sa = row.sa();
        final IkePath path = sa.path();
        final long left = row.deleted() || sa.cipher().isEmpty() ? 0
            : Math.max(0, sa.seconds() - (plane.nanos() - sa.createdNanos()) / Format.SECOND);
        final boolean agreed = !sa.cipher().isEmpty();
        return String.format(Locale.ROOT, "%-5d %-15s %-15s %-6s %-6s %-4s %-6s %-4s %-2s %-8s %-3s\n", sa.id(), path.local(),
            path.remote(), "", up(sa) || row.deleted() ? "ACTIVE" : "", agreed ? "aes" : "", agreed ? hash(sa.hash()) : "",
            agreed ? "psk" : "", agreed ? String.valueOf(sa.group()) : "", left == 0 ? "0" : Format.clock(left), capabilities(sa))
            + "       Engine-id:Conn-id =  " + (sa.id() == 0 ? "???" : "SW:" + (sa.id() - FIRST_CONNECTION))
            + (row.deleted() ? " (deleted)" : "") + "\n\n";
    }

    private static String hash(final String name) {
        return name.equals("sha1") ? "sha" : name;
    }

    private String capabilities(final IkeSaInfo sa) {
        final IkeConfig.Ezvpn ezvpn = plane.ikeConfig().ezvpn(sa.path().remote(), sa.identity());
        return (plane.ikeConfig().dpd(1, sa.path().remote()).seconds() > 0 ? "D" : "") + (sa.nat() ? "N" : "") + (ezvpn == null ? "" : "X");
    }

    String count() {
        final List<Row> live = new ArrayList<>(rows(false, false));
        live.addAll(rows(true, false));
        final long active = live.stream().filter(row -> up(row.sa())).count();
        final int dead = rows(false, true).size() + rows(true, true).size() - live.size();
        return "Active ISAKMP SA's: " + active + "\nStandby ISAKMP SA's: 0\nCurrently being negotiated ISAKMP SA's: "
            + (live.size() - active) + "\nDead ISAKMP SA's: " + dead + "\n";
    }

    void peers(final Output out) {
        final List<Row> all = new ArrayList<>(rows(false, false));
        all.addAll(rows(true, false));
        all.stream().map(Row::sa).map(sa -> "Peer: " + sa.path().remote() + " Port: " + sa.path().remotePort() + " Local: "
            + sa.path().local() + "\n" + (sa.identity() == null ? "" : " Phase1 id: " + sa.identity().text() + "\n"))
            .distinct().forEach(out::print);
    }
}
