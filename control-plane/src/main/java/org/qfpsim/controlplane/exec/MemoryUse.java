package org.qfpsim.controlplane.exec;

import java.util.LinkedHashMap;
import java.util.Map;
import org.qfpsim.controlplane.config.text.RunningConfig;
import org.qfpsim.controlplane.platform.Machine;
import org.qfpsim.datapath.route.PacketBuffers;
import org.qfpsim.datapath.route.RoutedConfig;

/** What of the router's memory is in use: that of this process where time is real, else what the router's tables hold. */
public final class MemoryUse {
    /** Octets of an SA's record in the datapath. */
    private static final long SA_OCTETS = 256;
    /** Octets of an interface's counters there. */
    private static final long INTERFACE_OCTETS = 128;
    /** Octets of a route's or a neighbour's entry, about. */
    private static final long ENTRY_OCTETS = 64;

    private final Box box;
    private final Machine machine;
    private final Tables tables;
    private long most;

    /** How many SAs are installed. */
    @FunctionalInterface
    public interface Tables {
        /** IPsec SAs that are installed. */
        long activeSas();
    }

    /**
     * The memory of one router.
     *
     * @param box     the router.
     * @param machine what it runs on.
     * @param tables  what is not in the box.
     */
    public MemoryUse(final Box box, final Machine machine, final Tables tables) {
        this.box = box;
        this.machine = machine;
        this.tables = tables;
    }

    /**
     * What the tables of a datapath take, by the process that fills them.
     *
     * @param routed what it is configured with.
     * @param sas    IPsec SAs that are installed.
     * @return octets.
     */
    public static Map<String, Long> ofDatapath(final RoutedConfig routed, final long sas) {
        final Map<String, Long> all = new LinkedHashMap<>();
        all.put(ProcessTimes.Process.RECLAIM.title(), sas * SA_OCTETS);
        all.put("IF-MGR", routed.interfaces().size() * INTERFACE_OCTETS);
        all.put("IP RIB", routed.routes().size() * ENTRY_OCTETS);
        all.put("ARP Input", routed.adjacencies().size() * ENTRY_OCTETS);
        all.put("NHRP", routed.nhrp().size() * ENTRY_OCTETS);
        return all;
    }

    /** Octets that are held, by process. */
    Map<String, Long> holdings() {
        final Map<String, Long> all = ofDatapath(box.datapath().configuration(), tables.activeSas());
        all.put("Logger", box.log().buffer().stream().mapToLong(String::length).sum());
        all.put("Virtual Exec", (long) RunningConfig.text(box.config(), RunningConfig.Keys.HIDDEN).length());
        return all;
    }

    private long held() {
        return holdings().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Octets of all of it. */
    long total() {
        return machine.memoryTotal(Hardware.of(box.config().simulator().platform()).physical() << 10);
    }

    /** Octets in use. */
    long used() {
        final long now = machine.memoryUsed(held());
        most = Math.max(most, now);
        return now;
    }

    /** Octets that are taken from the system. */
    long committed() {
        return machine.memoryCommitted(used());
    }

    /** The fewest octets that were free; looked at now and every few seconds. */
    long lowest() {
        used();
        return total() - most;
    }

    /** Looks how much is in use, for {@link #lowest}; to be called now and then. */
    public void sample() {
        used();
    }

    /** The ring from the control plane to the datapath. */
    PacketBuffers buffers() {
        return box.datapath().buffers();
    }
}
