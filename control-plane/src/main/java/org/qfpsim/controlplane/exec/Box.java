package org.qfpsim.controlplane.exec;

import java.util.function.Supplier;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.eem.EventManager;
import org.qfpsim.controlplane.neighbor.NeighborTable;
import org.qfpsim.controlplane.show.FlashFiles;
import org.qfpsim.controlplane.syslog.SyslogService;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.route.RoutedDatapath;

/**
 * What the commands of this package see of a router.
 *
 * @param current    the configuration that holds.
 * @param atBoot     the configuration that it started with.
 * @param bootNanos  when it started.
 * @param timers     the time.
 * @param clock      the time of day.
 * @param log        its log.
 * @param neighbors  its neighbours.
 * @param datapath   what forwards.
 * @param events     its applets.
 * @param statistics what its interfaces have counted.
 * @param nvram      has the startup configuration.
 * @param flash      has files.
 * @param reloaded   whether a reload has started it; otherwise its power came on.
 * @param reload     starts it again.
 */
public record Box(Supplier<RouterConfig> current, RouterConfig atBoot, long bootNanos, Timers timers, WallClock clock, SyslogService log,
                  NeighborTable neighbors, RoutedDatapath datapath, EventManager events, InterfaceStatistics statistics, Nvram nvram,
                  FlashFiles flash, boolean reloaded, Runnable reload) {
    /** The configuration that holds. */
    RouterConfig config() {
        return current.get();
    }

    /** Nanoseconds since it started. */
    long uptime() {
        return timers.nanos() - bootNanos;
    }
}
