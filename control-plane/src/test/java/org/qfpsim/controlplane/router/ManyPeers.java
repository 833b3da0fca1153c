package org.qfpsim.controlplane.router;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.support.FakeConfig;
import org.qfpsim.controlplane.ike.support.FakeEngine;
import org.qfpsim.controlplane.ike.v2.Ikev2Context;
import org.qfpsim.controlplane.ike.v2.Ikev2Service;
import org.qfpsim.controlplane.ipsec.RekeyMargins;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.RoutedPipeline;
import org.qfpsim.datapath.route.InterfaceAddress;
import org.qfpsim.datapath.route.InterfaceKind;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.MacAddress;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * A program of its own: a hub with a dynamic crypto map, control plane and datapath, and as many peers as wanted, each of which sets up an
 * IKEv2 SA and a pair of IPsec SAs with it, with UDP packets, Diffie-Hellman and all. The peers forget their halves. Prints what the system
 * says of its memory before and after.
 */
final class ManyPeers {
    private static final IpAddress HUB = IpAddress.parse("192.0.2.1");
    private static final String INSIDE = "192.168.1.0/24";
    private static final int FIRST_PEER = 0x0b00_0000;
    private static final int FIRST_INSIDE = 0x0a00_0000;

    private final int group;
    private final Timers timers = new Timers();
    private final Deque<byte[]> fromHub = new ArrayDeque<>();
    private final SplittableRandom random = new SplittableRandom(20_261_126);
    private final RouterConfig config;
    private final RoutedPipeline pipeline;
    private final RoutedIpsec datapath;
    private final ControlPlane hub;

    private ManyPeers(final int group, final RoutedPipeline pipeline) {
        this.group = group;
        this.pipeline = pipeline;
        config = TestConfig.at(HUB.toString()).networks(INSIDE, "10.0.0.0/8").ikev2().ike(group, 86_400, null).dynamicMap().build();
        pipeline.configure(RoutedConfig.of(List.of(new InterfaceSpec(0, TestConfig.OUTSIDE, InterfaceKind.ETHERNET, new MacAddress(2),
            List.of(new InterfaceAddress(HUB, 24)), 1500, 1500, true, null))));
        datapath = new RoutedIpsec(pipeline, () -> config, spec -> { });
        hub = new ControlPlane(new ControlPlaneParts(timers, datapath, fromHub::add, new Lab.Silent(), random.split(), SaStore.NONE,
            RekeyMargins.IOS, List.of((settings, engine, transport, clock, log, own) ->
                new Ikev2Service(new Ikev2Context(settings, engine, transport, clock, log, own, IkeKeyLog.NONE)))), config);
    }

    public static void main(final String[] arguments) throws CryptoUnavailableException, IOException {
        final int peers = Integer.parseInt(arguments[0]);
        try (CryptoBackends backends = CryptoBackends.open("auto");
             CounterStore store = CounterStore.inMemory(1);
             RoutedPipeline pipeline = new RoutedPipeline(new PipelineConfig(), backends.all(), store,
                 (index, buffer, offset, length, nanos) -> true, CommitObserver.NONE)) {
            final ManyPeers program = new ManyPeers(Integer.parseInt(arguments[1]), pipeline);
            program.connect(0);
            final long before = residentKilobytes();
            final long start = System.nanoTime();
            for (int i = 1; i < peers; i++) {
                program.connect(i);
            }
            final long millis = (System.nanoTime() - start) / 1_000_000;
            program.check(peers);
            System.gc();
            final Runtime runtime = Runtime.getRuntime();
            System.out.println("kilobytes before: " + before);
            System.out.println("milliseconds: " + millis);
            System.out.println("heap kilobytes in use: " + (runtime.totalMemory() - runtime.freeMemory()) / 1000);
            System.out.println("resident kilobytes: " + residentKilobytes());
            System.out.println("largest resident kilobytes: " + kilobytes("VmHWM:"));
        }
    }

    /** One peer comes up; every so often time goes on, so that timers of exchanges that are over run out. */
    private void connect(final int number) {
        final IpAddress address = address(FIRST_PEER + number);
        final FakeEngine engine = new FakeEngine(() -> 256 + random.nextInt(Integer.MAX_VALUE - 256));
        final FakeConfig peerConfig = new FakeConfig().key("secret")
            .proposals(new IkeProposal(0, List.of("aes-cbc-256"), List.of("sha256"), List.of(), List.of(group), 86_400));
        final Ikev2Service peer = new Ikev2Service(new Ikev2Context(peerConfig, engine, (path, message) -> hub.punted(new UdpPacket(
            path.local(), path.localPort(), path.remote(), path.remotePort(), message).octets(1)), new Timers(), new Lab.Silent(),
            random.split(), IkeKeyLog.NONE));
        peer.requestChild(new ChildPolicy(1, "hub", address, HUB, TrafficSelector.between(
            new IpPrefix(address(FIRST_INSIDE + number), 32), IpPrefix.parse(INSIDE)), SaSpec.Mode.TUNNEL,
            List.of(EspSuite.AES_CBC_128_SHA1_96), false, 0, 3600, 0, 64, 2), HUB, null);
        while (!fromHub.isEmpty()) {
            final UdpPacket packet = UdpPacket.parse(fromHub.remove()).orElseThrow();
            peer.receive(new IkePath(packet.destination(), packet.destinationPort(), packet.source(), packet.sourcePort()),
                packet.payload());
        }
        if (engine.pairs().size() != 1) {
            throw new IllegalStateException("peer " + number + " has " + engine.events());
        }
        timers.advance(timers.nanos() + Lab.MS);
        datapath.flush();
        pipeline.drain();
    }

    private void check(final int peers) {
        final int ikeSas = hub.ike().getFirst().ikeSas().size();
        final int pairs = hub.ipsec().pairs().size();
        final int installed = pipeline.pipeline().installer().installed().size();
        final int rules = pipeline.configuration().cryptoMap().size();
        if (ikeSas != peers || pairs != peers || installed != peers || rules != peers) {
            throw new IllegalStateException(ikeSas + " IKE SAs, " + pairs + " pairs, " + installed + " inbound SAs, " + rules + " rules");
        }
    }

    private static IpAddress address(final int v4) {
        return IpAddress.of(new byte[] {(byte) (v4 >> 24), (byte) (v4 >> 16), (byte) (v4 >> 8), (byte) v4});
    }

    private static long residentKilobytes() throws IOException {
        return kilobytes("VmRSS:");
    }

    private static long kilobytes(final String name) throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8)) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("/proc/self/status has no " + name);
    }
}
