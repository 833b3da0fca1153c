package org.qfpsim.controlplane.router;

import java.util.List;
import java.util.Locale;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.IkeService.IkeSaInfo;
import org.qfpsim.controlplane.time.Timers;

/** {@code show crypto isakmp sa} and {@code show crypto ikev2 sa}. */
final class IkeSaTable {
    private static final String HEADER = "dst             src             state          conn-id status\n";
    private static final String IKEV2_ROW = "%-9s %-21s %-21s %-20s %-7s\n";
    private static final long SECOND = 1_000_000_000L;

    private final Timers timers;
    private final List<IkeService> services;

    IkeSaTable(final Timers timers, final List<IkeService> services) {
        this.timers = timers;
        this.services = services;
    }

    private List<IkeSaInfo> sas(final int version) {
        return services.stream().filter(service -> service.version() == version).flatMap(service -> service.ikeSas().stream()).toList();
    }

    String isakmp() {
        final StringBuilder text = new StringBuilder("IPv4 Crypto ISAKMP SA\n").append(HEADER);
        for (final IkeSaInfo sa : sas(1)) {
            final IkePath path = sa.path();
            if (!path.local().v6()) {
                // dst is the responder.
                final boolean deleted = sa.state().endsWith("DELETE") || sa.state().equals("MM_NO_STATE") && !sa.cipher().isEmpty();
                text.append(String.format(Locale.ROOT, "%-15s %-15s %-17s%5d %s\n", sa.initiator() ? path.remote() : path.local(),
                    sa.initiator() ? path.local() : path.remote(), sa.state(), sa.id(), deleted ? "ACTIVE (deleted)" : "ACTIVE"));
            }
        }
        text.append("\nIPv6 Crypto ISAKMP SA\n");
        for (final IkeSaInfo sa : sas(1)) {
            final IkePath path = sa.path();
            if (path.local().v6()) {
                text.append("\n dst: ").append(sa.initiator() ? path.remote() : path.local()).append("\n src: ")
                    .append(sa.initiator() ? path.local() : path.remote()).append("\n state: ").append(sa.state())
                    .append("  conn-id: ").append(sa.id()).append("  status: ACTIVE\n");
            }
        }
        return text.append('\n').toString();
    }

    String ikev2(final boolean detail) {
        final StringBuilder text = new StringBuilder();
        block(text, "IPv4", false, detail);
        block(text, "IPv6", true, detail);
        return text.toString();
    }

    private void block(final StringBuilder text, final String family, final boolean v6, final boolean detail) {
        final List<IkeSaInfo> sas = sas(2).stream().filter(sa -> sa.path().local().v6() == v6).toList();
        if (sas.isEmpty()) {
            return;
        }
        text.append(' ').append(family).append(" Crypto IKEv2  SA\n\n");
        for (final IkeSaInfo sa : sas) {
            final IkePath path = sa.path();
            text.append(String.format(Locale.ROOT, IKEV2_ROW, "Tunnel-id", "Local", "Remote", "fvrf/ivrf", "Status"))
                .append(String.format(Locale.ROOT, IKEV2_ROW, sa.id(), path.local() + "/" + path.localPort(),
                    path.remote() + "/" + path.remotePort(), "none/none", sa.state()))
                .append(algorithms(sa))
                .append("      Life/Active Time: ").append(sa.seconds()).append('/').append((timers.nanos() - sa.createdNanos()) / SECOND)
                .append(" sec\n");
            if (detail) {
                text.append(detail(sa));
            }
            text.append('\n');
        }
    }

    private static String algorithms(final IkeSaInfo sa) {
        final String cipher = sa.cipher();
        final int dash = cipher.lastIndexOf('-');
        final String hash = sa.hash().toUpperCase(Locale.ROOT);
        return dash < 0 ? "" : "      Encr: " + cipher.substring(0, dash).toUpperCase(Locale.ROOT) + ", keysize: "
            + cipher.substring(dash + 1) + ", PRF: " + hash + ", Hash: " + (cipher.startsWith("aes-gcm") ? "None" : hash) + ", DH Grp:"
            + sa.group() + ", Auth sign: PSK, Auth verify: PSK\n";
    }

    private static String detail(final IkeSaInfo sa) {
        final long first = sa.spis().getFirst();
        final long second = sa.spis().getLast();
        return String.format(Locale.ROOT, "      Local spi: %016X       Remote spi: %016X\n", sa.initiator() ? first : second,
            sa.initiator() ? second : first)
            + "      Remote id: " + (sa.identity() == null ? "" : sa.identity().text()) + "\n"
            + "      NAT-T is " + (sa.nat() ? "" : "not ") + "detected\n"
            + "      Initiator of SA : " + (sa.initiator() ? "Yes" : "No") + "\n";
    }
}
