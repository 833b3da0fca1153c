package org.qfpsim.controlplane.exec;

import java.util.Locale;
import java.util.Map;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;
import org.qfpsim.controlplane.platform.ReleaseSwitch;

/**
 * What a platform profile is called, and what IOS is called in a release of IOS XE. Memory sizes are the platform's usual ones: nothing
 * here has them.
 *
 * @param chassis   product number.
 * @param processor name of the route processor in {@code show version}.
 * @param memory    {@code 4138965K/6147K}.
 * @param physical  kilobytes of memory.
 * @param image     what the image is called: {@code ASR1000} or {@code Virtual XE}.
 */
record Hardware(String chassis, String processor, String memory, long physical, String image) {
    private static final String ASR = "ASR1000";
    private static final String RP2 = "4138965K/6147K";
    private static final String FIXED = "3753591K/6147K";
    private static final long GIGABYTE = 1L << 20;
    /** Feature releases of 3.x as IOS releases. */
    private static final Map<Integer, String> TRAIN_3 = Map.ofEntries(Map.entry(1, "15.0(1)S"), Map.entry(2, "15.1(1)S"),
        Map.entry(3, "15.1(2)S"), Map.entry(4, "15.1(3)S"), Map.entry(5, "15.2(1)S"), Map.entry(6, "15.2(2)S"), Map.entry(7, "15.2(4)S"),
        Map.entry(8, "15.3(1)S"), Map.entry(9, "15.3(2)S"), Map.entry(10, "15.3(3)S"), Map.entry(11, "15.4(1)S"),
        Map.entry(12, "15.4(2)S"), Map.entry(13, "15.4(3)S"), Map.entry(14, "15.5(1)S"), Map.entry(15, "15.5(2)S"),
        Map.entry(16, "15.5(3)S"), Map.entry(17, "15.6(1)S"), Map.entry(18, "15.6(2)S"));
    private static final Map<Integer, String> NAMES_16 = Map.ofEntries(Map.entry(1, "Denali"), Map.entry(2, "Denali"),
        Map.entry(3, "Denali"), Map.entry(4, "Everest"), Map.entry(5, "Everest"), Map.entry(6, "Everest"), Map.entry(7, "Fuji"),
        Map.entry(8, "Fuji"), Map.entry(9, "Fuji"), Map.entry(10, "Gibraltar"), Map.entry(11, "Gibraltar"), Map.entry(12, "Gibraltar"));
    private static final Map<Integer, String> NAMES_17 = Map.ofEntries(Map.entry(1, "Amsterdam"), Map.entry(2, "Amsterdam"),
        Map.entry(3, "Amsterdam"), Map.entry(4, "Bengaluru"), Map.entry(5, "Bengaluru"), Map.entry(6, "Bengaluru"),
        Map.entry(7, "Cupertino"), Map.entry(8, "Cupertino"), Map.entry(9, "Cupertino"), Map.entry(10, "Dublin"), Map.entry(11, "Dublin"),
        Map.entry(12, "Dublin"), Map.entry(13, "IOSXE"), Map.entry(14, "IOSXE"), Map.entry(15, "IOSXE"));

    static Hardware of(final PlatformProfile profile) {
        return switch (profile) {
            case ESP5 -> new Hardware("ASR1002", "2RU", "1694733K/6147K", 4 * GIGABYTE, ASR);
            case ESP10, ESP20, ESP40, ESP100 -> new Hardware("ASR1006", "RP2", RP2, 8 * GIGABYTE, ASR);
            case ESP200 -> new Hardware("ASR1013", "RP2", RP2, 8 * GIGABYTE, ASR);
            case ASR1001 -> new Hardware("ASR1001", "1RU", FIXED, 4 * GIGABYTE, ASR);
            case ASR1001_X -> new Hardware("ASR1001-X", "1NG", FIXED, 8 * GIGABYTE, ASR);
            case ASR1002_X -> new Hardware("ASR1002-X", "2RU-X", FIXED, 4 * GIGABYTE, ASR);
            case ASR1001_HX -> new Hardware("ASR1001-HX", "1SR", FIXED, 16 * GIGABYTE, ASR);
            case ASR1002_HX -> new Hardware("ASR1002-HX", "2KH", FIXED, 16 * GIGABYTE, ASR);
            case SOFTWARE -> new Hardware("CSR1000V", "VXE", "2190795K/3075K", 4 * GIGABYTE, "Virtual XE");
        };
    }

    /** Product number of what has the ports. */
    static String ports(final PlatformProfile profile, final boolean ten) {
        return switch (profile) {
            case ASR1001_X -> "BUILT-IN-2T+6X1GE";
            case ASR1001 -> "4XGE-BUILT-IN";
            case ASR1002_X -> "6XGE-BUILT-IN";
            case ASR1001_HX, ASR1002_HX -> ten ? "BUILT-IN-EPA-8x10G" : "BUILT-IN-EPA-8x1G";
            case SOFTWARE -> "CSR vNIC";
            default -> ten ? "SPA-1X10GE-L-V2" : "SPA-8X1GE-V2";
        };
    }

    /** The first lines of {@code show version}. */
    String software(final Release release) {
        if (!release.has(ReleaseSwitch.VERSION_NAMES_PRODUCT)) {
            return "Cisco IOS Software, IOS-XE Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version " + ios(release)
                + ", RELEASE SOFTWARE (fc1)\n";
        }
        final String name = (release.major() == 16 ? NAMES_16 : release.major() == 17 ? NAMES_17 : Map.<Integer, String>of())
            .getOrDefault(release.minor(), "IOSXE");
        return String.format(Locale.ROOT, "Cisco IOS XE Software, Version %02d.%02d.%02d%s\n", release.major(), release.minor(),
            release.rebuild(), release.letter())
            + "Cisco IOS Software [" + name + "], " + image + " Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version " + ios(release)
            + ", RELEASE SOFTWARE (fc1)\n";
    }

    /** The release of IOS in a release of IOS XE: 3.7.2 is 15.2(4)S2, 2.3.2 is 12.2(33)XNC2, 16.9.1 is 16.9.1. */
    static String ios(final Release release) {
        final String rebuild = (release.rebuild() == 0 ? "" : String.valueOf(release.rebuild())) + release.letter();
        return switch (release.major()) {
            case 2 -> "12.2(33)XN" + (char) ('A' + release.minor() - 1) + rebuild;
            case 3 -> TRAIN_3.getOrDefault(release.minor(), "15.6(2)S") + rebuild;
            default -> release.major() + "." + release.minor() + "." + release.rebuild() + release.letter();
        };
    }
}
