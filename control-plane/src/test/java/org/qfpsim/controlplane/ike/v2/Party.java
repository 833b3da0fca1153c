package org.qfpsim.controlplane.ike.v2;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** One end: IKEv2 with a fake configuration and a fake IPsec manager. */
final class Party {
    final String name;
    final IpAddress address;
    final IpAddress peer;
    final FakeConfig config = new FakeConfig();
    final FakeEngine engine;
    final List<String> lines = new ArrayList<>();
    Ikev2Service service;
    IkeKeyLog keyLog = IkeKeyLog.NONE;
    private int lives;
    private final Net net;
    private final long seed;

    Party(final String name, final String address, final String peer, final int firstSpi, final Net net, final long seed) {
        this.name = name;
        this.address = IpAddress.parse(address);
        this.peer = IpAddress.parse(peer);
        this.net = net;
        this.seed = seed;
        engine = new FakeEngine(policy(List.of(EspSuite.AES_GCM_256_16), 0), firstSpi);
        restart();
    }

    /** Memory is lost. */
    void restart() {
        final EventLog log = new EventLog() {
            @Override
            public void message(final String facility, final int severity, final String mnemonic, final String text) {
                lines.add("%" + facility + "-" + severity + "-" + mnemonic + ": " + text);
            }

            @Override
            public void debug(final Debug category, final @Nullable IpAddress about, final Supplier<String> line) {
                lines.add(line.get());
            }
        };
        final int life = ++lives;
        service = new Ikev2Service(new Ikev2Context(config, engine, (path, message) -> {
            // The timers of an earlier life still run.
            if (life == lives) {
                net.send(this, path, message);
            }
        }, net.timers, log, new SplittableRandom(seed + net.timers.nanos()), keyLog));
    }

    ChildPolicy policy(final List<EspSuite> suites, final int pfsGroup) {
        return policy(suites, pfsGroup, SaSpec.Mode.TUNNEL, false);
    }

    ChildPolicy policy(final List<EspSuite> suites, final int pfsGroup, final SaSpec.Mode mode, final boolean esn) {
        final TrafficSelector selector = TrafficSelector.between(IpPrefix.parse(net(address)), IpPrefix.parse(net(peer)));
        return new ChildPolicy(1, "vpn 10", address, peer, selector, mode, suites, esn, pfsGroup, 3_600, 0, 64, 2);
    }

    private static String net(final IpAddress address) {
        return address.toString().startsWith("10") ? "172.16.1.0/24" : "172.16.2.0/24";
    }

    void connect() {
        service.requestChild(engine.policy, peer, null);
    }

    /** Rekeys the newest pair that has not been replaced. */
    void rekeyChild() {
        final Integer spi = engine.pairs.keySet().stream().reduce((older, newer) -> newer).orElse(null);
        service.requestChild(engine.policy, peer, spi);
    }

    long ready() {
        return service.ikeSas().stream().filter(sa -> sa.state().equals("READY")).count();
    }

    @Override
    public String toString() {
        return name;
    }
}
