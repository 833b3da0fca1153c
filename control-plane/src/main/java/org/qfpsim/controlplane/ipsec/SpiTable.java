package org.qfpsim.controlplane.ipsec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import org.qfpsim.datapath.packet.IpAddress;

/** SPIs that IKE has taken for SAs that are not installed yet: what {@code show crypto ipsec spi-lookup} calls the transient table. */
final class SpiTable {
    /** SPIs below are reserved (RFC 4303 section 2.1). */
    static final int FIRST = 256;

    private final Map<Integer, TransientSpi> reserved = new LinkedHashMap<>();
    private final RandomGenerator random;
    private final IntPredicate installed;


    SpiTable(final RandomGenerator random, final IntPredicate installed) {
        this.random = random;
        this.installed = installed;
    }

    int reserve(final IpAddress peer, final long now) {
        while (true) {
            final int spi = random.nextInt();
            if (Integer.compareUnsigned(spi, FIRST) >= 0 && !installed.test(spi) && !reserved.containsKey(spi)) {
                reserved.put(spi, new TransientSpi(spi, peer, now));
                return spi;
            }
        }
    }

    void release(final int spi) {
        reserved.remove(spi);
    }

    boolean isReserved(final int spi) {
        return reserved.containsKey(spi);
    }

    List<TransientSpi> all() {
        return List.copyOf(reserved.values());
    }

    int size() {
        return reserved.size();
    }
}
