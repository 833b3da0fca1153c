package org.qfpsim.controlplane.support;

import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.Notification;
import org.qfpsim.datapath.route.PacketBuffers;
import org.qfpsim.datapath.route.PortCounters;
import org.qfpsim.datapath.route.PuntHandler;
import org.qfpsim.datapath.route.RouteVersions;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;
import org.qfpsim.datapath.route.RoutedSa;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.trace.CaptureBuffer;
import org.qfpsim.datapath.trace.TraceBuffer;

/** A datapath that keeps its configuration, has interfaces on which nothing comes, sends nothing up, and fails a test that asks for anything else that it does not override. */
public class StandInDatapath implements RoutedDatapath {
    private final RouteVersions versions = new RouteVersions();
    private RoutedConfig config = RoutedConfig.EMPTY;

    private static AssertionError notAskedFor() {
        return new AssertionError("nobody should ask for this here");
    }

    @Override
    public void configure(final RoutedConfig next) {
        config = next;
    }

    @Override
    public final RoutedConfig configuration() {
        return config;
    }

    @Override
    public void policer(final PuntCause cause, final boolean high, final int perSecond) {
        throw notAskedFor();
    }

    @Override
    public void watch(final @Nullable TraceBuffer trace, final List<CaptureBuffer> captures) {
        throw notAskedFor();
    }

    @Override
    public PacketBuffers buffers() {
        return new PacketBuffers(256, 2048, 32, false, List.of(0L), 1 << 16, 0);
    }

    @Override
    public PortCounters portCounters(final int interfaceIndex) {
        versions.compile(config);
        return versions.counters(interfaceIndex);
    }

    @Override
    public RoutedSa installInbound(final SaSpec spec, final int flow, final int interfaceIndex) {
        throw notAskedFor();
    }

    @Override
    public void invalidate(final RoutedSa sa) {
        throw notAskedFor();
    }

    @Override
    public RoutedSa installOutbound(final SaSpec spec, final int flow) {
        throw notAskedFor();
    }

    @Override
    public void retire(final RoutedSa sa) {
        throw notAskedFor();
    }

    @Override
    public int reclaim() {
        return 0;
    }

    @Override
    public boolean inject(final DirectBuffer packet, final int offset, final int length, final long nanos) {
        throw notAskedFor();
    }

    @Override
    public boolean injectFrame(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        throw notAskedFor();
    }

    @Override
    public boolean injectTunnel(final int interfaceIndex, final IpAddress nbma, final int flow, final int protocolType,
                                final DirectBuffer payload, final int offset, final int length, final long nanos) {
        throw notAskedFor();
    }

    @Override
    public int drainPunts(final PuntHandler handler, final int limit) {
        return 0;
    }

    @Override
    public int drainNotifications(final Consumer<Notification> handler, final int limit) {
        return 0;
    }
}
