package org.qfpsim.datapath.support;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** An {@link SaSpec} in the making, with defaults: tunnel mode, AES-GCM-128, window 64, from {@link #PEER} to {@link #US}. */
public final class Sa {
    /** The address of the router under test. */
    public static final String US = "20.1.1.1";
    /** The address of its peer. */
    public static final String PEER = "20.1.1.2";
    /** The IPv6 address of the router under test. */
    public static final String US6 = "2001:db8:1::1";
    /** The IPv6 address of its peer. */
    public static final String PEER6 = "2001:db8:1::2";

    private final int spi;
    private String source = PEER;
    private String destination = US;
    private SaSpec.Mode mode = SaSpec.Mode.TUNNEL;
    private EspSuite suite = EspSuite.AES_GCM_128_16;
    private boolean esn;
    private int window = 64;
    private long initial;
    private SaSpec.@Nullable UdpEncap udp;
    private List<TrafficSelector> selectors = List.of();
    private SaSpec.Lifetime lifetime = SaSpec.Lifetime.UNLIMITED;
    private long keySeed;

    private Sa(final int spi) {
        this.spi = spi;
        keySeed = spi;
    }

    public static Sa spi(final int spi) {
        return new Sa(spi);
    }

    public Sa from(final String value) {
        source = value;
        return this;
    }

    public Sa to(final String value) {
        destination = value;
        return this;
    }

    /** Between the IPv6 addresses. */
    public Sa v6() {
        return from(PEER6).to(US6);
    }

    /** From us to the peer. */
    public Sa reversed() {
        final String was = source;
        source = destination;
        destination = was;
        return this;
    }

    public Sa mode(final SaSpec.Mode value) {
        mode = value;
        return this;
    }

    public Sa transport() {
        return mode(SaSpec.Mode.TRANSPORT);
    }

    public Sa suite(final EspSuite value) {
        suite = value;
        return this;
    }

    public Sa esn() {
        esn = true;
        return this;
    }

    public Sa window(final int value) {
        window = value;
        return this;
    }

    public Sa initial(final long value) {
        initial = value;
        return this;
    }

    public Sa udp() {
        return udp(new SaSpec.UdpEncap(4500, 4500));
    }

    public Sa udp(final SaSpec.UdpEncap value) {
        udp = value;
        return this;
    }

    public Sa selectors(final TrafficSelector... value) {
        selectors = List.of(value);
        return this;
    }

    public Sa lifetime(final long softBytes, final long hardBytes, final long hardNanos) {
        lifetime = new SaSpec.Lifetime(softBytes, hardBytes, hardNanos);
        return this;
    }

    public Sa keySeed(final long value) {
        keySeed = value;
        return this;
    }

    public SaSpec build() {
        return new SaSpec("sa-" + Integer.toHexString(spi), spi, IpAddress.parse(source), IpAddress.parse(destination), mode, suite,
            Crypto.keys(suite, keySeed), esn, window, initial, udp, selectors, lifetime);
    }
}
