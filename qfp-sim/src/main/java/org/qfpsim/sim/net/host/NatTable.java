package org.qfpsim.sim.net.host;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Who inside has which port outside. Mappings do not depend on the destination and end when nothing has left through them for a while
 * (RFC 4787 sections 4.1 and 4.3). One thread.
 */
final class NatTable {
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 40_000;

    private final long timeoutNanos;
    private final SplittableRandom random;
    /** In the order of their last use. */
    private final LinkedHashMap<Inside, Mapping> inside = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Outside, Mapping> outside = new HashMap<>();

    /** One end inside: for ICMP the port is the identifier. */
    record Inside(int protocol, IpAddress address, int port) {
    }

    private record Outside(int protocol, int port) {
    }

    /** A mapping. */
    static final class Mapping {
        private final Inside inside;
        private final int port;
        private long used;

        Mapping(final Inside inside, final int port) {
            this.inside = inside;
            this.port = port;
        }

        Inside inside() {
            return inside;
        }

        int port() {
            return port;
        }
    }

    NatTable(final long timeoutNanos, final long seed) {
        this.timeoutNanos = timeoutNanos;
        this.random = new SplittableRandom(seed);
    }

    int size() {
        return inside.size();
    }

    Iterable<Mapping> mappings() {
        return inside.values();
    }

    /** The mapping for a packet that leaves, a new one if need be; null if all ports are taken. */
    @Nullable Mapping leave(final Inside from, final long nanos) {
        expire(nanos);
        Mapping mapping = inside.get(from);
        if (mapping == null) {
            if (inside.size() >= PORTS / 2) {
                return null;
            }
            mapping = new Mapping(from, freePort(from.protocol()));
            inside.put(from, mapping);
            outside.put(new Outside(from.protocol(), mapping.port), mapping);
        }
        mapping.used = nanos;
        return mapping;
    }

    /** At most half of the ports are in use, so this ends soon. */
    private int freePort(final int protocol) {
        int port;
        do {
            port = FIRST_PORT + random.nextInt(PORTS);
        } while (outside.containsKey(new Outside(protocol, port)));
        return port;
    }

    /** The mapping for a packet that comes; null if there is none. */
    @Nullable Mapping enter(final int protocol, final int port, final long nanos) {
        expire(nanos);
        return outside.get(new Outside(protocol, port));
    }

    private void expire(final long nanos) {
        final Iterator<Mapping> oldest = inside.values().iterator();
        while (oldest.hasNext()) {
            final Mapping mapping = oldest.next();
            if (nanos - mapping.used < timeoutNanos) {
                return;
            }
            oldest.remove();
            outside.remove(new Outside(mapping.inside.protocol(), mapping.port));
        }
    }

    /** Gives every mapping another port; those inside do not notice, those outside see another sender. */
    void rebind() {
        for (final Map.Entry<Inside, Mapping> entry : inside.entrySet()) {
            final Mapping before = entry.getValue();
            final Mapping after = new Mapping(before.inside, freePort(before.inside.protocol()));
            after.used = before.used;
            outside.remove(new Outside(before.inside.protocol(), before.port));
            outside.put(new Outside(before.inside.protocol(), after.port), after);
            entry.setValue(after);
        }
    }

    void clear() {
        inside.clear();
        outside.clear();
    }
}
