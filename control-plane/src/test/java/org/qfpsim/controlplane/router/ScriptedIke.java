package org.qfpsim.controlplane.router;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.controlplane.ipsec.SelectorMath;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;

/** IKE without messages: does what IKE owes to the IPsec manager after the time that messages would take. */
final class ScriptedIke implements IkeService {
    static final long TRIP = 10_000_000L;
    private static final long GIVES_UP = 60_000_000_000L;

    private final int version;
    private final Map<IpAddress, ScriptedIke> world;
    private final IpAddress address;
    private final IpsecEngine engine;
    private final Timers timers;
    private final Map<IpAddress, Long> sas = new LinkedHashMap<>();
    final List<String> said = new ArrayList<>();
    long begun;
    boolean deaf;
    /** As responder it has its SAs so long after the third message; 0: the inbound one with the second, like us. */
    long worksNanos;

    ScriptedIke(final int version, final Map<IpAddress, ScriptedIke> world, final IpAddress address, final IpsecEngine engine,
                final Timers timers) {
        this.version = version;
        this.world = world;
        this.address = address;
        this.engine = engine;
        this.timers = timers;
        world.put(address, this);
    }

    private void say(final String text) {
        said.add(timers.nanos() / 1_000_000 + " " + text);
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public void receive(final IkePath path, final byte[] message) {
        say("message of " + message.length);
    }

    private @Nullable ScriptedIke other(final IpAddress peer) {
        final ScriptedIke other = world.get(peer);
        return other == null || other.deaf ? null : other;
    }

    private void ikeSa(final IpAddress peer, final boolean contact, final Outcome outcome) {
        begun++;
        final ScriptedIke other = other(peer);
        if (other == null) {
            timers.after(GIVES_UP, () -> outcome.done(false, "no answer"));
            return;
        }
        timers.after(4 * TRIP, () -> {
            sas.put(peer, timers.nanos());
            other.sas.put(address, timers.nanos());
            if (contact) {
                other.engine.peerGone(IkePath.between(peer, address), "INITIAL_CONTACT");
            }
            outcome.done(true, "");
        });
    }

    @Override
    public void requestChild(final ChildPolicy policy, final IpAddress peer, final @Nullable Integer replaces) {
        say("child " + policy.name() + (replaces == null ? "" : " replaces"));
        final Outcome then = (established, reason) -> {
            if (established) {
                child(policy, peer, replaces);
            } else {
                engine.failed(policy, peer, replaces, reason);
            }
        };
        if (sas.containsKey(peer)) {
            then.done(true, "");
        } else {
            ikeSa(peer, true, then);
        }
    }

    private void child(final ChildPolicy policy, final IpAddress peer, final @Nullable Integer replaces) {
        final ScriptedIke other = other(peer);
        final IkePath path = IkePath.between(address, peer);
        final IkePath back = IkePath.between(peer, address);
        final int mine = engine.reserveSpi(address, peer);
        timers.after(TRIP, () -> {
            final Optional<ChildPolicy> theirs = other == null ? Optional.empty() : other.engine.accept(version, back,
                IkeIdentity.of(address), SelectorMath.flip(policy.selector()), policy.mode());
            if (other == null || theirs.isEmpty()) {
                engine.releaseSpi(mine);
                engine.failed(policy, peer, replaces, "no proposal chosen");
                return;
            }
            final int his = other.engine.reserveSpi(peer, address);
            final EspSuite suite = policy.suites().getFirst();
            final EspKeys keys = new EspKeys(new byte[suite.keyBytes()], new byte[suite.saltBytes()], new byte[suite.authKeyBytes()]);
            final ChildSa answered = new ChildSa(theirs.get(), back, false, his, mine, suite, policy.mode(), false, keys, keys,
                theirs.get().selector(), policy.seconds(), policy.kilobytes(), false, null);
            if (other.worksNanos == 0) {
                other.engine.install(answered, false);
            }
            timers.after(TRIP, () -> {
                engine.install(new ChildSa(policy, path, false, mine, his, suite, policy.mode(), false, keys, keys, policy.selector(),
                    policy.seconds(), policy.kilobytes(), true, replaces), true);
                timers.after(TRIP + other.worksNanos, () -> {
                    if (other.worksNanos != 0) {
                        other.engine.install(answered, false);
                    }
                    other.engine.useOutbound(his);
                });
            });
        });
    }

    @Override
    public void requestIkeSa(final IpAddress local, final IpAddress peer, final boolean initialContact, final @Nullable ChildPolicy policy,
                             final Outcome outcome) {
        say("ike" + (initialContact ? " with INITIAL_CONTACT" : ""));
        ikeSa(peer, initialContact, (established, reason) -> {
            if (established && policy != null) {
                child(policy, peer, null);
            }
            outcome.done(established, reason);
        });
    }

    @Override
    public boolean rekeyIkeSa(final IpAddress local, final IpAddress peer) {
        say("rekey");
        return sas.containsKey(peer);
    }

    @Override
    public boolean hasIkeSa(final IpAddress local, final IpAddress peer) {
        return sas.containsKey(peer);
    }

    @Override
    public boolean sendDelete(final IpAddress local, final IpAddress peer, final List<Integer> inboundSpis, final boolean invalidSpi) {
        final ScriptedIke other = other(peer);
        if (!sas.containsKey(peer)) {
            say("cannot delete");
            return false;
        }
        say("delete" + (invalidSpi ? " with INVALID_SPI" : ""));
        if (other != null) {
            timers.after(TRIP, () -> other.engine.deletedByPeer(IkePath.between(peer, address), inboundSpis));
        }
        return true;
    }

    @Override
    public void clear(final @Nullable IpAddress peer, final boolean silent) {
        for (final IpAddress each : List.copyOf(sas.keySet())) {
            if (peer == null || peer.equals(each)) {
                sas.remove(each);
                final ScriptedIke other = other(each);
                if (!silent && other != null) {
                    other.sas.remove(address);
                }
            }
        }
    }

    @Override
    public int clearWhere(final Predicate<IkeSaInfo> which, final boolean silent) {
        final List<IkeSaInfo> chosen = ikeSas().stream().filter(which).toList();
        chosen.forEach(sa -> clear(sa.path().remote(), silent));
        return chosen.size();
    }

    @Override
    public List<IkeSaInfo> ikeSas() {
        final List<IkeSaInfo> all = new ArrayList<>();
        for (final Map.Entry<IpAddress, Long> each : sas.entrySet()) {
            all.add(new IkeSaInfo((version == 1 ? 1001 : 1) + all.size(), IkePath.between(address, each.getKey()), true,
                version == 1 ? "QM_IDLE" : "READY", List.of(1L, 2L), "aes-cbc-256", "sha256", 19, IkeIdentity.of(each.getKey()), false,
                each.getValue(), 86_400));
        }
        return all;
    }
}
