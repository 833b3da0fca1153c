package org.qfpsim.controlplane.qfp.hardware;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.qfpsim.controlplane.platform.Hardware;
import org.qfpsim.controlplane.platform.PlatformProfile;

/** Texts about the crypto engines and the QFP as a whole (qfp-reference 3.3 and 3.6). */
final class EngineTexts {
    private static final int MOST_SESSIONS = 40_958;
    private static final int MOST_IKE = 41_058;
    private static final DateTimeFormatter LOADED = DateTimeFormatter.ofPattern("MMM dd, yyyy HH:mm:ss", Locale.ENGLISH)
        .withZone(ZoneOffset.UTC);

    private final PlatformProfile profile;
    private final HardwareState state;

    EngineTexts(final PlatformProfile profile, final HardwareState state) {
        this.profile = profile;
        this.state = state;
    }

    /** {@code show crypto eli}: what this simulator's engine can do, and the platform's limit of sessions. */
    String eli() {
        final String engine = profile.software() ? "IOSXE-ESG(9)" : "IOSXE-ESP(14)";
        return "Hardware Encryption : ACTIVE\n Number of hardware crypto engines = 1\n\n CryptoEngine " + engine
            + " details: state = Active\n Capability    : AES, GCM, IPv6, ESN\n\n"
            + String.format(Locale.ROOT, " IPSec-Session : %5d active, %5d max, %d failed, %d created%n", state.activeSas(), MOST_SESSIONS,
            state.failedSas(), state.createdSas());
    }

    /** {@code show crypto eli all}: IKE is the software engine's. */
    String eliAll() {
        return eli() + "\n Number of software crypto engines = 1\n\n CryptoEngine Software Crypto Engine details: state = Active\n"
            + " Capability    : AES, P-256, P-384, P-521, IPv6\n\n"
            + String.format(Locale.ROOT, " IKE-Session   : %5d active, %5d max, 0 failed%n", state.ikeSas(), MOST_IKE);
    }

    /** {@code show platform hardware throughput crypto}: nothing limits it here but the licence of types 114 and 115, which nobody has. */
    String throughput() {
        return "Current configured crypto throughput level: unlimited\n     Level is saved, reboot is not required\n"
            + "Current enforced crypto throughput level: unlimited\nCrypto Throughput is not throttled\n";
    }

    /** {@code show platform cerm-information}: the export limit is not there. */
    String cerm() {
        return "Crypto Export Restrictions Manager(CERM) Information:\n CERM functionality: DISABLED\n";
    }

    /** {@code system state}: one QFP complex without a standby. */
    String systemState() {
        final Hardware hardware = profile.hardware();
        final StringBuilder text = new StringBuilder("CPP HA client processes registered (5 of 5)\n");
        for (final String process : new String[] {"cpp_ha", "cpp_sp", "FMAN-FP", "cpp_driver0", "cpp_cp"}) {
            text.append("   ").append(process).append(" : Initialized\n");
        }
        return text.append("\nPlatform State: curr=ACTIVE_SOLO next=ACTIVE_SOLO\n")
            .append("   HA State: CPP=0 dir=BOTH Role: curr=ACTIVE_SOLO next=ACTIVE_SOLO\n").append("Client State: ENABLE\n\n")
            .append("Image: qfp-ucode-").append(profile.key()).append("\nLoad Cnt: 1 Time: ").append(LOADED.format(state.started()))
            .append("\nActive Threads: 0-").append(hardware.qfps() * hardware.ppes() * Hardware.THREADS - 1)
            .append("\nStuck Threads: <NONE>\nFault Manager Flags:\n   ignore_fault:          FALSE\n   ignore_stuck_thread:   FALSE\n")
            .append("   crashdump_in_progress: FALSE\n").toString();
    }
}
