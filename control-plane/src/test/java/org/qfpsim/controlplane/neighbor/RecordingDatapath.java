package org.qfpsim.controlplane.neighbor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.Notification;
import org.qfpsim.datapath.route.PuntHandler;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;
import org.qfpsim.datapath.route.RoutedSa;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.trace.CaptureBuffer;
import org.qfpsim.datapath.trace.TraceBuffer;

/** A datapath that writes down what it is asked for and does nothing. */
public final class RecordingDatapath implements RoutedDatapath {
    /** A frame, with the interface that it left through. */
    public record Frame(int port, byte[] octets) {
    }

    public final List<byte[]> packets = new ArrayList<>();
    public final List<Frame> frames = new ArrayList<>();
    private RoutedConfig config = RoutedConfig.EMPTY;

    private static byte[] octets(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] octets = new byte[length];
        buffer.getBytes(offset, octets);
        return octets;
    }

    /** Takes the frames that were sent so far. */
    public List<Frame> take() {
        final List<Frame> taken = List.copyOf(frames);
        frames.clear();
        return taken;
    }

    @Override
    public void configure(final RoutedConfig next) {
        config = next;
    }

    @Override
    public void policer(final PuntCause cause, final int perSecond) {
        throw new UnsupportedOperationException("nobody sets policers here");
    }

    @Override
    public void watch(final @Nullable TraceBuffer trace, final List<CaptureBuffer> captures) {
        throw new UnsupportedOperationException("nobody watches packets here");
    }

    @Override
    public RoutedConfig configuration() {
        return config;
    }

    @Override
    public RoutedSa installInbound(final SaSpec spec, final int flow, final int interfaceIndex) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void invalidate(final RoutedSa sa) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RoutedSa installOutbound(final SaSpec spec, final int flow) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void retire(final RoutedSa sa) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int reclaim() {
        return 0;
    }

    @Override
    public boolean inject(final DirectBuffer packet, final int offset, final int length, final long nanos) {
        return packets.add(octets(packet, offset, length));
    }

    @Override
    public boolean injectFrame(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        return frames.add(new Frame(interfaceIndex, octets(frame, offset, length)));
    }

    @Override
    public boolean injectTunnel(final int interfaceIndex, final IpAddress nbma, final int flow, final int protocolType,
                                final DirectBuffer payload, final int offset, final int length, final long nanos) {
        throw new UnsupportedOperationException();
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
