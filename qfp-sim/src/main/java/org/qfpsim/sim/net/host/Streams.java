package org.qfpsim.sim.net.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The streams of a network: hosts that receive look up whose packet it is. Shared by its hosts, on the network's thread. */
public final class Streams {
    private final Map<Integer, StreamMeter> meters = new LinkedHashMap<>();

    /**
     * Adds a stream.
     *
     * @param spec with a number that no other has.
     * @return what will be known of it.
     * @throws IllegalArgumentException if another has the number.
     */
    public StreamMeter add(final StreamSpec spec) {
        final StreamMeter meter = new StreamMeter(spec);
        if (meters.putIfAbsent(spec.id(), meter) != null) {
            throw new IllegalArgumentException("two streams have the number " + spec.id());
        }
        return meter;
    }

    @Nullable StreamMeter find(final int id) {
        return meters.get(id);
    }

    /** All of them in the order in which they were added. */
    public List<StreamMeter> all() {
        return new ArrayList<>(meters.values());
    }
}
