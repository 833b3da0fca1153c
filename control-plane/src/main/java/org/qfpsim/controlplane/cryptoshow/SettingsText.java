package org.qfpsim.controlplane.cryptoshow;

import java.util.List;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.SaSettings;
import org.qfpsim.controlplane.ipsec.TransformNames;
import org.qfpsim.datapath.sa.SaSpec;

/** What crypto maps and IPsec profiles say about SAs, as show commands write it; and transform sets. */
final class SettingsText {
    private SettingsText() {
    }

    /** Which IKE profile is named, if one is. */
    static String profiles(final SaSettings settings) {
        return (settings.isakmpProfile() == null ? "" : "\tISAKMP Profile: " + settings.isakmpProfile() + "\n")
            + (settings.ikev2Profile() == null ? "" : "\tIKEv2 Profile: " + settings.ikev2Profile() + "\n");
    }

    /** The lines from the lifetime on. */
    static String of(final RouterConfig config, final SaSettings settings) {
        final IpsecConfig ipsec = config.crypto().ipsec();
        final long kilobytes = settings.kilobytes() == null ? ipsec.kilobytes() : settings.kilobytes();
        final int seconds = settings.seconds() == null ? ipsec.seconds() : settings.seconds();
        return "\t" + lifetime(kilobytes, seconds) + "\tDualstack (Y/N): N\n\n\tResponder-Only (Y/N): N\n\tPFS (Y/N): "
            + (settings.pfsGroup() == 0 ? "N\n" : "Y\n\tDH group:  group" + settings.pfsGroup() + "\n") + "\tMixed-mode : Disabled\n"
            + sets(config, settings.transformSets());
    }

    static String lifetime(final long kilobytes, final int seconds) {
        return "Security association lifetime: " + (kilobytes == 0 ? "" : kilobytes + " kilobytes/") + seconds + " seconds\n";
    }

    static String sets(final RouterConfig config, final List<String> names) {
        final StringBuilder text = new StringBuilder("\tTransform sets={ \n");
        for (final String name : names) {
            config.crypto().ipsec().transformSet(name).ifPresent(set ->
                text.append("\t\t").append(name).append(":  { ").append(TransformNames.of(set.suite())).append("  } , \n"));
        }
        return text.append("\t}\n").toString();
    }

    static String transformSet(final IpsecConfig.TransformSet set) {
        return "Transform set " + set.name() + ": { " + TransformNames.of(set.suite()) + "  } \n   will negotiate = { "
            + (set.mode() == SaSpec.Mode.TUNNEL ? "Tunnel" : "Transport") + ",  }, \n   \n";
    }
}
