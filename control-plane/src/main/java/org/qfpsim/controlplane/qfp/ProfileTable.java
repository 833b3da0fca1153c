package org.qfpsim.controlplane.qfp;

import java.util.Locale;
import org.qfpsim.controlplane.platform.Hardware;
import org.qfpsim.controlplane.platform.PlatformProfile;

/** {@code show qfp-sim profile}: what is taken for the data sheet of the router's hardware. */
final class ProfileTable {
    private static final String ROW = "%-32s%,14d  %s%n";

    private ProfileTable() {
    }

    static String text(final PlatformProfile profile) {
        final Hardware hardware = profile.hardware();
        final StringBuilder text = new StringBuilder("Profile ").append(profile.key()).append(": ").append(profile.description())
            .append(", crypto engine ").append(profile.token()).append('\n')
            .append(profile.software() ? "Figures are the simulator's choice.\n" : "Figures are approximate, after data sheets.\n");
        row(text, "QFPs", hardware.qfps(), "");
        row(text, "Engines of a QFP", hardware.ppes(), "");
        row(text, "Packets a second", hardware.kiloPackets() * 1_000L, "pps");
        row(text, "Forwarding", hardware.megabits(), "Mb/s");
        row(text, "IPsec, packets of 1,400 octets", hardware.ipsecMegabits(), "Mb/s");
        row(text, "Packet buffer", hardware.bufferMegabytes(), "MB");
        row(text, "TCAM", hardware.tcamCells(), "cells");
        row(text, "Resource memory", hardware.dramMegabytes(), "MB");
        row(text, "IPsec tunnels", hardware.tunnels(), "(not enforced)");
        return text.toString();
    }

    private static void row(final StringBuilder text, final String name, final long value, final String unit) {
        text.append(String.format(Locale.ROOT, ROW, name, value, unit));
    }
}
