package org.qfpsim.datapath.route;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;

/** Wraps packets that leave through a tunnel: GRE (RFC 2784), by NHRP mapping if there are many peers, or ESP alone (VTI). */
final class TunnelOutlet {
    private static final int TTL = 255;
    private static final int MAX_PACKET = 65_535;

    private final Trip trip;
    private final IpView view;
    private final Outlet outlet;
    private final Sealer sealer;
    private final Outside outside = new Outside();
    private int identification;

    /** Where a GRE packet goes, and what protects it. */
    static final class Outside {
        long high;
        long low;
        int flow;
        int type;
        int trafficClass;
    }

    TunnelOutlet(final Trip trip, final Outlet outlet, final Sealer sealer) {
        this.trip = trip;
        this.view = trip.view;
        this.outlet = outlet;
        this.sealer = sealer;
    }

    /** Sends the packet in view through a tunnel. */
    boolean wrap(final int depth, final UnsafeBuffer buffer, final int at, final Port output, final long hopHigh, final long hopLow) {
        final boolean priority = PortCounters.isPriority(buffer, at);
        final int length = view.length;
        if (!through(depth, buffer, at, output, hopHigh, hopLow)) {
            return false;
        }
        sent(output, priority, length);
        return true;
    }

    /** Something that need not be IP is sent through a tunnel by the control plane. */
    boolean own(final UnsafeBuffer buffer, final int at, final int length, final Port output, final Outside to) {
        if (!gre(0, buffer, at, length, output, to)) {
            return false;
        }
        sent(output, false, length);
        return true;
    }

    private void sent(final Port output, final boolean priority, final int length) {
        output.counters.sent(priority, length);
        output.counters.told(trip.nanos);
    }

    private boolean through(final int depth, final UnsafeBuffer buffer, final int at, final Port output, final long hopHigh,
                            final long hopLow) {
        final TunnelSpec tunnel = output.tunnel;
        if (tunnel == null) {
            return trip.fail(GlobalDrop.TUNNEL_MISCONFIGURATION);
        }
        if (output.kind == InterfaceKind.TUNNEL_IPSEC) {
            return sealer.seal(depth, buffer, at, tunnel.flow(), output, depth == 0);
        }
        final @Nullable IpAddress peer = tunnel.destination();
        if (peer != null) {
            outside.high = peer.high();
            outside.low = peer.low();
            outside.flow = tunnel.flow();
        } else {
            final NhrpMapping mapping = trip.tables().mapping(output.index, view.v6, hopHigh, hopLow);
            if (trip.watcher.on) {
                watchNhrp(mapping, hopHigh, hopLow);
            }
            if (mapping == null || mapping.nbma().v6() != tunnel.source().v6()) {
                outlet.wantNeighbour(output, hopHigh, hopLow);
                return trip.fail(view.v6 ? GlobalDrop.IPV6_NO_ADJ : GlobalDrop.IPV4_NO_ADJ);
            }
            outside.high = mapping.nbma().high();
            outside.low = mapping.nbma().low();
            outside.flow = mapping.flow() == RoutedConfig.NO_FLOW ? tunnel.flow() : mapping.flow();
        }
        outside.type = view.v6 ? Net.ETHERTYPE_IPV6 : Net.ETHERTYPE_IPV4;
        outside.trafficClass = view.trafficClass;
        return gre(depth, buffer, at, view.length, output, outside);
    }

    private void watchNhrp(final @Nullable NhrpMapping mapping, final long hopHigh, final long hopLow) {
        if (mapping == null) {
            trip.watcher.path.nhrp(false, view.v6, hopHigh, hopLow, false, 0, 0);
        } else {
            trip.watcher.path.nhrp(true, view.v6, hopHigh, hopLow, mapping.nbma().v6(), mapping.nbma().high(), mapping.nbma().low());
        }
    }

    /** Puts GRE and an outer header in front of a payload, and sends that. */
    private boolean gre(final int depth, final UnsafeBuffer buffer, final int at, final int length, final Port output, final Outside to) {
        final TunnelSpec tunnel = output.tunnel;
        if (tunnel == null) {
            return trip.fail(GlobalDrop.TUNNEL_MISCONFIGURATION);
        }
        final boolean v6 = tunnel.source().v6();
        final int payload = tunnel.greBytes() + length;
        final int total = payload + (v6 ? Net.IPV6_HEADER_BYTES : Net.IPV4_HEADER_BYTES);
        final int start = at + length - total;
        if (total > MAX_PACKET) {
            return trip.fail(GlobalDrop.BAD_LEN);
        }
        GreHeader.write(buffer, at - tunnel.greBytes(), payload, tunnel, to.type);
        if (v6) {
            header6(buffer, start, payload, tunnel, to);
        } else {
            header4(buffer, start, total, tunnel, to);
        }
        if (trip.watcher.on) {
            trip.watcher.path.greOutput(v6, tunnel.key(), tunnel.source().high(), tunnel.source().low(), to.high, to.low);
        }
        if (to.flow == RoutedConfig.NO_FLOW) {
            return outlet.own(depth + 1, buffer, start, total, false);
        }
        if (depth >= Trip.MAX_DEPTH) {
            return trip.fail(GlobalDrop.TUNNEL_MISCONFIGURATION);
        }
        final int verdict = view.read(buffer, start, total);
        return verdict == Verdict.NONE ? sealer.seal(depth, buffer, start, to.flow, output, false) : trip.fail(verdict);
    }

    private void header4(final UnsafeBuffer buffer, final int at, final int total, final TunnelSpec tunnel, final Outside to) {
        buffer.putInt(at, 0x45 << 24 | to.trafficClass << 16 | total, ByteOrder.BIG_ENDIAN);
        buffer.putInt(at + 4, (identification++ & 0xffff) << 16, ByteOrder.BIG_ENDIAN);
        buffer.putInt(at + 8, TTL << 24 | GreHeader.PROTOCOL << 16, ByteOrder.BIG_ENDIAN);
        buffer.putInt(at + 12, (int) tunnel.source().low(), ByteOrder.BIG_ENDIAN);
        buffer.putInt(at + 16, (int) to.low, ByteOrder.BIG_ENDIAN);
        Checksum.write(buffer, at, Net.IPV4_HEADER_BYTES);
    }

    private static void header6(final UnsafeBuffer buffer, final int at, final int payload, final TunnelSpec tunnel, final Outside to) {
        buffer.putInt(at, 6 << 28 | to.trafficClass << 20, ByteOrder.BIG_ENDIAN);
        buffer.putInt(at + 4, payload << 16 | GreHeader.PROTOCOL << 8 | TTL, ByteOrder.BIG_ENDIAN);
        buffer.putLong(at + 8, tunnel.source().high(), ByteOrder.BIG_ENDIAN);
        buffer.putLong(at + 16, tunnel.source().low(), ByteOrder.BIG_ENDIAN);
        buffer.putLong(at + 24, to.high, ByteOrder.BIG_ENDIAN);
        buffer.putLong(at + 32, to.low, ByteOrder.BIG_ENDIAN);
    }
}
