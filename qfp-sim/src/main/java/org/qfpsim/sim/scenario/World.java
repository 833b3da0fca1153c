package org.qfpsim.sim.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.device.Shown;
import org.qfpsim.sim.net.Link;
import org.qfpsim.sim.net.LinkSettings;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.net.VirtualNetwork;
import org.qfpsim.sim.net.host.Host;
import org.qfpsim.sim.net.host.NatBox;
import org.qfpsim.sim.net.host.StreamMeter;
import org.qfpsim.sim.net.host.Streams;
import org.qfpsim.sim.outside.EthernetCable;
import org.qfpsim.sim.outside.OutsideNode;
import org.qfpsim.sim.peer.PeerConsole;
import org.qfpsim.sim.router.Mode;

/** A scenario's nodes, links and streams, built and connected. */
final class World implements AutoCloseable {
    /** Ethernet addresses of hosts and NAT boxes are made from this, locally administered. */
    private static final long FIRST_MAC = 0x0200_5e00_0000L;

    /** Adds nothing to what the real link does. */
    private static final LinkSettings OUTSIDE =
        LinkSettings.DEFAULT.withDelay(LinkSettings.MIN_DELAY_NANOS).withMtu(65_535).withQueue(100_000);

    private final VirtualNetwork network;
    private final Streams streams = new Streams();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Host> senders = new HashMap<>();
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Map<String, StreamMeter> meters = new LinkedHashMap<>();
    private final List<EthernetCable> cables = new ArrayList<>();
    /** Interfaces that have something real in the place of their link. */
    private final Set<Connection> attached = new HashSet<>();
    /** Whether somebody wants to see every frame: then none may pass beside the network. */
    private final boolean seen;
    private long nextMac = FIRST_MAC;

    private record Connection(Node node, int interfaceIndex) {
    }

    /** What a cable wants of the network. */
    private final class Plugged implements OutsideNode.Network {
        private final Node node;
        private final int interfaceIndex;

        Plugged(final Node node, final int interfaceIndex) {
            this.node = node;
            this.interfaceIndex = interfaceIndex;
        }

        @Override
        public void post(final Runnable before) {
            network.post(() -> network.change(node, before));
        }

        @Override
        public void carrier(final boolean up) {
            post(() -> node.carrier(interfaceIndex, up));
        }
    }

    /** Builds everything; throws InputException if a router's configuration or an interface's name cannot be used. */
    World(final Scenario scenario, final NodeFactory factory, final Mode mode, final NetworkClock clock, final boolean seen) {
        this.seen = seen;
        network = new VirtualNetwork(clock);
        try {
            for (final RouterSpec spec : scenario.routers()) {
                add(factory.router(spec, mode));
            }
            for (final Scenario.HostSpec spec : scenario.hosts()) {
                add(new Host(spec.name(), mac(), spec.addresses(), streams));
            }
            for (final Scenario.NatSpec spec : scenario.nats()) {
                add(new NatBox(spec.name(), mac(), spec.inside(), spec.outside(), spec.timeoutNanos(), scenario.seed() + nextMac));
            }
            for (final Scenario.OutsideSpec spec : scenario.outside()) {
                add(spec.isDaemon() ? PeerConsole.open(spec.name(), spec.configuration(), spec.addresses(), spec.gateway())
                    : OutsideNode.open(spec.name(), spec.port()));
            }
            for (final Attachment attachment : scenario.attachments()) {
                attach(attachment, scenario.routers());
            }
            for (final Scenario.LinkSpec spec : scenario.links()) {
                connect(scenario, spec);
            }
            for (final Scenario.StreamPlan plan : scenario.streams()) {
                final Host sender = (Host) node(plan.from());
                senders.put(plan.spec().name(), sender);
                meters.put(plan.spec().name(), sender.source(plan.spec()));
            }
            nodes.values().forEach(this::open);
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    private long mac() {
        nextMac += 2;
        return nextMac;
    }

    private void add(final Node node) {
        network.add(node);
        nodes.put(node.name(), node);
    }

    private void attach(final Attachment attachment, final List<RouterSpec> routers) {
        final List<String> names = routers.stream().map(RouterSpec::name).toList();
        final String router = attachment.router().isEmpty() && !names.isEmpty() ? names.getFirst() : attachment.router();
        if (!names.contains(router)) {
            throw new InputException("--attach: there is no router " + Shown.value(router) + "; there is " + Shown.list(names));
        }
        final Node node = node(router);
        final int index = node.interfaceIndex(attachment.interfaceName());
        if (index < 0 || !attached.add(new Connection(node, index))) {
            throw new InputException("--attach: " + router + (index < 0 ? " has no interface " : " has two ports at ")
                + Shown.value(attachment.interfaceName()) + "; it has " + Shown.list(node.interfaces()));
        }
        if (!seen && EthernetCable.carries(attachment.port())) {
            final EthernetCable cable = EthernetCable.open(attachment.port(), new Plugged(node, index));
            cables.add(cable);
            node.plug(index, cable);
            node.carrier(index, true);
            return;
        }
        final OutsideNode outside = OutsideNode.open(attachment.port(), attachment.port());
        add(outside);
        final Link link = network.link(attachment.port(), OUTSIDE, 0);
        network.plug(link, node, index);
        network.plug(link, outside, 0);
    }

    private void connect(final Scenario scenario, final Scenario.LinkSpec spec) {
        final Link link = network.link(spec.name(), spec.settings(), scenario.seed() * 31 + spec.name().hashCode());
        links.put(spec.name(), link);
        for (final Scenario.Port port : spec.ports()) {
            final Node node = node(port.node());
            final int index = index(node, port);
            if (!attached.contains(new Connection(node, index))) {
                port.where().checked(() -> {
                    network.plug(link, node, index);
                    return true;
                });
            }
        }
        network.up(link, spec.up());
    }

    private void open(final Node node) {
        if (node instanceof final OutsideNode outside) {
            outside.start(new OutsideNode.Network() {
                @Override
                public void post(final Runnable before) {
                    network.post(() -> network.change(node, before));
                }

                @Override
                public void carrier(final boolean up) {
                    network.post(() -> network.links().stream().filter(link -> link.has(node)).forEach(link -> network.up(link, up)));
                }
            });
        }
    }

    private static int index(final Node node, final Scenario.Port port) {
        final List<String> names = node.interfaces();
        if (port.interfaceName().isEmpty() && names.size() == 1) {
            return 0;
        }
        final int index = node.interfaceIndex(port.interfaceName());
        if (index < 0) {
            throw port.where().error(node.name() + " has no interface " + Shown.value(port.interfaceName()) + "; it has "
                + Shown.list(names));
        }
        return index;
    }

    VirtualNetwork network() {
        return network;
    }

    Node node(final String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    Link link(final String name) {
        return Objects.requireNonNull(links.get(name), name);
    }

    StreamMeter meter(final String stream) {
        return Objects.requireNonNull(meters.get(stream), stream);
    }

    List<StreamMeter> meters() {
        return List.copyOf(meters.values());
    }

    /** Starts or stops a stream now. */
    void stream(final String stream, final boolean on) {
        final Host host = Objects.requireNonNull(senders.get(stream), stream);
        network.change(host, () -> host.stream(meter(stream), on, network.nanos()));
    }

    @Override
    public void close() {
        network.close();
        cables.forEach(EthernetCable::close);
    }
}
