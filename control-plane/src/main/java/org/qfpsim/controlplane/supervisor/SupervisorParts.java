package org.qfpsim.controlplane.supervisor;

import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.qfpsim.controlplane.exec.Nvram;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.controlplane.platform.Machine;
import org.qfpsim.controlplane.show.FlashFiles;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.route.RoutedDatapath;

/**
 * What a supervisor is given.
 *
 * @param timers     its clock, which its owner moves.
 * @param clock      the time of day.
 * @param datapath   of the router, without interfaces.
 * @param counters   of the datapath.
 * @param carrier    whether something carries frames on a physical interface, by its name.
 * @param random     the only source of randomness.
 * @param store      where SAs are kept.
 * @param keyLog     is told the keys of IKE and ESP.
 * @param flash      files of the router.
 * @param nvram      its startup configuration.
 * @param reloaded   whether it was reloaded; otherwise its power came on.
 * @param station    distinguishes its Ethernet addresses, 0 to 2^24 - 1.
 * @param machine    what its work takes.
 */
public record SupervisorParts(Timers timers, WallClock clock, RoutedDatapath datapath, CounterReader counters, Predicate<String> carrier,
                             RandomGenerator random, SaStore store, IkeKeyLog keyLog, FlashFiles flash, Nvram nvram,
                             boolean reloaded, int station, Machine machine) {
}
