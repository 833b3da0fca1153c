package org.qfpsim.datapath.route;

import org.jspecify.annotations.Nullable;

/** The {@link RouteTables} that hold at each position in the order of arrival. Published by the dispatcher, looked up by gather. */
public final class RouteVersions {
    private volatile Version newest = new Version(Long.MIN_VALUE, new RouteTables(RoutedConfig.EMPTY, null, new PortCounters[0]), null);
    /** What the control thread compiled last. */
    private RouteTables compiled = newest.tables;
    /** By the index of the interface; the control thread's. Gather finds them in its tables. */
    private PortCounters[] counters = {};
    /** Of the way from and to the control plane. */
    private final PortCounters internal = new PortCounters();

    private static final class Version {
        private final long from;
        private final RouteTables tables;
        private @Nullable Version previous;

        Version(final long from, final RouteTables tables, final @Nullable Version previous) {
            this.from = from;
            this.tables = tables;
            this.previous = previous;
        }
    }

    /**
     * Compiles a configuration. Control thread.
     *
     * @param config what is to hold.
     * @return the tables, for {@link #publish}.
     */
    public RouteTables compile(final RoutedConfig config) {
        counters = RouteBuilder.counters(config, counters);
        compiled = new RouteTables(config, compiled, counters);
        return compiled;
    }

    /** What the control thread compiled last. */
    public RoutedConfig configuration() {
        return compiled.config;
    }

    /**
     * Makes tables hold. Dispatcher's thread.
     *
     * @param tables   from {@link #compile}.
     * @param position of the first packet that sees them.
     * @param passed   a position that gather has reached.
     */
    public void publish(final RouteTables tables, final long position, final long passed) {
        for (Version version = newest; version != null; version = version.previous) {
            if (version.from <= passed) {
                // Gather stops here at the latest, so it does not read what is cut off.
                version.previous = null;
            }
        }
        newest = new Version(position, tables, newest);
    }

    /**
     * What an interface has counted. Control thread.
     *
     * @param interfaceIndex one that was compiled, or {@link RoutedConfig#NO_INTERFACE} for the way from and to the control plane.
     * @return its counters.
     */
    public PortCounters counters(final int interfaceIndex) {
        return interfaceIndex == RoutedConfig.NO_INTERFACE ? internal : counters[interfaceIndex];
    }

    /** What came from the control plane, and went there. Gather. */
    PortCounters internal() {
        return internal;
    }

    /** The tables of a packet. Gather. */
    RouteTables at(final long arrival) {
        Version version = newest;
        while (version.from > arrival && version.previous != null) {
            version = version.previous;
        }
        return version.tables;
    }
}
