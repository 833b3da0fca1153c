package org.qfpsim.controlplane.nhrp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/** A next hop of a tunnel that is known, or looked for. Owned by {@link NhrpCache}. */
final class NhrpEntry {
    /** Stations that are told when an entry changes; those beyond wait for their holding time. */
    private static final int MAX_ASKERS = 256;

    /**
     * Which.
     *
     * @param tunnel   index of the interface.
     * @param protocol the inner address.
     */
    record Key(int tunnel, IpAddress protocol) {
    }

    final Key key;
    final long createdNanos;
    /** Where packets go; null while nothing is known. */
    @Nullable IpAddress nbma;
    /** What the client says its outer address is, if a NAT has changed it; otherwise null. */
    @Nullable IpAddress claimed;
    /** The inner address of the station that packets go to. */
    IpAddress via;
    /** Outer address of the station that told it, and may take it back; null while nothing is known. */
    @Nullable IpAddress teacher;
    /** Whether it is still looked for; {@link #nbma} is then that of a server that passes packets on. */
    boolean incomplete;
    /** Whether the client itself has registered it here. */
    boolean registered;
    boolean unique;
    long expiresNanos;
    /** Packets that were lost for want of it, and answers that were given from it. */
    long hits;
    /** While looked for: the number of the request, and how often it was sent. */
    int requestId;
    int attempts;
    Timers.@Nullable Timer expiry;
    Timers.@Nullable Timer retry;
    /** Who was told it as an answer, by inner address, with the outer address. */
    private final Map<IpAddress, IpAddress> askers = new LinkedHashMap<>();

    NhrpEntry(final Key key, final long createdNanos) {
        this.key = key;
        this.createdNanos = createdNanos;
        this.via = key.protocol;
    }

    /** Remembers whom it was told. */
    void told(final IpAddress asker, final IpAddress outer) {
        if (askers.size() < MAX_ASKERS || askers.containsKey(asker)) {
            askers.put(asker, outer);
        }
    }

    /** Those whom it was told; they are forgotten. */
    Map<IpAddress, IpAddress> takeAskers() {
        final Map<IpAddress, IpAddress> taken = new LinkedHashMap<>(askers);
        askers.clear();
        return taken;
    }

    /** Whether it is known where packets go. */
    boolean isKnown() {
        return !incomplete && nbma != null;
    }
}
