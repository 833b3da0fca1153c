package org.qfpsim.sim.throughput.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.pipeline.DispatchPolicy;
import org.qfpsim.sim.throughput.load.DeviceSpec;
import org.qfpsim.sim.throughput.load.TrafficSpec;

/**
 * One point of a sweep.
 *
 * @param traffic what is sent.
 * @param device  what to.
 */
public record Point(TrafficSpec traffic, DeviceSpec device) {
    /** Titles of {@link #cells}. */
    public static final List<String> COLUMNS = List.of("size", "SAs", "PPEs", "mix", "dispatch", "suite", "features", "burst");

    /** How many of them a table always has; the others only if there is something to tell. */
    private static final int ALWAYS = 5;
    private static final String USUAL_SUITE = "aes-gcm-128-16";

    /** What tells points of a sweep apart, for a table. */
    public List<String> cells() {
        return List.of(traffic.sizes().name(), String.valueOf(traffic.sas()), String.valueOf(device.ppes()), traffic.mix().name(),
            dispatch(), suite(), traffic.features(), String.valueOf(traffic.bursts().packets()));
    }

    /**
     * Columns of a table of some points: the first ones, and those of the others in which a point is not as usual.
     *
     * @param points the points.
     * @return numbers of columns.
     */
    public static List<Integer> columns(final List<Point> points) {
        final List<String> usual = List.of(USUAL_SUITE, "none", "1");
        return IntStream.range(0, COLUMNS.size()).filter(column -> column < ALWAYS || points.stream().anyMatch(
            point -> !point.cells().get(column).equals(usual.get(column - ALWAYS)))).boxed().toList();
    }

    private String suite() {
        return traffic.suite().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String dispatch() {
        return device.dispatch() == DispatchPolicy.ANY_IDLE ? "any-idle" : "flow-hash";
    }

    /** In words. */
    public String label() {
        return "%s, %d SA%s, %d PPE%s, %s, %s".formatted(traffic.sizes().name(), traffic.sas(), traffic.sas() == 1 ? "" : "s",
            device.ppes(), device.ppes() == 1 ? "" : "s", traffic.mix().name(), dispatch()) + unusual();
    }

    /** What is not as usual, behind the rest. */
    public String unusual() {
        return columns(List.of(this)).stream().filter(column -> column >= ALWAYS).map(
            column -> ", " + (COLUMNS.get(column).equals("burst") ? "bursts of " : "") + cells().get(column)).collect(Collectors.joining());
    }

    /** As JSON; two points with the same map are measured in the same way. */
    public Map<String, @Nullable Object> toMap() {
        final Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("size", traffic.sizes().name());
        map.put("mean_clear_octets", traffic.sizes().mean());
        map.put("mix", traffic.mix().name());
        map.put("suite", suite());
        map.put("sas", traffic.sas());
        map.put("replay_window", traffic.window());
        map.put("esn", traffic.esn());
        map.put("nat_t", traffic.natT());
        map.put("burst", traffic.bursts().packets());
        map.put("line_gigabits", traffic.bursts().gigabits());
        map.put("mtu", traffic.mtu());
        map.put("seed", traffic.seed());
        map.put("platform", device.platform() == null ? null : device.platform().key());
        map.put("licensed_megabits", device.licence());
        map.put("ppes", device.ppes());
        map.put("threads", device.threads());
        map.put("ring_slots", device.ringSlots());
        map.put("dispatch", dispatch());
        map.put("crypto", device.crypto());
        return map;
    }
}
