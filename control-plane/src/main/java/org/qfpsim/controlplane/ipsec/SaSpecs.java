package org.qfpsim.controlplane.ipsec;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Turns a negotiated pair into what the datapath installs. */
final class SaSpecs {
    private final Supplier<IpsecSettings> settings;

    SaSpecs(final Supplier<IpsecSettings> settings) {
        this.settings = settings;
    }

    SaSpec inbound(final SaPair pair, final long sequence) {
        final ChildSa child = pair.child();
        final IkePath path = pair.path();
        return new SaSpec(pair.flow().name() + " in " + hex(child.inboundSpi()), child.inboundSpi(), path.remote(), path.local(),
            child.mode(), child.suite(), child.inboundKeys(), child.esn(), window(child), sequence,
            udp(child, path.remotePort(), path.localPort()), List.of(SelectorMath.flip(outer(pair))), lifetime(pair));
    }

    SaSpec outbound(final SaPair pair, final long sequence) {
        final ChildSa child = pair.child();
        final IkePath path = pair.path();
        return new SaSpec(pair.flow().name() + " out " + hex(child.outboundSpi()), child.outboundSpi(), path.local(), path.remote(),
            child.mode(), child.suite(), child.outboundKeys(), child.esn(), window(child), sequence,
            udp(child, path.localPort(), path.remotePort()), List.of(outer(pair)), lifetime(pair));
    }

    /** In transport mode the inner addresses are the outer ones, whatever a NAT has made of them (RFC 3948 section 3.1.2). */
    private static TrafficSelector outer(final SaPair pair) {
        final TrafficSelector agreed = pair.child().selector();
        return pair.child().mode() == SaSpec.Mode.TRANSPORT
            ? SelectorMath.hosts(agreed, pair.path().local(), pair.path().remote()) : agreed;
    }

    private static int window(final ChildSa child) {
        // RFC 4303 section 3.3.3: extended sequence numbers cannot do without.
        return child.esn() ? Math.max(64, child.policy().replayWindow()) : child.policy().replayWindow();
    }

    private static SaSpec.@Nullable UdpEncap udp(final ChildSa child, final int source, final int destination) {
        return child.udp() ? new SaSpec.UdpEncap(source, destination) : null;
    }

    private SaSpec.Lifetime lifetime(final SaPair pair) {
        final long kilobytes = pair.child().kilobytes();
        return new SaSpec.Lifetime(settings.get().margins().softBytes(kilobytes), kilobytes * 1024, pair.hardNanos());
    }

    static String hex(final int spi) {
        return "0x%08X".formatted(spi);
    }
}
