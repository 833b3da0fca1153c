package org.qfpsim.controlplane.ike.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** An IPsec manager that only keeps books, and finds every breach of the contract. */
final class FakeEngine implements IpsecEngine {
    ChildPolicy policy;
    final Map<Integer, ChildSa> pairs = new LinkedHashMap<>();
    final Set<Integer> usable = new LinkedHashSet<>();
    final Set<Integer> reserved = new LinkedHashSet<>();
    final List<String> events = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    boolean refusesInstall;
    boolean heard;
    boolean sent;
    private int lastSpi;

    FakeEngine(final ChildPolicy policy, final int firstSpi) {
        this.policy = policy;
        lastSpi = firstSpi;
    }

    @Override
    public Optional<ChildPolicy> accept(final int version, final IkePath path, final IkeIdentity identity, final TrafficSelector selector,
                                        final SaSpec.Mode mode) {
        if (Selectors.within(selector, policy.selector())) {
            return Optional.of(with(selector));
        }
        return Selectors.within(policy.selector(), selector) ? Optional.of(policy) : Optional.empty();
    }

    private ChildPolicy with(final TrafficSelector selector) {
        return new ChildPolicy(policy.id(), policy.name(), policy.local(), policy.peer(), selector, policy.mode(), policy.suites(),
            policy.esn(), policy.pfsGroup(), policy.seconds(), policy.kilobytes(), policy.replayWindow(), 2);
    }

    @Override
    public int reserveSpi(final IpAddress local, final IpAddress peer) {
        reserved.add(++lastSpi);
        return lastSpi;
    }

    @Override
    public void releaseSpi(final int spi) {
        assertThat(reserved.remove(spi)).as("SPI %s was reserved", spi).isTrue();
    }

    @Override
    public boolean install(final ChildSa child, final boolean useOutbound) {
        assertThat(reserved.remove(child.inboundSpi())).as("SPI of the pair was reserved").isTrue();
        child.inboundKeys().validate(child.suite());
        child.outboundKeys().validate(child.suite());
        if (refusesInstall) {
            return false;
        }
        pairs.put(child.inboundSpi(), child);
        events.add("install " + child.inboundSpi() + (child.replaces() == null ? "" : " for " + child.replaces()));
        if (useOutbound) {
            useOutbound(child.inboundSpi());
        }
        return true;
    }

    @Override
    public String interfaceName(final ChildPolicy flow) {
        return "GigabitEthernet1";
    }

    @Override
    public void useOutbound(final int inboundSpi) {
        assertThat(pairs).containsKey(inboundSpi);
        assertThat(usable.add(inboundSpi)).as("used once").isTrue();
        events.add("use " + inboundSpi);
    }

    @Override
    public boolean holds(final int inboundSpi) {
        return pairs.containsKey(inboundSpi);
    }

    @Override
    public List<Integer> deletedByPeer(final IkePath path, final List<Integer> outboundSpis) {
        assertThat(outboundSpis).isNotEmpty();
        final List<Integer> gone = pairs.values().stream().filter(pair -> outboundSpis.contains(pair.outboundSpi()))
            .map(ChildSa::inboundSpi).toList();
        gone.forEach(this::remove);
        return gone;
    }

    void remove(final int spi) {
        if (pairs.remove(spi) != null) {
            usable.remove(spi);
            events.add("remove " + spi);
        }
    }

    @Override
    public void failed(final ChildPolicy flow, final IpAddress peer, final @Nullable Integer replaces, final String reason) {
        failures.add(reason);
    }

    @Override
    public void peerGone(final IkePath path, final String reason) {
        events.add("gone: " + reason);
        List.copyOf(pairs.keySet()).forEach(this::remove);
    }

    @Override
    public void peerSilent(final IkePath path) {
        events.add("silent");
    }

    @Override
    public void pathChanged(final IkePath before, final IkePath now) {
        events.add("path " + before.remotePort() + " -> " + now.remotePort());
    }

    @Override
    public boolean heardSince(final IkePath path, final long nanos) {
        return heard;
    }

    @Override
    public boolean sentSince(final IkePath path, final long nanos) {
        return sent;
    }
}
