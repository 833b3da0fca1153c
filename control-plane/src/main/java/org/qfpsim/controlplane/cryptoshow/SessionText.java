package org.qfpsim.controlplane.cryptoshow;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.DynamicMap;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.SaSettings;
import org.qfpsim.controlplane.config.model.TunnelConfig;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService.IkeSaInfo;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.FlowTotals;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.platform.ReleaseSwitch;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.datapath.sa.TrafficSelector;

/** One block of {@code show crypto session}. */
final class SessionText {
    private final ControlPlane plane;
    private final Baselines baselines;

    SessionText(final ControlPlane plane, final Baselines baselines) {
        this.plane = plane;
        this.baselines = baselines;
    }

    void print(final Output out, final SessionTable.Session session, final boolean detail) {
        out.print(head(session, detail));
        session.ike().forEach(ike -> out.print(ike(ike, detail)));
        session.flows().forEach(flow -> out.print(flow(flow, detail)));
        out.print("\n");
    }

    private String head(final SessionTable.Session session, final boolean detail) {
        final long since = session.since();
        final String profile = profile(plane.config(), session.flows().getFirst());
        final String id = "      Phase1_id: " + phase1(session).orElse("(none)") + "\n";
        // The order of the two depends on whether there is an IKE SA (both seen).
        final String names = session.usable() ? id + "      Desc: (none)\n" : "      Desc: (none)\n" + id;
        return "Interface: " + session.key().interfaceName() + "\n" + (profile == null ? "" : "Profile: " + profile + "\n")
            + (detail && since != Long.MAX_VALUE ? "Uptime: " + Format.clock((plane.nanos() - since) / Format.SECOND) + "\n" : "")
            + "Session status: " + session.status() + "     \nPeer: " + session.key().peer() + " port " + SessionTable.port(session)
            + (detail ? " fvrf: (none) ivrf: (none)\n" + names : " \n");
    }

    static Optional<String> phase1(final SessionTable.Session session) {
        return session.ike().stream().map(each -> each.sa().identity()).filter(Objects::nonNull).map(IkeIdentity::text).findFirst();
    }

    /** Only what the configuration names: a profile that IKE finds by itself is not. */
    private static @Nullable String profile(final RouterConfig config, final Flow flow) {
        final TunnelConfig tunnel = config.interfaceNamed(flow.spec().interfaceName()).map(InterfaceConfig::tunnel).orElse(null);
        if (tunnel != null && tunnel.protection() != null) {
            return tunnel.protection().ikev2Profile() != null ? tunnel.protection().ikev2Profile()
                : config.crypto().ipsec().profile(tunnel.protection().profile()).map(IpsecConfig.Profile::settings)
                    .map(SessionText::named).orElse(null);
        }
        return config.crypto().map(IpsecSaText.tag(flow)).stream().flatMap(map -> map.entries().stream()
            .filter(entry -> flow.name().equals(map.name() + " " + entry.sequence())).flatMap(entry -> settings(config, entry)))
            .map(SessionText::named).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static Stream<SaSettings> settings(final RouterConfig config, final CryptoMap.Entry entry) {
        return switch (entry) {
            case CryptoMap.Static fixed -> Stream.of(fixed.settings());
            case CryptoMap.Dynamic dynamic -> config.crypto().dynamicMap(dynamic.map()).stream().map(DynamicMap::entries)
                .flatMap(entries -> entries.stream().map(CryptoMap.Static::settings));
            case CryptoMap.Manual manual -> Stream.empty();
        };
    }

    private static @Nullable String named(final SaSettings settings) {
        return settings.ikev2Profile() != null ? settings.ikev2Profile() : settings.isakmpProfile();
    }

    private String ike(final SessionTable.Ike ike, final boolean detail) {
        final IkePath path = ike.sa().path();
        return "  Session ID: " + ike.session() + "  \n  IKEv" + ike.version() + " SA: local " + path.local() + "/" + path.localPort()
            + " remote " + path.remote() + "/" + path.remotePort() + (ike.up() ? " Active \n" : " Inactive \n")
            + (detail ? "          Capabilities:" + capabilities(ike) + " connid:" + ike.sa().id() + " lifetime:"
                + (ike.up() ? left(ike.sa()) : "0") + "\n" : "");
    }

    private String left(final IkeSaInfo sa) {
        return Format.clock(Math.max(0, sa.seconds() - (plane.nanos() - sa.createdNanos()) / Format.SECOND));
    }

    private String capabilities(final SessionTable.Ike ike) {
        final boolean dpd = plane.ikeConfig().dpd(ike.version(), ike.sa().path().remote()).seconds() > 0;
        final String codes = (dpd ? "D" : "") + (ike.sa().nat() ? "N" : "")
            + (plane.ikeConfig().ezvpn(ike.sa().path().remote(), ike.sa().identity()) == null ? "" : "X");
        return codes.isEmpty() ? "(none)" : codes;
    }

    private String flow(final Flow flow, final boolean detail) {
        final TrafficSelector selector = flow.policy().selector();
        final int active = flow.pairs().stream().filter(pair -> !pair.is(SaPair.State.EXPIRED))
            .mapToInt(pair -> pair.hasOutbound() ? 2 : 1).sum();
        return "  IPSEC FLOW: permit " + (selector.protocol() < 0 ? "ip" : String.valueOf(selector.protocol())) + " "
            + Format.side(selector.source()) + " " + Format.side(selector.destination()) + " \n        Active SAs: " + active
            + ", origin: " + flow.spec().attachment().origin() + "\n" + (detail ? counters(flow) : "");
    }

    private String counters(final Flow flow) {
        final Baselines.Counted counted = baselines.of(flow);
        final FlowTotals totals = counted.totals();
        return "        Inbound:  #pkts dec'ed " + Long.toUnsignedString(totals.packetsIn()) + " drop "
            + Long.toUnsignedString(totals.replayed() + totals.unverified()) + " life (KB/Sec) " + life(flow, true)
            + "\n        Outbound: #pkts enc'ed " + Long.toUnsignedString(totals.packetsOut()) + " drop "
            + counted.withoutSa() + " life (KB/Sec) " + life(flow, false) + "\n";
    }

    private String life(final Flow flow, final boolean inbound) {
        final SaPair pair = flow.active();
        if (pair == null || pair.hardNanos() == Long.MAX_VALUE) {
            return "0/0";
        }
        final boolean seconds = pair.child().kilobytes() == 0
            && plane.config().simulator().release().has(ReleaseSwitch.PRINTS_SECONDS_ONLY);
        return (seconds ? "KB Vol Rekey Disabled" : String.valueOf(IpsecSaText.kilobytesLeft(pair, inbound))) + "/"
            + IpsecSaText.secondsLeft(pair, plane.nanos());
    }
}
