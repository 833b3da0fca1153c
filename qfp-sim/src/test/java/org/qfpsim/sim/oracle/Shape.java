package org.qfpsim.sim.oracle;

import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;

/** What an ESP packet looks like from outside, and which IP version is inside. */
enum Shape {
    TUNNEL_4_IN_4(SaSpec.Mode.TUNNEL, false, false, false),
    TUNNEL_6_IN_4(SaSpec.Mode.TUNNEL, false, true, false),
    TUNNEL_4_IN_6(SaSpec.Mode.TUNNEL, true, false, false),
    TUNNEL_6_IN_6(SaSpec.Mode.TUNNEL, true, true, false),
    TRANSPORT_4(SaSpec.Mode.TRANSPORT, false, false, false),
    TRANSPORT_6(SaSpec.Mode.TRANSPORT, true, true, false),
    NAT_T_TUNNEL_4_IN_4(SaSpec.Mode.TUNNEL, false, false, true),
    NAT_T_TUNNEL_6_IN_4(SaSpec.Mode.TUNNEL, false, true, true);

    private static final IpAddress SOURCE_4 = IpAddress.parse("192.0.2.17");
    private static final IpAddress DESTINATION_4 = IpAddress.parse("198.51.100.230");
    private static final IpAddress SOURCE_6 = IpAddress.parse("2001:db8:17::11");
    private static final IpAddress DESTINATION_6 = IpAddress.parse("2001:db8:230::e6");

    final SaSpec.Mode mode;
    final boolean outer6;
    final boolean inner6;
    final boolean natT;

    Shape(final SaSpec.Mode mode, final boolean outer6, final boolean inner6, final boolean natT) {
        this.mode = mode;
        this.outer6 = outer6;
        this.inner6 = inner6;
        this.natT = natT;
    }

    boolean tunnel() {
        return mode == SaSpec.Mode.TUNNEL;
    }

    IpAddress source() {
        return outer6 ? SOURCE_6 : SOURCE_4;
    }

    IpAddress destination() {
        return outer6 ? DESTINATION_6 : DESTINATION_4;
    }
}
