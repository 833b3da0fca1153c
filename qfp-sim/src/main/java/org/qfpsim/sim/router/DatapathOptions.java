package org.qfpsim.sim.router;

import java.util.Locale;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;
import org.qfpsim.datapath.pipeline.DispatchPolicy;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.sim.InputException;
import picocli.CommandLine.Option;

/** The options that every command with a datapath has. */
public final class DatapathOptions {
    @Option(names = "--ppes", paramLabel = "N", defaultValue = "1", description = "Packet processing engines, 1 to 64 (default 1).")
    private int ppes;

    @Option(names = "--dispatch", paramLabel = "POLICY", defaultValue = "any-idle",
        description = "How engines are picked: any-idle (default) or flow-hash.")
    private String dispatch = "";

    @Option(names = "--mode", paramLabel = "MODE", defaultValue = "invoker",
        description = "invoker: one thread, deterministic (default); dedicated: a thread for each engine and one for gather.")
    private String mode = "";

    @Option(names = "--crypto", paramLabel = "LIBRARY", defaultValue = "auto",
        description = "auto (default), ipsec-mb, libcrypto or jce.")
    private String crypto = "";

    @Option(names = "--slot-bytes", paramLabel = "N", defaultValue = "9216",
        description = "Longest frame that a packet buffer holds, 256 to 9216 (default 9216).")
    private int slotBytes;

    @Option(names = "--ring-slots", paramLabel = "N", defaultValue = "256",
        description = "Packet buffers of an engine, a power of two, 16 to 65536 (default 256).")
    private int ringSlots;

    @Option(names = "--platform", paramLabel = "PROFILE", defaultValue = "esp20",
        description = "Platform of names and tables: esp5 ... esp200, asr1001 ... asr1002-hx, software (default esp20).")
    private String platform = "";

    @Option(names = "--release", paramLabel = "RELEASE", defaultValue = "3.7",
        description = "IOS XE release of the tables, such as 3.7 (default) or 17.13.")
    private String release = "";

    @Option(names = "--counters", paramLabel = "FILE",
        description = "Keep the counters in a file that ./qfp stat reads while packets flow.")
    private String counters = "";

    /** Called by picocli. */
    public DatapathOptions() {
    }

    /**
     * The settings of the pipeline.
     *
     * @return checked settings.
     * @throws InputException naming the option and its range.
     */
    public PipelineConfig config() {
        final DispatchPolicy policy = switch (dispatch) {
            case "any-idle" -> DispatchPolicy.ANY_IDLE;
            case "flow-hash" -> DispatchPolicy.FLOW_HASH;
            default -> throw new InputException("--dispatch " + dispatch + " is neither any-idle nor flow-hash");
        };
        try {
            return new PipelineConfig().ppes(ppes).ringSlots(ringSlots).slotBytes(slotBytes).dispatch(policy).conclude();
        } catch (final IllegalArgumentException e) {
            throw new InputException("--" + String.valueOf(e.getMessage()).replace("ringSlots", "ring-slots").replace("slotBytes",
                "slot-bytes"), e);
        }
    }

    /** Who turns the agents. */
    public Mode mode() {
        return switch (mode) {
            case "invoker" -> Mode.INVOKER;
            case "dedicated" -> Mode.DEDICATED;
            default -> throw new InputException("--mode " + mode + " is neither invoker nor dedicated");
        };
    }

    /** The crypto library that was asked for. */
    public String crypto() {
        return crypto.toLowerCase(Locale.ROOT);
    }

    /** The platform. */
    public PlatformProfile platform() {
        return platform(platform);
    }

    /**
     * A platform by the name that options take.
     *
     * @param name such as {@code esp20}.
     * @return the platform.
     * @throws InputException naming the ones that exist.
     */
    public static PlatformProfile platform(final String name) {
        try {
            return PlatformProfile.parse(name);
        } catch (final IllegalArgumentException e) {
            throw new InputException("--platform: " + e.getMessage(), e);
        }
    }

    /** The release. */
    public Release release() {
        try {
            return Release.parse(release);
        } catch (final IllegalArgumentException e) {
            throw new InputException("--release: " + e.getMessage(), e);
        }
    }

    /** The counters file, or empty for none. */
    public String counters() {
        return counters;
    }
}
