package org.qfpsim.sim.throughput.load;

import java.util.LinkedHashMap;
import java.util.Map;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;

/** What a router has counted between two times; and whether it adds up with what was sent. */
public final class Accounts {
    private final CounterReader counters;
    private final EngineToken token;
    private final long[] totals = new long[Total.values().length];
    private final long[] global = new long[GlobalDrop.values().length];
    private final long[] ipsec = new long[IpsecDrop.values().length];

    Accounts(final CounterReader counters, final EngineToken token) {
        this.counters = counters;
        this.token = token;
    }

    /** Starts at zero: nothing is in flight. */
    public void begin() {
        for (final Total total : Total.values()) {
            totals[total.ordinal()] = counters.total(total);
        }
        for (final GlobalDrop drop : GlobalDrop.values()) {
            global[drop.ordinal()] = counters.globalPackets(drop.id());
        }
        for (final IpsecDrop drop : IpsecDrop.values()) {
            ipsec[drop.ordinal()] = counters.ipsecPackets(drop.id());
        }
    }

    /**
     * A total since the beginning.
     *
     * @param total which.
     * @return how many.
     */
    public long total(final Total total) {
        return counters.total(total) - totals[total.ordinal()];
    }

    private long global(final GlobalDrop drop) {
        return counters.globalPackets(drop.id()) - global[drop.ordinal()];
    }

    private long ipsec(final IpsecDrop drop) {
        return counters.ipsecPackets(drop.id()) - ipsec[drop.ordinal()];
    }

    /** All drops. */
    public long dropped() {
        long sum = 0;
        for (final GlobalDrop drop : GlobalDrop.values()) {
            sum += global(drop);
        }
        return sum;
    }

    /** Drops by name: the global one, of an IPsec type followed by its own. */
    public Map<String, Long> drops() {
        final Map<String, Long> drops = new LinkedHashMap<>();
        final long[] explained = new long[GlobalDrop.values().length];
        for (final IpsecDrop drop : IpsecDrop.values()) {
            final GlobalDrop of = drop.global();
            if (of != null && ipsec(drop) != 0) {
                drops.put(of.cliName() + "/" + drop.name(token), ipsec(drop));
                explained[of.ordinal()] += ipsec(drop);
            }
        }
        for (final GlobalDrop drop : GlobalDrop.values()) {
            final long rest = global(drop) - explained[drop.ordinal()];
            if (rest != 0) {
                drops.put(drop.cliName(), rest);
            }
        }
        return drops;
    }

    /**
     * Drops that the sender meant to happen.
     *
     * @param sent frames by kind.
     * @return how many.
     */
    public long intended(final Map<String, Long> sent) {
        long sum = 0;
        final boolean[] seen = new boolean[ipsec.length];
        for (final PacketKind kind : PacketKind.values()) {
            final IpsecDrop drop = kind.drop();
            if (drop != null && sent.containsKey(kind.key()) && !seen[drop.ordinal()]) {
                seen[drop.ordinal()] = true;
                sum += ipsec(drop);
            }
        }
        return sum;
    }

    /**
     * Whether every frame has one outcome, and nothing was counted that was not sent.
     *
     * @param offered frames.
     * @param sent    the same by kind.
     * @param rekeys  whether good packets may have met a router without their SA.
     * @return empty, or what is wrong.
     */
    public String check(final long offered, final Map<String, Long> sent, final boolean rekeys) {
        final long received = total(Total.RECEIVED);
        final long outcomes = total(Total.FORWARDED) + dropped() + total(Total.PUNTED) + total(Total.CONSUMED);
        if (received != offered) {
            return "offered " + offered + ", received " + received;
        }
        if (outcomes != received) {
            return "received " + received + ", outcomes " + outcomes;
        }
        for (final PacketKind kind : PacketKind.values()) {
            final IpsecDrop drop = kind.drop();
            if (drop != null && ipsec(drop) > sentFor(drop, sent) && !(rekeys && kind == PacketKind.UNKNOWN_SPI)) {
                return drop.name(token) + " " + ipsec(drop) + ", sent for it " + sentFor(drop, sent);
            }
        }
        return "";
    }

    private static long sentFor(final IpsecDrop drop, final Map<String, Long> sent) {
        long sum = 0;
        for (final PacketKind kind : PacketKind.values()) {
            sum += kind.drop() == drop ? sent.getOrDefault(kind.key(), 0L) : 0;
        }
        return sum;
    }
}
