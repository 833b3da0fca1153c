package org.qfpsim.controlplane.live;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.live.RouterLook.Count;
import org.qfpsim.controlplane.qfp.QfpShow;
import org.qfpsim.controlplane.recovery.InvalidSpiRecovery;
import org.qfpsim.controlplane.recovery.SpiEntry;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.controlplane.syslog.SyslogService;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.PortCounters;
import org.qfpsim.datapath.route.RoutedDatapath;

/** Takes looks at a router. The control thread's; it only reads, and a look has a bounded size whatever the router has. */
public final class RouterWatch {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS zzz EEE MMM d yyyy", Locale.ROOT);

    private final Sources from;
    private final EventTail events;
    private final long startedNanos;

    /**
     * What it looks at.
     *
     * @param config   that holds.
     * @param clock    the router's.
     * @param log      its log.
     * @param counters of its datapath.
     * @param datapath its interfaces.
     * @param control  its control plane.
     * @param qfp      load of its QFP.
     */
    public record Sources(Supplier<RouterConfig> config, WallClock clock, SyslogService log, CounterReader counters,
                          RoutedDatapath datapath, ControlPlane control, QfpShow qfp) {
    }

    /**
     * Begins to listen to the log.
     *
     * @param from what it looks at.
     */
    public RouterWatch(final Sources from) {
        this.from = from;
        events = new EventTail(from.clock, from.control.kmi().traces());
        startedNanos = from.clock.uptimeNanos();
        from.log.listen(events);
    }

    /** The router as it is now. */
    public RouterLook look() {
        final RouterConfig config = from.config.get();
        final InvalidSpiRecovery recovery = from.control.recovery();
        return new RouterLook(config.hostname(), config.simulator().platform().key(), config.simulator().release().toString(),
            ProcessHandle.current().pid(), startedNanos, from.clock.uptimeNanos(), TIME.format(from.clock.local()),
            CounterLook.read(from.counters), interfaces(), from.qfp.load(), spis(recovery), recovery.packets(), events.last(),
            from.log.logged());
    }

    private List<RouterLook.Interface> interfaces() {
        final List<RouterLook.Interface> all = new ArrayList<>();
        for (final InterfaceSpec spec : from.datapath.configuration().interfaces()) {
            final PortCounters counters = from.datapath.portCounters(all.size());
            final Map<Count, Long> counts = new EnumMap<>(Count.class);
            for (final Count count : Count.values()) {
                counts.put(count, counters.get(count.column()));
            }
            all.add(new RouterLook.Interface(spec.name(), counts));
        }
        return all;
    }

    private static List<RouterLook.UnknownSpi> spis(final InvalidSpiRecovery recovery) {
        return recovery.entries().stream().sorted(Comparator.comparingLong(SpiEntry::packets).reversed()).limit(RouterLook.MAX_SPIS)
            .map(each -> new RouterLook.UnknownSpi(each.key().source().toString(), each.key().destination().toString(),
                String.format(Locale.ROOT, "0x%08X", each.key().spi()), each.packets(), each.lastNanos(), recovery.reading(each).text()))
            .toList();
    }
}
