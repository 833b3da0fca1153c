package org.qfpsim.controlplane.cryptoshow;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeSaDetail;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.IkeService.IkeSaInfo;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** {@code show crypto ikev2 sa} and {@code show crypto ikev2 session}. Nothing is printed of a family without SAs (seen). */
final class Ikev2SaTable {
    private static final String ROW = "%-9s %-21s %-21s %-20s %-7s\n";
    private static final String HEAD = String.format(Locale.ROOT, ROW, "Tunnel-id", "Local", "Remote", "fvrf/ivrf", "Status");

    private final ControlPlane plane;

    Ikev2SaTable(final ControlPlane plane) {
        this.plane = plane;
    }

    private IkeService service() {
        return plane.ike().stream().filter(each -> each.version() == 2).findFirst()
            .orElseThrow(() -> new IllegalStateException("there is no IKEv2"));
    }

    private List<IkeSaInfo> sas(final boolean v6, final Predicate<IkePath> which) {
        return plane.ike().stream().filter(service -> service.version() == 2).flatMap(service -> service.ikeSas().stream())
            .filter(sa -> sa.path().local().v6() == v6 && which.test(sa.path())).toList();
    }

    void sas(final Output out, final Predicate<IkePath> which, final boolean detail) {
        for (final boolean v6 : new boolean[] {false, true}) {
            final List<IkeSaInfo> sas = sas(v6, which);
            if (!sas.isEmpty()) {
                out.print(v6 ? " IPv6 Crypto IKEv2  SA \n\n" : " IPv4 Crypto IKEv2  SA \n\n");
            }
            sas.forEach(sa -> out.print(sa(sa, detail) + "\n"));
        }
    }

    private String sa(final IkeSaInfo sa, final boolean detail) {
        final IkePath path = sa.path();
        return HEAD + String.format(Locale.ROOT, ROW, sa.id(), path.local() + "/" + path.localPort(), path.remote() + "/"
            + path.remotePort(), "none/none", sa.state()) + algorithms(sa) + "      Life/Active Time: " + sa.seconds() + "/"
            + (plane.nanos() - sa.createdNanos()) / Format.SECOND + " sec\n" + (detail ? detail(sa, service().detail(sa)) : "");
    }

    private static String algorithms(final IkeSaInfo sa) {
        final String cipher = sa.cipher();
        final int dash = cipher.lastIndexOf('-');
        return dash < 0 ? "" : "      Encr: " + cipher.substring(0, dash).toUpperCase(Locale.ROOT) + ", keysize: "
            + cipher.substring(dash + 1) + ", PRF: " + sa.hash().toUpperCase(Locale.ROOT) + ", Hash: "
            + (cipher.startsWith("aes-gcm") ? "None" : Format.integrity(sa.hash())) + ", DH Grp:" + sa.group()
            + ", Auth sign: PSK, Auth verify: PSK\n";
    }

    private String detail(final IkeSaInfo sa, final IkeSaDetail more) {
        final long first = sa.spis().getFirst();
        final long second = sa.spis().getLast();
        final IkePath path = sa.path();
        final IkeConfig.Dpd dpd = plane.ikeConfig().dpd(2, path.remote());
        return "      CE id: 0, Session-id: " + more.session() + "\n      Status Description: "
            + (sa.state().equals("READY") ? "Negotiation done" : sa.state().equals("IN-NEG") ? "Initiating" : "Deleting") + "\n"
            + String.format(Locale.ROOT, "      Local spi: %016X       Remote spi: %016X\n", sa.initiator() ? first : second,
                sa.initiator() ? second : first)
            + "      Local id: " + plane.ikeConfig().identity(2, path.local(), path.remote()).text()
            + "\n      Remote id: " + (sa.identity() == null ? "" : sa.identity().text()) + "\n"
            + pair("req msg id:", more.nextRequest(), more.nextExpected()) + pair("next msg id:", more.nextRequest(), more.nextExpected())
            + pair("req queued:", more.nextRequest(), more.nextExpected()) + pair("window:", 1, 1)
            + "      DPD configured for " + dpd.seconds() + " seconds, retry " + (dpd.seconds() == 0 ? 0 : dpd.retry())
            + "\n      Fragmentation " + (more.fragmentation() ? "" : "not ") + " configured.\n"
            + "      Dynamic Route Update: disabled\n      Extended Authentication not configured.\n      NAT-T is "
            + (!sa.nat() ? "not detected  " : more.natLocal() ? "detected  inside" : "detected  outside")
            + "\n      Cisco Trust Security SGT is disabled\n      Initiator of SA : " + (sa.initiator() ? "Yes" : "No") + "\n";
    }

    private static String pair(final String label, final int local, final int remote) {
        return String.format(Locale.ROOT, "      Local %-12s %-13s  Remote %-12s %-10s\n", label, local, label, remote);
    }

    void sessions(final Output out, final boolean detail) {
        final Map<Integer, SaPair> pairs = new HashMap<>();
        plane.ipsec().pairs().forEach(pair -> pairs.put(pair.inboundSpi(), pair));
        for (final boolean v6 : new boolean[] {false, true}) {
            final String head = v6 ? " IPv6 Crypto IKEv2 Session \n\n" : " IPv4 Crypto IKEv2 Session \n\n";
            final List<IkeSaInfo> sas = sas(v6, path -> true);
            if (!sas.isEmpty()) {
                out.print(head);
            }
            sas.forEach(sa -> session(out, sa, pairs, detail));
        }
    }

    private void session(final Output out, final IkeSaInfo sa, final Map<Integer, SaPair> pairs, final boolean detail) {
        final IkeSaDetail more = service().detail(sa);
        out.print("Session-id:" + more.session() + ", Status:" + (sa.state().equals("READY") ? "UP-ACTIVE" : "UP-IDLE")
            + ", IKE count:1, CHILD count:" + more.children().size() + "\n\n" + sa(sa, detail));
        for (final int spi : more.children()) {
            final SaPair pair = pairs.get(spi);
            if (pair != null) {
                out.print(child(pair, detail));
            }
        }
        out.print("\n");
    }

    private static String child(final SaPair pair, final boolean detail) {
        final TrafficSelector selector = pair.child().selector();
        return "Child sa: local selector  " + range(selector.source(), selector.sourcePortLow(), selector.sourcePortHigh())
            + "\n          remote selector " + range(selector.destination(), selector.destinationPortLow(), selector.destinationPortHigh())
            + "\n          ESP spi in/out: " + Format.hex(pair.inboundSpi()) + "/" + Format.hex(pair.outboundSpi()) + "  \n"
            + (detail ? algorithms(pair) : "");
    }

    private static String algorithms(final SaPair pair) {
        final EspSuite suite = pair.child().suite();
        final String auth = suite.auth() == EspSuite.Auth.NONE ? "None"
            : Format.integrity(suite.auth().id().substring("hmac-".length(), suite.auth().id().lastIndexOf('-')));
        return "          AH spi in/out: 0x0/0x0  \n          CPI in/out: 0x0/0x0  \n          Encr: "
            + suite.cipher().id().toUpperCase(Locale.ROOT) + ", keysize: " + suite.keyBytes() * Byte.SIZE + ", esp_hmac: " + auth
            + "\n          ah_hmac: None, comp: IPCOMP_NONE, mode " + (pair.child().mode() == SaSpec.Mode.TUNNEL ? "tunnel" : "transport")
            + "\n";
    }

    private static String range(final IpPrefix prefix, final int low, final int high) {
        final IpAddress address = prefix.address();
        final IpAddress last = address.v6()
            ? new IpAddress(true, address.high() | ~prefix.maskHigh(), address.low() | ~prefix.maskLow())
            : IpAddress.v4((int) (address.low() | ~prefix.maskLow()));
        return address + "/" + low + " - " + last + "/" + high;
    }
}
