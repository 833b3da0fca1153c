package org.qfpsim.sim.scenario.router;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.sim.net.Link;
import org.qfpsim.sim.net.LinkSettings;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.net.VirtualNetwork;
import org.qfpsim.sim.net.host.Host;
import org.qfpsim.sim.net.host.HostAddress;
import org.qfpsim.sim.net.host.StreamMeter;
import org.qfpsim.sim.net.host.StreamSpec;
import org.qfpsim.sim.net.host.Streams;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.RouterSpec;

/**
 * Two routers on virtual time with a GRE tunnel between them, each with a host.
 *
 * <pre>
 *   alice 192.168.1.10 -- Gi0/0/1 r1 Gi0/0/0 -- 20.1.1.0/24 -- Gi0/0/0 r2 Gi0/0/1 -- bob 192.168.2.10
 * </pre>
 */
final class ShowLab implements AutoCloseable {
    static final long SECOND = 1_000_000_000L;
    private static final long EPOCH = 1_346_592_120L * SECOND;

    final Node r1;
    final Node r2;
    final List<String> console = new ArrayList<>();
    private final VirtualNetwork network = new VirtualNetwork(NetworkClock.VIRTUAL);
    private final Streams streams = new Streams();
    private final Map<String, StreamMeter> meters = new HashMap<>();
    private final Host alice = new Host("alice", 0x0200_0000_0a01L, List.of(address("192.168.1.10/24", "192.168.1.1"),
        address("2001:db8:1::10/64", "2001:db8:1::1")), streams);
    private final Host bob = new Host("bob", 0x0200_0000_0b01L, List.of(address("192.168.2.10/24", "192.168.2.1")), streams);

    private static HostAddress address(final String address, final String gateway) {
        return HostAddress.parse(address, IpAddress.parse(gateway));
    }

    ShowLab() {
        this(file("r1.cfg"));
    }

    ShowLab(final String config) {
        final RouterFactory factory = new RouterFactory(new KeyExport());
        r1 = factory.router(new RouterSpec("r1", config, "r1.cfg", Map.of(), 1, EPOCH), Mode.INVOKER);
        r2 = factory.router(new RouterSpec("r2", file("r2.cfg"), "r2.cfg", Map.of(), 2, EPOCH), Mode.INVOKER);
        Stream.of(r1, r2, alice, bob).forEach(network::add);
        network.onLog((node, nanos, line) -> console.add(node.name() + ": " + line));
        connect("lan1", alice, "eth0", r1, "GigabitEthernet0/0/1");
        connect("wan", r1, "GigabitEthernet0/0/0", r2, "GigabitEthernet0/0/0");
        connect("lan2", r2, "GigabitEthernet0/0/1", bob, "eth0");
    }

    static String file(final String name) {
        try {
            return Files.readString(path(name));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path path(final String name) {
        return Path.of(Objects.requireNonNull(System.getProperty("qfp.root")),
            "qfp-sim/src/test/resources/org/qfpsim/sim/scenario/router", name);
    }

    private void connect(final String name, final Node one, final String portOfOne, final Node other, final String portOfOther) {
        final Link link = network.link(name, LinkSettings.DEFAULT, 1);
        network.plug(link, one, Math.max(0, one.interfaces().indexOf(portOfOne)));
        network.plug(link, other, Math.max(0, other.interfaces().indexOf(portOfOther)));
    }

    /** Lets so much time pass. */
    void pass(final long nanos) {
        network.run(network.nanos() + nanos);
    }

    /** Sends so many packets from Alice. */
    StreamMeter send(final StreamSpec.Kind kind, final String to, final int rate, final int size, final long limit) {
        final IpAddress destination = IpAddress.parse(to);
        final StreamMeter meter = meters.computeIfAbsent(to, key -> alice.source(new StreamSpec(meters.size() + 1, to, kind,
            IpAddress.parse(destination.v6() ? "2001:db8:1::10" : "192.168.1.10"), destination, rate, size, limit, 1, null, 0)));
        network.change(alice, () -> alice.stream(meter, true, network.nanos()));
        return meter;
    }

    /** Types a line on a router. */
    String type(final Node node, final String line) {
        return network.with(node, () -> node.execute(line));
    }

    String type(final String line) {
        return type(r1, line);
    }

    /** Takes a router's power away and gives it back. */
    void restart(final Node node) {
        network.change(node, node::crash);
        network.change(node, () -> node.restart(network.nanos()));
    }

    @Override
    public void close() {
        network.close();
    }
}
