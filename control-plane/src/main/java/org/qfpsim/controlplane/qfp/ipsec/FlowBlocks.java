package org.qfpsim.controlplane.qfp.ipsec;

import java.util.Locale;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.datapath.sa.SaSpec;

/** {@code show platform software ipsec ... flow|sadb|inventory}: SAs as the forwarding manager has them (layouts from memory). */
final class FlowBlocks {
    private static final String LABEL = "%26s: %s%n";
    private static final String SADB = "%-10s%-12s%-12s%-40s%-40s%s%n";

    private final QfpIpsecState state;
    private final SaInformation information;

    FlowBlocks(final QfpIpsecState state, final SaInformation information) {
        this.state = state;
        this.information = information;
    }

    /** One after the other, as long as somebody wants more. */
    void all(final Output out) {
        for (final SaPair pair : state.pairs()) {
            QfpSa.of(pair).forEach(sa -> out.print(text(sa)));
        }
    }

    String text(final QfpSa sa) {
        final StringBuilder text = new StringBuilder("=========== Flow id: ").append(sa.id()).append('\n');
        final int spd = information.spd(sa.interfaceName());
        line(text, "mode", sa.pair().child().mode() == SaSpec.Mode.TUNNEL ? "tunnel" : "transport");
        line(text, "direction", sa.inbound() ? "inbound" : "outbound");
        line(text, "protocol", "esp");
        line(text, "SPI", "0x" + Integer.toHexString(sa.spi()));
        line(text, "local IP addr", sa.pair().path().local());
        line(text, "remote IP addr", sa.pair().path().remote());
        line(text, "crypto map id", 0);
        line(text, "SPD id", spd);
        line(text, "QFP SPD id", spd);
        line(text, "ACE line number", sa.sp());
        line(text, "QFP SA handle", sa.id());
        line(text, "crypto device id", 0);
        line(text, "IOS XE interface id", spd);
        line(text, "interface name", sa.interfaceName());
        line(text, "use path MTU", "FALSE");
        line(text, "object state", sa.expired() ? "inactive" : "active");
        line(text, "object bind state", "new");
        return text.toString();
    }

    void sadb(final Output out) {
        out.print(String.format(Locale.ROOT, SADB, "Flow id", "SPI", "Direction", "Local", "Remote", "Interface"));
        for (final SaPair pair : state.pairs()) {
            for (final QfpSa sa : QfpSa.of(pair)) {
                out.print(String.format(Locale.ROOT, SADB, sa.id(), String.format(Locale.ROOT, "0x%08x", sa.spi()),
                    sa.inbound() ? "inbound" : "outbound", pair.path().local(), pair.path().remote(), sa.interfaceName()));
            }
        }
    }

    String inventory() {
        final StringBuilder text = new StringBuilder("IPsec inventory\n\n");
        line(text, "number of policies", state.flows().size());
        line(text, "number of flows", state.pairs().stream().mapToInt(pair -> QfpSa.of(pair).size()).sum());
        return text.toString();
    }

    private static void line(final StringBuilder text, final String label, final Object value) {
        text.append(String.format(Locale.ROOT, LABEL, label, value));
    }
}
