package org.qfpsim.controlplane.qfp.ipsec;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * {@code feature ipsec sa N} (qfp-reference 3.2). Pointers are numbers of the objects that they would point to, and the bits of the flags
 * are ours (MODEL.md): their words below are what counts.
 */
final class SaInformation {
    private static final String LABEL = "%19s: %s%n";
    private static final String ENGINE = "%-8s%-14s%-11s%18s%20s%n";
    private static final int MTU = 1500;
    private static final int IPV4_HEADER = 20;
    private static final int UDP_HEADER = 8;
    /** The engine checks windows up to this; larger ones are the datapath's. */
    private static final int ENGINE_WINDOW = 64;

    private final QfpIpsecState state;

    SaInformation(final QfpIpsecState state) {
        this.state = state;
    }

    String text(final QfpSa sa) {
        final ChildSa child = sa.pair().child();
        final IkePath path = sa.pair().path();
        final int spd = spd(sa.interfaceName());
        final StringBuilder text = new StringBuilder("QFP ipsec sa Information\n\n");
        line(text, "QFP sa  id", sa.id());
        line(text, "pal sa id", sa.id());
        line(text, "QFP spd id", spd);
        line(text, "QFP sp id", sa.sp());
        line(text, "QFP spi", String.format(Locale.ROOT, "0x%08x(%s)", sa.spi(), Integer.toUnsignedString(sa.spi())));
        line(text, "crypto ctx", String.format(Locale.ROOT, "0x%016x", sa.id()));
        flags(text, sa);
        line(text, "qos_group", "0x0");
        final int mtu = sa.inbound() ? 0 : plaintextMtu(child);
        line(text, "mtu", hex(mtu));
        line(text, "mtu_adj", hex(sa.inbound() ? 0 : Math.min(mtu, interfaceMtu(sa.interfaceName()))));
        final boolean extended = sa.inbound() && child.policy().replayWindow() > ENGINE_WINDOW;
        line(text, "ext_ar window_size", extended ? child.policy().replayWindow() : 0);
        line(text, "ext_ar window top", extended ? Long.toUnsignedString(sa.use().sequence()) : "0");
        line(text, "sar_delta", 0);
        line(text, "sar_window", "0x0");
        line(text, "sibling_sa", "0x" + Integer.toHexString(sa.sibling()));
        line(text, "sp_ptr", String.format(Locale.ROOT, "0x%08x", sa.sp()));
        line(text, "sbs_ptr", String.format(Locale.ROOT, "0x%08x", spd));
        line(text, "local endpoint", path.local());
        line(text, "remote endpoint", path.remote());
        line(text, "cgid.cid.fid.rid", spd + "." + sa.sp() + "." + sa.sp() + "." + sa.id());
        line(text, "ivrf", 0);
        line(text, "fvrf", 0);
        line(text, "trans udp sport", port(child, sa.inbound() ? path.remotePort() : path.localPort()));
        line(text, "trans udp dport", port(child, sa.inbound() ? path.localPort() : path.remotePort()));
        line(text, "first intf name", sa.interfaceName());
        line(text, "nat fixup src port", 0);
        return text.append("    nat fixup  ip: 0.0.0.0\n").toString();
    }

    private static int port(final ChildSa child, final int port) {
        return child.udp() ? port : 0;
    }

    /** Number of an interface's policy: interfaces are numbered from 0. */
    int spd(final String interfaceName) {
        final @Nullable InterfaceSpec spec = state.interfaceNamed(interfaceName);
        return spec == null ? 0 : spec.index() + 1;
    }

    private int interfaceMtu(final String interfaceName) {
        final @Nullable InterfaceSpec spec = state.interfaceNamed(interfaceName);
        return spec == null ? MTU : spec.ipMtu();
    }

    private void flags(final StringBuilder text, final QfpSa sa) {
        final ChildSa child = sa.pair().child();
        final boolean manual = sa.pair().flow().spec().manual() != null;
        final boolean replay = sa.inbound() && child.policy().replayWindow() != 0;
        final IpsecConfig settings = state.settings();
        final boolean before = settings.fragmentation() == IpsecConfig.Fragmentation.BEFORE_ENCRYPTION;
        final int bits = (manual ? 0 : 1) | (sa.expired() ? 8 : 2) | (sa.pair().rekeying() ? 4 : 0) | (replay ? 16 : 0)
            | (sa.inbound() ? 32 : 64) | (before ? 128 : 0) | settings.dfBit().ordinal() << 8 | (child.udp() ? 1024 : 0)
            | (child.mode() == SaSpec.Mode.TUNNEL ? 2048 : 0);
        line(text, "flags", String.format(Locale.ROOT, "0x%08x (Details below)", bits));
        line(text, "", "src:" + (manual ? "MANUAL" : "IKE") + "  valid:" + yes(!sa.expired()) + "  soft-life-expired:"
            + yes(sa.pair().rekeying()) + "  hard-life-expired:" + yes(sa.expired()));
        line(text, "", "replay-check:" + yes(replay) + "  proto:ESP  mode:" + (sa.inbound() ? "Receive-only" : "Active") + "  direction:"
            + (sa.inbound() ? "Ingress" : "Egress"));
        line(text, "", "qos_preclassify:No  qos_group:No");
        line(text, "", "frag_type:" + (before ? "BEFORE_ENCRYPT" : "AFTER_ENCRYPT") + "  df_bit_type:" + settings.dfBit());
        line(text, "", "sar_enable:No  getvpn_mode:SNDRCV_SA");
        line(text, "", "doing_translation:" + yes(child.udp()) + "  assigned_outside_rport:No");
        line(text, "", "inline_tagging_enabled:No");
    }

    private static String yes(final boolean value) {
        return value ? "Yes" : "No";
    }

    private static String hex(final int value) {
        return "0x" + Integer.toHexString(value) + "=" + value;
    }

    /** The largest packet that fits into one outer packet; the formula is checked against the platform's samples (1438, 1458). */
    private static int plaintextMtu(final ChildSa child) {
        final EspSuite suite = child.suite();
        final int outer = IPV4_HEADER + (child.udp() ? UDP_HEADER : 0);
        final int room = MTU - outer - EspSuite.ESP_HEADER_BYTES - suite.ivBytes() - suite.icvBytes();
        final int plain = room / suite.blockBytes() * suite.blockBytes() - EspSuite.ESP_TRAILER_BYTES;
        return child.mode() == SaSpec.Mode.TUNNEL ? plain : plain + IPV4_HEADER;
    }

    private static void line(final StringBuilder text, final String label, final Object value) {
        text.append(String.format(Locale.ROOT, LABEL, label, value));
    }

    /** What the crypto engine has done with each SA. */
    void engine(final Output out) {
        out.print(String.format(Locale.ROOT, ENGINE, "SA id", "SPI", "Direction", "Packets", "Octets") + "-".repeat(71) + "\n");
        for (final SaPair pair : state.pairs()) {
            for (final QfpSa sa : QfpSa.of(pair)) {
                out.print(String.format(Locale.ROOT, ENGINE, sa.id(), String.format(Locale.ROOT, "0x%08x", sa.spi()),
                    sa.inbound() ? "Ingress" : "Egress", sa.use().packets(), sa.use().octets()));
            }
        }
    }
}
