package org.qfpsim.controlplane.nhrp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.NhrpMapping;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;

/** Sends NHRP packets through tunnels, and takes those that came out of the IP and GRE headers that they came in. */
final class NhrpWire {
    /** Protocol type of NHRP in GRE (RFC 2332 section 5.2.0: the Ethertype). */
    static final int TYPE = 0x2001;

    private static final int GRE = 47;
    private static final int GRE_BYTES = 4;
    /** Options of GRE that make its header longer: checksum, key, sequence number (RFC 2784, RFC 2890). */
    private static final int[] GRE_OPTIONS = {0x8000, 0x2000, 0x1000};
    /** What an error indication shows of a packet: with all headers it is to fit in the least MTU of a host. */
    private static final int EXCERPT = 400;

    private final RoutedDatapath datapath;
    private final Timers timers;
    private final EventLog log;
    private final long[] counts = new long[NhrpCounter.values().length];

    NhrpWire(final RoutedDatapath datapath, final Timers timers, final EventLog log) {
        this.datapath = datapath;
        this.timers = timers;
        this.log = log;
    }

    /**
     * What came out of a tunnel.
     *
     * @param outer  source of the outer header.
     * @param octets the NHRP packet.
     */
    record Unwrapped(IpAddress outer, byte[] octets) {
    }

    long count(final NhrpCounter counter) {
        return counts[counter.ordinal()];
    }

    void counted(final NhrpCounter counter) {
        counts[counter.ordinal()]++;
    }

    /** Takes NHRP out of IP and GRE; null if that is not what it is. */
    static @Nullable Unwrapped unwrap(final DirectBuffer buffer, final int offset, final int length) {
        final boolean v6 = length > 0 && Net.u8(buffer, offset) >> 4 == 6;
        final int header = length < 1 ? 0 : v6 ? Net.IPV6_HEADER_BYTES : (Net.u8(buffer, offset) & 15) << 2;
        if (header < Net.IPV4_HEADER_BYTES || length < header + GRE_BYTES || Net.u8(buffer, offset + (v6 ? 6 : 9)) != GRE
            || Net.u16(buffer, offset + header + 2) != TYPE) {
            return null;
        }
        int start = header + GRE_BYTES;
        for (final int option : GRE_OPTIONS) {
            start += (Net.u16(buffer, offset + header) & option) == 0 ? 0 : GRE_BYTES;
        }
        final byte[] source = new byte[v6 ? 16 : 4];
        buffer.getBytes(offset + (v6 ? 8 : 12), source);
        final byte[] octets = new byte[Math.clamp(length - start, 0, NhrpDecoder.MAX_BYTES)];
        buffer.getBytes(offset + start, octets);
        return new Unwrapped(IpAddress.of(source), octets);
    }

    /** Whether packets pass through a tunnel. */
    boolean isUp(final NhrpTunnel tunnel) {
        final List<InterfaceSpec> interfaces = datapath.configuration().interfaces();
        return tunnel.index() < interfaces.size() && interfaces.get(tunnel.index()).up();
    }

    /** Sends a packet with the tunnel's authentication. */
    void send(final NhrpTunnel tunnel, final IpAddress nbma, final NhrpPacket packet) {
        final Secret secret = tunnel.config().authentication();
        final List<NhrpExtension> extensions = new ArrayList<>(packet.extensions());
        if (secret != null && packet.kind() != NhrpPacket.Kind.ERROR_INDICATION) {
            extensions.add(NhrpExtension.authentication(secret.octets()));
        }
        final NhrpPacket whole = packet.withExtensions(extensions);
        final byte[] octets = NhrpEncoder.write(whole, tunnel.source().v6());
        NhrpDebug.packet(log, "Send", tunnel, nbma, whole, octets.length);
        final boolean sent = datapath.injectTunnel(tunnel.index(), nbma, flow(tunnel.index(), nbma), TYPE, new UnsafeBuffer(octets), 0,
            octets.length, timers.nanos());
        counted(sent ? NhrpCounter.SENT : NhrpCounter.UNSENT);
    }

    /** Tells a station what was wrong with a packet of its. Never about an error indication (RFC 2332 section 5.2.7). */
    void error(final NhrpReceived about, final int code, final int offset) {
        final NhrpTunnel tunnel = about.tunnel();
        final IpAddress own = tunnel.own(about.packet().v6());
        if (own != null && about.packet().kind() != NhrpPacket.Kind.ERROR_INDICATION) {
            counted(NhrpCounter.ERRORS_SENT);
            final byte[] excerpt = Arrays.copyOf(about.octets(), Math.min(about.octets().length, EXCERPT));
            send(tunnel, about.outer(), NhrpPacket.error(code, offset, tunnel.source(), own, about.packet().source(), excerpt));
        }
    }

    /** The flow that protects packets to a peer: that of a mapping to it, otherwise the tunnel's own. */
    private int flow(final int index, final IpAddress nbma) {
        for (final NhrpMapping mapping : datapath.configuration().nhrp()) {
            if (mapping.interfaceIndex() == index && mapping.nbma().equals(nbma) && mapping.flow() != RoutedConfig.NO_FLOW) {
                return mapping.flow();
            }
        }
        return RoutedConfig.NO_FLOW;
    }
}
