package org.qfpsim.sim.net.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.net.Wire;

/** What a host and a NAT box have in common: a name, interfaces, counters by name, power, and no log. One thread. */
abstract class SimpleNode implements Node {
    private final String name;
    private final List<String> interfaces;
    private final List<String> names;
    private final Map<String, Long> counters = new LinkedHashMap<>();
    private @Nullable Wire wire;
    private boolean running = true;
    private long now;

    /** A running node; counters that it has not counted yet are 0 if their names are among those given. */
    SimpleNode(final String name, final List<String> interfaces, final List<String> counters) {
        this.name = name;
        this.interfaces = interfaces;
        names = counters;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<String> interfaces() {
        return interfaces;
    }

    @Override
    public final void connect(final Wire toNetwork) {
        wire = toNetwork;
    }

    final void transmit(final int interfaceIndex, final byte[] frame) {
        if (wire != null) {
            wire.send(interfaceIndex, new UnsafeBuffer(frame), 0, frame.length);
        }
    }

    final void count(final String counter) {
        counters.merge(counter, 1L, Long::sum);
    }

    /** What was counted so far. */
    final Map<String, Long> counted() {
        return counters;
    }

    final boolean isRunning() {
        return running;
    }

    final long now() {
        return now;
    }

    final void now(final long nanos) {
        now = nanos;
    }

    @Override
    public void crash() {
        running = false;
    }

    @Override
    public final void restart(final long nanos) {
        running = true;
        now = nanos;
    }

    @Override
    public final void onLog(final Consumer<String> listener) {
        // It logs nothing.
    }

    @Override
    public OptionalLong counter(final String counter) {
        return names.contains(counter) ? OptionalLong.of(counters.getOrDefault(counter, 0L)) : OptionalLong.empty();
    }
}
