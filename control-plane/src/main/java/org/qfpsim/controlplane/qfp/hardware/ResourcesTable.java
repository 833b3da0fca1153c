package org.qfpsim.controlplane.qfp.hardware;

import java.util.Locale;
import org.qfpsim.controlplane.platform.Hardware;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.qfp.load.LoadCommands;

/**
 * {@code show platform resources}: columns and thresholds of qfp-reference 3.6, widths from memory. Of the route processor only the flash
 * is there: what the simulator's own process takes is no router's.
 */
final class ResourcesTable {
    private static final String ROW = "%-25s%-24s%-16s%-16s%-16s%-5s%n";
    private static final long KILO = 1024;
    private static final long MEGA = 1 << 20;
    private static final long IRAM = 128 * KILO;

    private final Hardware hardware;
    private final HardwareState state;
    private final LoadCommands loads;

    private enum Level {
        FLASH(88, 93), TCAM(65, 85), MEMORY(85, 95), LOAD(90, 95);

        private final int warning;
        private final int critical;

        Level(final int warning, final int critical) {
            this.warning = warning;
            this.critical = critical;
        }

        char letter(final long percent) {
            return percent >= critical ? 'C' : percent >= warning ? 'W' : 'H';
        }
    }

    ResourcesTable(final PlatformProfile profile, final HardwareState state, final LoadCommands loads) {
        hardware = profile.hardware();
        this.state = state;
        this.loads = loads;
    }

    String text() {
        final StringBuilder text = new StringBuilder("**State Acronym: H - Healthy, W - Warning, C - Critical\n");
        text.append(String.format(Locale.ROOT, ROW, "Resource", "Usage", "Max", "Warning", "Critical", "State"))
            .append("-".repeat(102)).append('\n');
        final StringBuilder rp = new StringBuilder();
        final char flash = amount(rp, "  bootflash", state.flashUsed() / MEGA, state.flashCapacity() / MEGA, "MB", Level.FLASH);
        final StringBuilder esp = new StringBuilder();
        char worst = amount(esp, "  TCAM", state.policyEntries(), hardware.tcamCells(), "cells", Level.TCAM);
        worst = worse(worst, amount(esp, "  DRAM", state.resourceOctets() / KILO, hardware.dramMegabytes() * KILO, "KB", Level.MEMORY));
        worst = worse(worst, amount(esp, "  IRAM", 0, IRAM, "KB", Level.MEMORY));
        worst = worse(worst, load(esp, "  CPU Utilization", loads.processingNow()));
        worst = worse(worst, load(esp, "  Crypto Utilization", loads.cryptoNow()));
        for (int qfp = 0; qfp < hardware.qfps(); qfp++) {
            worst = worse(worst, amount(esp, "  Pkt Buf Mem (" + qfp + ")", 0, hardware.bufferMegabytes() * KILO / hardware.qfps(), "KB",
                Level.MEMORY));
        }
        head(text, "RP0 (ok, active)", flash);
        text.append(rp);
        head(text, "ESP0(ok, active)", worst);
        head(text, " QFP", worst);
        return text.append(esp).toString();
    }

    /** Healthy, warning, critical. */
    private static char worse(final char a, final char b) {
        return a == 'C' || b == 'C' ? 'C' : a == 'W' || b == 'W' ? 'W' : 'H';
    }

    private static void head(final StringBuilder text, final String name, final char state) {
        text.append(String.format(Locale.ROOT, ROW, name, "", "", "", "", state));
    }

    private static char amount(final StringBuilder text, final String name, final long used, final long most, final String unit,
                               final Level level) {
        final long percent = most == 0 ? 0 : used * 100 / most;
        row(text, name, used + unit + "(" + percent + "%)", most + unit, level, level.letter(percent));
        return level.letter(percent);
    }

    private static char load(final StringBuilder text, final String name, final long percent) {
        row(text, name, percent + ".00%", "100%", Level.LOAD, Level.LOAD.letter(percent));
        return Level.LOAD.letter(percent);
    }

    private static void row(final StringBuilder text, final String name, final String usage, final String most, final Level level,
                            final char letter) {
        text.append(String.format(Locale.ROOT, ROW, name, usage, most, level.warning + "%", level.critical + "%", letter));
    }
}
