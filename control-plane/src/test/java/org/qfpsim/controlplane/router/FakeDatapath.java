package org.qfpsim.controlplane.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ipsec.FlowSpec;
import org.qfpsim.controlplane.ipsec.IpsecDatapath;
import org.qfpsim.controlplane.ipsec.UnknownSpi;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;

/** A datapath that moves numbers instead of octets: enough to see which packets would be lost, and why. */
final class FakeDatapath implements IpsecDatapath {
    private final LongSupplier clock;
    final Map<Integer, FlowSpec> flows = new LinkedHashMap<>();
    final Map<Integer, FakeSa> outbound = new HashMap<>();
    final Map<Integer, FakeSa> inbound = new LinkedHashMap<>();
    final List<String> violations = new ArrayList<>();
    @Nullable Listener listener;
    long delivered;
    long unknown;
    long expired;
    long noSa;
    long usesRead;
    private final Map<Integer, Long> withoutSa = new HashMap<>();

    FakeDatapath(final LongSupplier clock) {
        this.clock = clock;
    }

    final class FakeSa implements Sa {
        final SaSpec spec;
        final int flow;
        final boolean in;
        private long packets;
        private long octets;
        private long replayed;
        private long unverified;
        private long last = Use.NEVER;
        private boolean retired;
        private boolean told;

        FakeSa(final SaSpec spec, final int flow, final boolean in) {
            this.spec = spec;
            this.flow = flow;
            this.in = in;
        }

        @Override
        public Use use() {
            usesRead++;
            return new Use(packets, octets, replayed, unverified, spec.initialSequence() + packets, last);
        }

        @Override
        public void retire() {
            if (!retired) {
                retired = true;
                (in ? inbound : outbound).remove(in ? spec.spi() : flow, this);
            }
        }

        /** As if traffic had gone through. */
        void set(final long newPackets, final long newOctets, final long newReplayed, final long newUnverified) {
            packets = newPackets;
            octets = newOctets;
            replayed = newReplayed;
            unverified = newUnverified;
        }

        void fail(final long newReplayed, final long newUnverified) {
            replayed = newReplayed;
            unverified = newUnverified;
        }

        /** Null if the packet passes, otherwise why not. */
        boolean pass(final int size) {
            final SaSpec.Lifetime life = spec.lifetime();
            if (clock.getAsLong() >= life.hardNanos()) {
                return false;
            }
            octets += size;
            final SaId id = new SaId(in, spec.destination(), spec.spi());
            if (life.hardBytes() != 0 && octets > life.hardBytes()) {
                owner().volume(id, true);
                return false;
            }
            packets++;
            last = clock.getAsLong();
            if (life.softBytes() != 0 && octets > life.softBytes() && !told) {
                told = true;
                owner().volume(id, false);
            }
            return true;
        }
    }

    Listener owner() {
        if (listener == null) {
            throw new IllegalStateException("nobody listens");
        }
        return listener;
    }

    @Override
    public void listener(final Listener next) {
        listener = next;
    }

    @Override
    public void addFlow(final FlowSpec flow) {
        if (flow.policy().peer() == null || flows.put(flow.policy().id(), flow) != null) {
            violations.add("flow " + flow + " added twice or without peer");
        }
    }

    @Override
    public void removeFlow(final int flow) {
        if (flows.remove(flow) == null || outbound.containsKey(flow)) {
            violations.add("flow " + flow + " removed with SA, or it was not there");
        }
    }

    @Override
    public long withoutSa(final int flow) {
        return withoutSa.getOrDefault(flow, 0L);
    }

    void withoutSa(final int flow, final long packets) {
        withoutSa.put(flow, packets);
    }

    @Override
    public Sa installInbound(final int flow, final SaSpec spec) {
        final FakeSa sa = new FakeSa(spec, flow, true);
        if (!flows.containsKey(flow) || inbound.put(spec.spi(), sa) != null) {
            violations.add("inbound SA " + spec.name() + " without flow, or twice");
        }
        return sa;
    }

    @Override
    public Sa installOutbound(final int flow, final SaSpec spec) {
        final FakeSa sa = new FakeSa(spec, flow, false);
        if (!flows.containsKey(flow)) {
            violations.add("outbound SA " + spec.name() + " without flow");
        }
        outbound.put(flow, sa);
        return sa;
    }

    /** A packet leaves; null if it is lost here, otherwise the SA that it left through. */
    @Nullable SaSpec send(final int flow, final int size) {
        final FakeSa sa = outbound.get(flow);
        if (sa == null) {
            noSa++;
            withoutSa.merge(flow, 1L, Long::sum);
            if (flows.containsKey(flow)) {
                owner().noSa(flow);
            }
            return null;
        }
        if (!sa.pass(size)) {
            expired++;
            return null;
        }
        return sa.spec;
    }

    /** A packet arrives. */
    void receive(final SaSpec sender, final int size) {
        receive(sender.source(), sender.destination(), sender.spi(), sender.udpEncap() != null, size);
    }

    void receive(final IpAddress source, final IpAddress destination, final int spi, final boolean udp, final int size) {
        final FakeSa sa = inbound.get(spi);
        if (sa == null) {
            unknown++;
            owner().unknownSpi(new UnknownSpi(source, destination, spi, 50, udp ? 4500 : 0, udp ? 4500 : 0, TestConfig.OUTSIDE, 1));
        } else if (sa.pass(size)) {
            delivered++;
        } else {
            expired++;
        }
    }
}
