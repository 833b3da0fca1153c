package org.qfpsim.sim.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.qfp.load.CostTable;

/** A router's history as JSON values. */
public final class LiveJson {
    private LiveJson() {
    }

    /**
     * What is known now.
     *
     * @param history of the router.
     * @param router  its name.
     * @param routers all of its process.
     * @param after   number of the last point that the reader has.
     * @return maps, lists, strings, numbers.
     */
    public static Map<String, Object> of(final History history, final String router, final List<String> routers, final long after) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("router", router);
        map.put("routers", routers);
        map.put("up", history.up());
        final RouterLook look = history.last();
        if (look != null) {
            map.put("name", look.name());
            map.put("platform", look.platform());
            map.put("release", look.release());
            map.put("process", look.process());
            map.put("time", look.time());
            map.put("nanos", look.nanos());
            map.put("started_nanos", look.startedNanos());
            map.put("in_flight", look.counters().inFlight());
            map.put("totals", look.counters().totals());
            map.put("interfaces", look.interfaces().stream().map(LiveJson::of).toList());
            map.put("cost", CostTable.toMap(look.counters().costs()));
            map.put("last_point", history.lastNumber());
            map.put("points", history.points(after));
            map.put("drops", history.drops());
            map.put("unknown_spi_packets", look.spiPackets());
            map.put("unknown_spis", look.unknownSpis());
            map.put("events", history.events());
        }
        return map;
    }

    private static Map<String, Object> of(final RouterLook.Interface one) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", one.name());
        one.counts().forEach((count, value) -> map.put(count.name().toLowerCase(Locale.ROOT), value));
        return map;
    }
}
