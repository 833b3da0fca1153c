package org.qfpsim.controlplane.ike.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** An IPsec manager that only keeps books, and fails when IKE does what its contract forbids. */
public final class FakeEngine implements IpsecEngine {
    private final IntSupplier spis;
    private final List<ChildPolicy> policies = new ArrayList<>();
    private final Map<Integer, ChildSa> pairs = new LinkedHashMap<>();
    private final Set<Integer> sending = new LinkedHashSet<>();
    private final Set<Integer> reserved = new LinkedHashSet<>();
    private final List<String> events = new ArrayList<>();
    private boolean traffic = true;
    private boolean hears;
    private boolean full;

    /** An engine that takes its SPIs from here. */
    public FakeEngine(final IntSupplier spis) {
        this.spis = spis;
    }

    /** Flows that a peer may ask for. */
    public List<ChildPolicy> policies() {
        return policies;
    }

    /** The pairs by our SPI, in the order in which they were installed. */
    public Map<Integer, ChildSa> pairs() {
        return pairs;
    }

    /** Our SPIs of the pairs through which packets may leave. */
    public Set<Integer> sending() {
        return sending;
    }

    /** SPIs that are neither free nor of a pair. */
    public Set<Integer> reserved() {
        return reserved;
    }

    /** What IKE has said, in words: {@code installed 1234}, {@code failed NAME: reason}, {@code peer gone: reason}, ... */
    public List<String> events() {
        return events;
    }

    /** What {@link #sentSince} and {@link #heardSince} answer. */
    public void traffic(final boolean sent, final boolean heard) {
        traffic = sent;
        hears = heard;
    }

    /** Whether {@link #install} fails. */
    public void full(final boolean now) {
        full = now;
    }

    @Override
    public Optional<ChildPolicy> accept(final int version, final IkePath path, final IkeIdentity identity, final TrafficSelector selector,
                                        final SaSpec.Mode mode) {
        return policies.stream().filter(policy -> policy.version() == version && policy.selector().equals(selector) && policy.mode() == mode)
            .findFirst();
    }

    @Override
    public int reserveSpi(final IpAddress local, final IpAddress peer) {
        final int spi = spis.getAsInt();
        check(!pairs.containsKey(spi) && reserved.add(spi), "an SPI that is in use");
        return spi;
    }

    @Override
    public void releaseSpi(final int spi) {
        check(reserved.remove(spi), "release of an SPI that is not reserved");
    }

    @Override
    public boolean install(final ChildSa child, final boolean useOutbound) {
        check(reserved.remove(child.inboundSpi()), "install of an SPI that is not reserved");
        child.inboundKeys().validate(child.suite());
        child.outboundKeys().validate(child.suite());
        if (full) {
            return false;
        }
        pairs.put(child.inboundSpi(), child);
        events.add("installed " + child.policy().name());
        if (useOutbound) {
            sending.add(child.inboundSpi());
        }
        return true;
    }

    @Override
    public String interfaceName(final ChildPolicy flow) {
        return "GigabitEthernet1";
    }

    @Override
    public void useOutbound(final int inboundSpi) {
        if (pairs.containsKey(inboundSpi)) {
            sending.add(inboundSpi);
        }
    }

    @Override
    public boolean holds(final int inboundSpi) {
        return pairs.containsKey(inboundSpi);
    }

    @Override
    public List<Integer> deletedByPeer(final IkePath path, final List<Integer> outboundSpis) {
        final List<Integer> gone = pairs.values().stream()
            .filter(child -> outboundSpis.contains(child.outboundSpi()) && child.path().remote().equals(path.remote()))
            .map(ChildSa::inboundSpi).toList();
        gone.forEach(this::remove);
        events.add("deleted by peer " + gone.size());
        return gone;
    }

    @Override
    public void failed(final ChildPolicy policy, final IpAddress peer, final @Nullable Integer replaces, final String reason) {
        events.add("failed " + policy.name() + ": " + reason);
    }

    @Override
    public void peerGone(final IkePath path, final String reason) {
        pairs.values().stream().filter(child -> child.path().remote().equals(path.remote())).map(ChildSa::inboundSpi).toList()
            .forEach(this::remove);
        events.add("peer gone: " + reason);
    }

    @Override
    public void peerSilent(final IkePath path) {
        events.add("silent");
    }

    @Override
    public void pathChanged(final IkePath before, final IkePath now) {
        events.add("path changed");
    }

    @Override
    public boolean heardSince(final IkePath path, final long nanos) {
        return hears;
    }

    @Override
    public boolean sentSince(final IkePath path, final long nanos) {
        return traffic;
    }

    /** Removes a pair, as a lifetime or a command would. */
    public void remove(final int inboundSpi) {
        pairs.remove(inboundSpi);
        sending.remove(inboundSpi);
    }

    /** The router has lost its memory. */
    public void forget() {
        pairs.clear();
        sending.clear();
        reserved.clear();
    }

    private static void check(final boolean good, final String what) {
        if (!good) {
            throw new AssertionError(what);
        }
    }
}
