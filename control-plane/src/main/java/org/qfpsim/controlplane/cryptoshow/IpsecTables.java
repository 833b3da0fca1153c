package org.qfpsim.controlplane.cryptoshow;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.ipsec.TransientSpi;
import org.qfpsim.controlplane.router.ControlPlane;

/** {@code show crypto ipsec spi-lookup|profile|transform-set|security-association}. */
final class IpsecTables {
    /** Handles in published output have this bit. */
    private static final int HANDLE = 0x4000_0000;
    private static final String ACTIVE_HEAD = "\nActive SPI table\n     SPI Prot Local Address            Type\n"
        + "  Handle VRF  Remote Address           IDB\n";

    private final ControlPlane plane;

    IpsecTables(final ControlPlane plane) {
        this.plane = plane;
    }

    /** Rows one by one: a hub has many. */
    void spiLookup(final Output out, final boolean detail) {
        out.print(ACTIVE_HEAD);
        for (final SaPair pair : plane.ipsec().pairs()) {
            out.print(active(pair));
        }
        if (detail) {
            out.print("\nTransient SPI table\n     SPI   HANDLE R Time created\n");
            for (final TransientSpi spi : plane.ipsec().reserved()) {
                out.print(String.format(Locale.ROOT, "%08X %08X 0 %d\n", spi.spi(), HANDLE, spi.nanos() / Format.SECOND));
            }
        }
    }

    private static String active(final SaPair pair) {
        final Flow flow = pair.flow();
        final String type = flow.spec().manual() == null ? "IKEv" + flow.policy().version() : "Manual";
        return String.format(Locale.ROOT, "%08X ESP %s %s %08X 0 %s %s\n", pair.inboundSpi(), pair.path().local(), type,
            HANDLE | pair.connection(), pair.path().remote(), flow.spec().interfaceName());
    }

    String profiles(final @Nullable String name) {
        final StringBuilder text = new StringBuilder();
        for (final IpsecConfig.Profile profile : plane.config().crypto().ipsec().profiles()) {
            if (name == null || name.equals(profile.name())) {
                text.append("IPSEC profile ").append(profile.name()).append('\n').append(SettingsText.profiles(profile.settings()))
                    .append(SettingsText.of(plane.config(), profile.settings())).append('\n');
            }
        }
        return text.toString();
    }

    String transformSets(final @Nullable String name) {
        final StringBuilder text = new StringBuilder();
        for (final IpsecConfig.TransformSet set : plane.config().crypto().ipsec().transformSets()) {
            if (name == null || name.equals(set.name())) {
                text.append(SettingsText.transformSet(set));
            }
        }
        return text.toString();
    }

    String lifetime() {
        final IpsecConfig ipsec = plane.config().crypto().ipsec();
        return SettingsText.lifetime(ipsec.kilobytes(), ipsec.seconds());
    }
}
