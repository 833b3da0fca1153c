package org.qfpsim.sim.throughput;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.pipeline.DispatchPolicy;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.router.DatapathOptions;
import org.qfpsim.sim.throughput.experiment.Point;
import org.qfpsim.sim.throughput.load.Bursts;
import org.qfpsim.sim.throughput.load.DeviceSpec;
import org.qfpsim.sim.throughput.load.Mix;
import org.qfpsim.sim.throughput.load.PacketKind;
import org.qfpsim.sim.throughput.load.Sizes;
import org.qfpsim.sim.throughput.load.TrafficSpec;
import org.qfpsim.sim.throughput.model.ModelDevice;
import picocli.CommandLine.Option;

/** Traffic and router. What takes a list is swept: every combination is a point. */
final class PointOptions {
    private static final int MOST_POINTS = 1000;
    private static final int MOST_PPES = 64;
    private static final int MOST_MODELLED_PPES = 1024;
    private static final int MOST_SAS = 1 << 20;
    private static final int MOST_MTU = 9000;
    private static final int MEGABYTE = 1 << 20;

    @Option(names = "--size", paramLabel = "SIZES", defaultValue = "64",
        description = "List of: N (octets of the clear IP packet), frame:N (of its Ethernet frame), IMIX (7x64, 4x576, 1x1400), "
            + "genome:LETTERS (RFC 6985), rfc2544 (all seven frames). Default 64.")
    private String sizes = "64";

    @Option(names = "--mix", paramLabel = "MIXES", defaultValue = "good",
        description = "List of: good, or shares in percent such as unknown-spi=10+bad-icv=1; also replayed, late, "
            + "clear (should have been encrypted), plain (may be clear), fragments.")
    private String mixes = "good";

    @Option(names = "--sas", paramLabel = "LIST", defaultValue = "1", description = "SAs, each from a peer of its own (default 1).")
    private String sas = "1";

    @Option(names = "--ppes", paramLabel = "LIST",
        description = "Packet processing engines, 1 to 64 (default 1); of a modelled platform 1 to 1024 (default: what it has).")
    private @Nullable String ppes;

    @Option(names = "--dispatch", paramLabel = "LIST", defaultValue = "any-idle", description = "any-idle (default), flow-hash.")
    private String dispatch = "any-idle";

    @Option(names = "--suite", paramLabel = "LIST", defaultValue = "aes-gcm-128-16",
        description = "Algorithms (default aes-gcm-128-16), such as aes-gcm-256-16, aes-cbc-128-sha1-96; all for all of them.")
    private String suites = "aes-gcm-128-16";

    @Option(names = "--feature", paramLabel = "LIST", defaultValue = "none",
        description = "List of what SAs have beside what other options say: none, esn, replay-off, window-64 ... window-4096, "
            + "nat-t (ESP in UDP); several with +.")
    private String features = "none";

    @Option(names = "--burst", paramLabel = "LIST", defaultValue = "1",
        description = "Frames that come one behind the other on the line, and then none until the average is reached "
            + "(default 1: evenly spaced).")
    private String bursts = "1";

    @Option(names = "--line-rate", paramLabel = "GBPS", description = "Rate of the line within a burst, Gb/s (default 10).")
    private @Nullable Double lineRate;

    @Option(names = "--replay-window", paramLabel = "N", defaultValue = "64",
        description = "0 (off: the generator repeats its frames), or 64 to 4096, a power of two (default 64).")
    private int window = 64;

    @Option(names = "--esn", description = "Extended sequence numbers.")
    private boolean esn;

    @Option(names = "--mtu", paramLabel = "N", defaultValue = "1600",
        description = "Octets of the largest tunnel packet, 576 to 9000 (default 1600).")
    private int mtu = 1600;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of keys, contents and kinds (default 1).")
    private long seed = 1;

    @Option(names = "--crypto", paramLabel = "LIBRARY", defaultValue = "auto", description = "auto (default), ipsec-mb, libcrypto or jce.")
    private String crypto = "auto";

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0",
        description = "Threads that engines and gather share, 1 to 65 (default: one each, if the processors are enough).")
    private int threads;

    @Option(names = "--ring-slots", paramLabel = "N", defaultValue = "1024",
        description = "Packets that an engine's receive queue holds, a power of two, 64 to 65536 (default 1024).")
    private int ringSlots = 1024;

    @Option(names = "--store-mb", paramLabel = "N",
        description = "Memory for frames that are encrypted before a trial, 1 to 2047 MiB (default 512, on a small machine less).")
    private int storeMegabytes = Math.clamp(Runtime.getRuntime().maxMemory() / 4 / MEGABYTE, 1, 512);

    @Option(names = "--platform", paramLabel = "PROFILE",
        description = "Model this hardware in virtual time instead of measuring here: esp5 ... esp200, asr1001 ... asr1002-hx.")
    private @Nullable String platform;

    @Option(names = "--licence", paramLabel = "MBPS", defaultValue = "0",
        description = "Of a modelled platform: licensed crypto throughput, Mb/s, 0 for no limit (default 0).")
    private int licence;

    /** The modelled hardware; null to measure the real pipeline. */
    @Nullable PlatformProfile platform() {
        return platform == null ? null : DatapathOptions.platform(platform);
    }

    /** Every combination. */
    List<Point> points() {
        check("--mtu", mtu, value -> value >= 576 && value <= MOST_MTU, "within 576 to " + MOST_MTU);
        check("--threads", threads, value -> value >= 0 && value <= 65, "within 0 to 65");
        check("--ring-slots", ringSlots, value -> value >= 64 && value <= 65_536 && Integer.bitCount(value) == 1,
            "a power of two within 64 to 65536");
        check("--store-mb", storeMegabytes, value -> value >= 1 && value <= 2047, "within 1 to 2047");
        final PlatformProfile profile = platform();
        check("--licence", licence, value -> value >= 0 && (value == 0 || profile != null), "from 0, or needs a --platform");
        final List<Point> points = new ArrayList<>();
        for (final TrafficSpec traffic : traffics()) {
            for (final int engines : engines(profile)) {
                for (final DispatchPolicy policy : policies()) {
                    points.add(new Point(traffic, new DeviceSpec(engines, threads, ringSlots, policy, crypto.toLowerCase(Locale.ROOT),
                        storeMegabytes * MEGABYTE, (profile == null ? PlatformProfile.DEFAULT : profile).token(), profile, licence)));
                }
            }
        }
        if (points.size() > MOST_POINTS) {
            throw new InputException("throughput: the lists make " + points.size() + " points, more than " + MOST_POINTS);
        }
        return points;
    }

    private List<Integer> engines(final @Nullable PlatformProfile profile) {
        if (profile == null) {
            return numbers("--ppes", ppes == null ? "1" : ppes, MOST_PPES);
        }
        return ppes == null ? List.of(ModelDevice.ppes(profile)) : numbers("--ppes", ppes, MOST_MODELLED_PPES);
    }

    private List<TrafficSpec> traffics() {
        final List<TrafficSpec> traffics = new ArrayList<>();
        for (final EspSuite suite : suites()) {
            for (final Feature feature : Feature.parse(features, new Feature(window, esn, false))) {
                for (final Sizes size : Sizes.parse(sizes, TrafficSpec.clearMtu(mtu, suite, feature.natT()))) {
                    for (final Mix mix : mixes(feature)) {
                        for (final int count : numbers("--sas", sas, MOST_SAS)) {
                            bursts().forEach(burst -> traffics.add(new TrafficSpec(size, mix, suite, count, feature.window(), feature.esn(),
                                feature.natT(), mtu, seed, burst)));
                        }
                    }
                }
            }
        }
        return traffics;
    }

    private List<Bursts> bursts() {
        final List<Integer> packets = numbers("--burst", bursts, Bursts.MOST);
        if (lineRate != null && packets.stream().allMatch(number -> number == 1)) {
            throw new InputException("--line-rate is that of bursts: it needs a --burst of more than 1");
        }
        return packets.stream().map(number -> new Bursts(number, lineRate == null ? Bursts.NONE.gigabits() : lineRate)).toList();
    }

    private List<EspSuite> suites() {
        final List<EspSuite> known = Arrays.stream(EspSuite.values()).filter(EspSuite::authenticated).toList();
        return suites.equals("all") ? known : Arrays.stream(suites.split(",", -1)).map(name -> known.stream()
            .filter(one -> key(one).equals(name)).findFirst().orElseThrow(() -> new InputException("--suite " + name
                + " is none of " + known.stream().map(PointOptions::key).collect(Collectors.joining(", "))))).toList();
    }

    private static String key(final EspSuite suite) {
        return suite.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private List<Mix> mixes(final Feature feature) {
        final List<Mix> list = Arrays.stream(mixes.split(",", -1)).map(Mix::parse).toList();
        if (feature.window() == 0 && list.stream().anyMatch(mix -> mix.has(PacketKind.REPLAYED) || mix.has(PacketKind.LATE))) {
            throw new InputException("--mix: replayed and late packets need a --replay-window");
        }
        return list;
    }

    private List<DispatchPolicy> policies() {
        return Arrays.stream(dispatch.split(",", -1)).map(text -> switch (text) {
            case "any-idle" -> DispatchPolicy.ANY_IDLE;
            case "flow-hash" -> DispatchPolicy.FLOW_HASH;
            default -> throw new InputException("--dispatch " + text + " is neither any-idle nor flow-hash");
        }).toList();
    }

    private static List<Integer> numbers(final String option, final String list, final int most) {
        return Arrays.stream(list.split(",", -1)).map(text -> {
            try {
                final int value = Integer.parseInt(text);
                check(option, value, number -> number >= 1 && number <= most, "within 1 to " + most);
                return value;
            } catch (final NumberFormatException e) {
                throw new InputException(option + ": '" + text + "' is not a number", e);
            }
        }).toList();
    }

    private static void check(final String option, final int value, final IntPredicate good, final String range) {
        if (!good.test(value)) {
            throw new InputException(option + " " + value + " is not " + range);
        }
    }
}
