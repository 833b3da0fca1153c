package org.qfpsim.sim.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.live.CounterLook;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.qfp.load.Load;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;

/**
 * What happened between two looks.
 *
 * @param number  counts points.
 * @param nanos   when it ends, on the router's clock.
 * @param seconds how long it is.
 * @param all     of the router.
 * @param engines of each packet processing engine.
 * @param drops   packets a second of each global drop, by its name, without those of which there were none.
 * @param ipsec   packets a second of each IPsec type, by number and name, likewise.
 * @param load    of the last five seconds, or null.
 */
public record Point(long number, long nanos, double seconds, Rates all, List<Rates> engines, Map<String, Double> drops,
                    Map<String, Double> ipsec, @Nullable Load load) {
    private static final double SECOND = 1e9;

    static Point between(final long number, final RouterLook before, final RouterLook now) {
        final CounterLook from = before.counters();
        final CounterLook to = now.counters();
        final double seconds = (now.nanos() - before.nanos()) / SECOND;
        final List<Rates> engines = new ArrayList<>();
        for (int i = 0; i < to.engines().size(); i++) {
            engines.add(Rates.ofEngine(to.engines().get(i), i < from.engines().size() ? from.engines().get(i) : Map.of(), seconds));
        }
        final Map<String, Double> drops = new TreeMap<>();
        to.global().forEach((id, count) -> {
            final CounterLook.Drops old = from.global().get(id);
            put(drops, globalName(id), count.packets() - (old == null ? 0 : old.packets()), seconds);
        });
        final Map<String, Double> ipsec = new TreeMap<>();
        final EngineToken token = PlatformProfile.parse(now.platform()).token();
        to.ipsec().forEach((id, packets) -> put(ipsec, ipsecName(id, token), packets - from.ipsec().getOrDefault(id, 0L), seconds));
        return new Point(number, now.nanos(), seconds, Rates.of(to.totals(), from.totals(), seconds), engines, drops, ipsec, now.load());
    }

    private static void put(final Map<String, Double> rates, final String name, final long packets, final double seconds) {
        if (packets > 0) {
            rates.put(name, packets / seconds);
        }
    }

    /** The name that the platform prints; a router of another version may have more of them. */
    static String globalName(final int id) {
        final GlobalDrop drop = GlobalDrop.byId(id);
        return drop == null ? "drop " + id : drop.cliName();
    }

    /** Number and name. */
    static String ipsecName(final int id, final EngineToken token) {
        final IpsecDrop drop = IpsecDrop.byId(id);
        return drop == null ? "type " + id : id + " " + drop.name(token);
    }
}
