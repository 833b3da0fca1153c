package org.qfpsim.controlplane.qfp.hardware;

import java.util.Locale;
import org.qfpsim.controlplane.platform.Hardware;
import org.qfpsim.controlplane.platform.PlatformProfile;

/**
 * {@code infrastructure exmem statistics} (qfp-reference 3.3). DRAM holds what the router's tables take here, for want of the platform's
 * own numbers; nothing is kept in IRAM and SRAM. With several QFPs, each has a share.
 */
final class ExmemTable {
    private static final long IRAM = 128L << 20;
    private static final long SRAM = 32L << 10;

    private final Hardware hardware;
    private final HardwareState state;
    private long most;

    ExmemTable(final PlatformProfile profile, final HardwareState state) {
        hardware = profile.hardware();
        this.state = state;
    }

    /** Looks how much is taken now, for the low water mark. */
    void sample() {
        most = Math.max(most, state.resourceOctets());
    }

    String text() {
        sample();
        final StringBuilder text = new StringBuilder("QFP exmem statistics\n\n");
        final long dram = ((long) hardware.dramMegabytes() << 20) / hardware.qfps();
        for (int qfp = 0; qfp < hardware.qfps(); qfp++) {
            block(text, "DRAM", qfp, dram, share(state.resourceOctets(), qfp), share(most, qfp));
            block(text, "IRAM", qfp, IRAM, 0, 0);
            block(text, "SRAM", qfp, SRAM, 0, 0);
        }
        return text.toString();
    }

    /** The first ones take what cannot be divided. */
    private long share(final long octets, final int qfp) {
        return octets / hardware.qfps() + (qfp < octets % hardware.qfps() ? 1 : 0);
    }

    private static void block(final StringBuilder text, final String name, final int qfp, final long total, final long used,
                              final long most) {
        text.append(String.format(Locale.ROOT,
            "Type: Name: %s, QFP: %d%n  Total: %d%n  InUse: %d%n  Free: %d%n  Lowest free water mark: %d%n",
            name, qfp, total, used, total - used, total - most));
    }
}
