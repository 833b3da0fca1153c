package org.qfpsim.sim.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qfpsim.controlplane.live.CounterLook;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.live.RouterLook.Event;
import org.qfpsim.controlplane.live.RouterLook.Kind;
import org.qfpsim.controlplane.live.RouterLook.UnknownSpi;
import org.qfpsim.controlplane.qfp.load.Load;
import org.qfpsim.datapath.counters.CostLook;

/** Makes looks at a router that does not exist. */
public final class Looks {
    /** Nanoseconds. */
    public static final long SECOND = 1_000_000_000L;

    private final List<Event> events = new ArrayList<>();
    private final List<UnknownSpi> spis = new ArrayList<>();
    private final Map<Integer, CounterLook.Drops> global = new TreeMap<>();
    private final Map<Integer, Long> ipsec = new TreeMap<>();
    private long started;
    private long nanos;
    private long forwarded;
    private long punted;
    private int engines = 1;

    /** How many engines have done it, each the same part. */
    public Looks engines(final int count) {
        engines = count;
        return this;
    }

    /** Lets time pass. */
    public Looks pass(final long more) {
        nanos += more;
        return this;
    }

    /** It has been started again. */
    public Looks restart() {
        started = nanos;
        forwarded = 0;
        punted = 0;
        global.clear();
        ipsec.clear();
        events.clear();
        spis.clear();
        return this;
    }

    /** Packets that left. */
    public Looks forward(final long packets) {
        forwarded += packets;
        return this;
    }

    /** Packets that went up. */
    public Looks punt(final long packets) {
        punted += packets;
        return this;
    }

    /** Packets of 100 octets that were lost to a global drop. */
    public Looks drop(final int id, final long packets) {
        final CounterLook.Drops old = global.getOrDefault(id, new CounterLook.Drops(0, 0));
        global.put(id, new CounterLook.Drops(old.packets() + packets, old.octets() + 100 * packets));
        return this;
    }

    /** Packets that an IPsec type counted. */
    public Looks type(final int id, final long packets) {
        ipsec.merge(id, packets, Long::sum);
        return this;
    }

    /** An unknown SPI. */
    public Looks spi(final String source, final String spi, final long packets, final String reading) {
        spis.add(new UnknownSpi(source, "20.1.1.2", spi, packets, nanos, reading));
        return this;
    }

    /** An event. */
    public Looks event(final Kind kind, final long number, final int severity, final String text) {
        final String time = "13:22:%02d.000".formatted(nanos / SECOND % 60);
        events.add(new Event(kind, number, nanos, time, nanos, time, severity, text));
        return this;
    }

    /** The look. */
    public RouterLook look() {
        final long dropped = global.values().stream().mapToLong(CounterLook.Drops::packets).sum();
        final Map<String, Long> row = Map.of("forwarded", forwarded / engines, "dropped", dropped / engines, "punted", punted / engines);
        return new RouterLook("R2", "esp20", "3.7", 4711, started, nanos, "13:22:%02d.000 UTC".formatted(nanos / SECOND % 60),
            new CounterLook(Map.of("received", forwarded + dropped + punted, "forwarded", forwarded, "dropped", dropped, "punted", punted),
                Collections.nCopies(engines, row), new TreeMap<>(global), new TreeMap<>(ipsec), CostLook.NOTHING), List.of(),
            new Load(1234567, 9.87e9, 1000, 5e5, 42, false, 7), List.copyOf(spis), spis.stream().mapToLong(UnknownSpi::packets).sum(),
            List.copyOf(events), events.size());
    }
}
