package org.qfpsim.controlplane.nhrp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.Notification;
import org.qfpsim.datapath.route.Punt;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;

/**
 * NHRP of one router (RFC 2332): registers with the servers that the configuration names, answers the stations that register here, finds
 * next hops that packets want, and tells the datapath ({@link RoutedConfig#nhrp}; what others have put there stays). Redirects and
 * shortcuts are not spoken. Owned by the control plane's thread.
 */
public final class NhrpService implements AutoCloseable {
    private final RoutedDatapath datapath;
    private final Timers timers;
    private final EventLog log;
    private final NhrpWire wire;
    private final NhrpPublisher publisher;
    private final NhrpCache cache;
    private final NhrpRequests requests = new NhrpRequests();
    private final NhrpResolver resolver;
    private final NhrpResponder responder;
    private final Map<Integer, Active> tunnels = new LinkedHashMap<>();

    private record Active(NhrpTunnel tunnel, long since, List<NhrpRegistration> registrations) {
    }

    /**
     * Makes a service that speaks on no tunnel yet.
     *
     * @param datapath sends packets and learns where next hops are.
     * @param timers   the time.
     * @param log      for refusals, errors, and {@code debug nhrp}.
     */
    public NhrpService(final RoutedDatapath datapath, final Timers timers, final EventLog log) {
        this.datapath = datapath;
        this.timers = timers;
        this.log = log;
        wire = new NhrpWire(datapath, timers, log);
        publisher = new NhrpPublisher(datapath);
        cache = new NhrpCache(timers, this::publish);
        resolver = new NhrpResolver(cache, wire, requests, timers, log);
        responder = new NhrpResponder(cache, wire, requests, this::server, log);
    }

    /**
     * Sets what puts flows into a configuration before the datapath gets it, so that the first packet to a new peer finds its SA. Without
     * it mappings begin with the tunnel's own flow.
     *
     * @param policy such as {@code RoutedIpsec::policy}.
     */
    public void policy(final UnaryOperator<RoutedConfig> policy) {
        publisher.policy(policy);
    }

    /**
     * Takes a configuration; the datapath has its interfaces already. Tunnels that are the same keep their registrations; next hops of
     * tunnels that remain are kept in any case.
     *
     * @param config           the whole configuration.
     * @param indexOfInterface index of an interface in the datapath by its full name, or {@link RoutedConfig#NO_INTERFACE}.
     */
    public void configure(final RouterConfig config, final ToIntFunction<String> indexOfInterface) {
        final Map<Integer, Active> before = new LinkedHashMap<>(tunnels);
        final List<NhrpRegistration> begun = new ArrayList<>();
        tunnels.clear();
        for (final InterfaceConfig each : config.interfaces()) {
            final Optional<NhrpTunnel> tunnel = NhrpTunnel.of(each, datapath.configuration().interfaces(),
                indexOfInterface.applyAsInt(each.name()));
            tunnel.ifPresent(found -> {
                final Active was = before.remove(found.index());
                if (was != null && was.tunnel.equals(found)) {
                    tunnels.put(found.index(), was);
                    return;
                }
                if (was != null) {
                    was.registrations.forEach(NhrpRegistration::stop);
                }
                final List<NhrpRegistration> registrations = found.config().servers().stream()
                    .map(server -> new NhrpRegistration(found, server, wire, requests, timers, log)).toList();
                tunnels.put(found.index(), new Active(found, was == null ? timers.nanos() : was.since, registrations));
                begun.addAll(registrations);
            });
        }
        before.values().forEach(this::end);
        publish();
        begun.forEach(NhrpRegistration::start);
    }

    /**
     * A datapath configuration with the mappings as they are now, for who makes a new one from the beginning.
     *
     * @param base interfaces and the rest, with or without mappings.
     * @return the same with what was learnt, and with what the configuration says.
     */
    public RoutedConfig mapped(final RoutedConfig base) {
        return publisher.in(base, tunnels.values().stream().map(Active::tunnel).toList(), cache.entries());
    }

    private void end(final Active gone) {
        gone.registrations.forEach(NhrpRegistration::stop);
        cache.removeAll(gone.tunnel.index());
    }

    private void publish() {
        publisher.publish(tunnels.values().stream().map(Active::tunnel).toList(), cache.entries());
    }

    /** The server that is asked for a target, or null. */
    private @Nullable IpAddress server(final NhrpTunnel tunnel, final IpAddress target) {
        final Active active = tunnels.get(tunnel.index());
        IpAddress first = null;
        for (final NhrpRegistration each : active == null ? List.<NhrpRegistration>of() : active.registrations) {
            final IpAddress nbma = tunnel.nbmaOf(each.server());
            if (nbma != null && !each.server().protocol().equals(target) && each.server().protocol().v6() == target.v6()) {
                if (each.isUp()) {
                    return nbma;
                }
                first = first == null ? nbma : first;
            }
        }
        return first;
    }

    /**
     * Looks at a punted packet.
     *
     * @param punt   why it came.
     * @param buffer where it is.
     * @param offset first octet of its IP header.
     * @param length octets.
     * @return true if it was ours: NHRP in GRE, however bad.
     */
    public boolean punted(final Punt punt, final DirectBuffer buffer, final int offset, final int length) {
        final NhrpWire.Unwrapped unwrapped = punt.frame() ? null : NhrpWire.unwrap(buffer, offset, length);
        if (unwrapped == null) {
            return false;
        }
        wire.counted(NhrpCounter.RECEIVED);
        final Active active = tunnels.get(punt.interfaceIndex());
        final Optional<NhrpPacket> packet = NhrpDecoder.read(unwrapped.octets());
        if (active == null) {
            wire.counted(NhrpCounter.NOT_CONFIGURED);
        } else if (packet.isEmpty()) {
            wire.counted(NhrpCounter.MALFORMED);
        } else {
            NhrpDebug.packet(log, "Receive", active.tunnel, unwrapped.outer(), packet.get(), unwrapped.octets().length);
            received(new NhrpReceived(active.tunnel, unwrapped.outer(), packet.get(), unwrapped.octets()));
        }
        return true;
    }

    private void received(final NhrpReceived in) {
        final NhrpPacket packet = in.packet();
        if (packet.kind() == NhrpPacket.Kind.ERROR_INDICATION) {
            // It has no authentication: it is told, and nothing follows from it.
            wire.counted(NhrpCounter.ERRORS_RECEIVED);
            log.message("NHRP", 3, "PAKERROR", "Received Error Indication from " + packet.source() + ", code: "
                + NhrpNames.error(packet.errorCode()) + ", offset: " + packet.errorOffset());
        } else if (!isAuthentic(in)) {
            wire.counted(NhrpCounter.UNAUTHENTICATED);
            wire.error(in, NhrpNames.ERROR_AUTHENTICATION, NhrpEncoder.extensionOffset(packet));
        } else {
            switch (packet.kind()) {
                case REGISTRATION_REQUEST -> responder.registration(in);
                case RESOLUTION_REQUEST -> responder.resolution(in);
                case PURGE_REQUEST -> responder.purge(in);
                default -> reply(in);
            }
        }
    }

    private static boolean isAuthentic(final NhrpReceived in) {
        final Secret secret = in.tunnel().config().authentication();
        return secret == null || in.packet().extensions().stream().anyMatch(extension -> extension.authenticates(secret.octets()));
    }

    private void reply(final NhrpReceived in) {
        if (!in.tunnel().owns(in.packet().source())) {
            responder.passBack(in);
            return;
        }
        final Active active = tunnels.get(in.tunnel().index());
        final boolean wanted = switch (in.packet().kind()) {
            case RESOLUTION_REPLY -> resolver.answered(in);
            case REGISTRATION_REPLY -> active != null
                && active.registrations.stream().anyMatch(registration -> registration.answered(in.packet()));
            default -> false;
        };
        if (!wanted) {
            wire.counted(NhrpCounter.UNWANTED);
        }
    }

    /**
     * Looks at a notification: packets want a next hop of a tunnel.
     *
     * @param notification from the datapath.
     * @return true if it was ours.
     */
    public boolean notified(final Notification notification) {
        final Active active = tunnels.get(notification.interfaceIndex());
        if (notification.kind() != Notification.Kind.NEIGHBOR_WANTED || active == null) {
            return false;
        }
        final IpAddress target = notification.destination();
        resolver.wanted(active.tunnel, target, notification.count(), server(active.tunnel, target));
        return true;
    }

    /**
     * The text of {@code show ip nhrp} or {@code show ip nhrp brief}.
     *
     * @param brief which.
     * @return lines, each with its end.
     */
    public String show(final boolean brief) {
        final List<NhrpShow.Shown> shown = tunnels.values().stream()
            .map(active -> new NhrpShow.Shown(active.tunnel, active.since)).toList();
        final NhrpShow show = new NhrpShow(shown, cache.entries(), timers.nanos());
        return brief ? show.brief() : show.text();
    }

    /**
     * How often something has happened.
     *
     * @param counter what.
     * @return from 0.
     */
    public long count(final NhrpCounter counter) {
        return wire.count(counter);
    }

    /** How many next hops were learnt, or are looked for. */
    public int size() {
        return cache.entries().size();
    }

    /** Ends it in an orderly way: servers are told that we are gone (RFC 2332 section 5.2.5), and what was learnt is forgotten. */
    @Override
    public void close() {
        tunnels.values().forEach(this::end);
        tunnels.clear();
        publish();
    }
}
