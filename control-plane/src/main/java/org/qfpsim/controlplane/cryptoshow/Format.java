package org.qfpsim.controlplane.cryptoshow;

import java.util.Locale;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.TrafficSelector;

/** How the platform writes numbers, names and addresses in crypto tables. */
final class Format {
    static final long SECOND = 1_000_000_000L;

    private Format() {
    }

    /** {@code 0xB761863E(3076621886)}; no zeros in front (seen: {@code 0x31CA189(52208009)}). */
    static String spi(final int spi) {
        return hex(spi) + "(" + Integer.toUnsignedString(spi) + ")";
    }

    static String hex(final int spi) {
        return "0x" + Integer.toHexString(spi).toUpperCase(Locale.ROOT);
    }

    /** Hours may have more than two digits. */
    static String clock(final long seconds) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** A mask for IPv4, a length for IPv6. */
    static String mask(final IpPrefix prefix) {
        return prefix.address().v6() ? String.valueOf(prefix.length()) : new IpAddress(false, 0, prefix.maskLow()).toString();
    }

    /** {@code (addr/mask/prot/port)}; a range of ports is written as 0. */
    static String ident(final TrafficSelector selector, final boolean source) {
        final IpPrefix prefix = source ? selector.source() : selector.destination();
        final int low = source ? selector.sourcePortLow() : selector.destinationPortLow();
        final int high = source ? selector.sourcePortHigh() : selector.destinationPortHigh();
        return "(" + prefix.address() + "/" + mask(prefix) + "/" + Math.max(0, selector.protocol()) + "/" + (low == high ? low : 0) + ")";
    }

    /** One side of a flow in {@code show crypto session}. */
    static String side(final IpPrefix prefix) {
        return prefix.length() == prefix.address().bits() ? "host " + prefix.address() : prefix.address() + "/" + mask(prefix);
    }

    /** {@code Gi0/0/0}, {@code Tu1}. */
    static String shortName(final String interfaceName) {
        for (final InterfaceConfig.Kind kind : InterfaceConfig.Kind.values()) {
            if (interfaceName.startsWith(kind.label())) {
                return kind.label().substring(0, 2) + interfaceName.substring(kind.label().length());
            }
        }
        return interfaceName;
    }

    /** Bits or the name of a Diffie-Hellman group: {@code 2048 bit}; elliptic curves by their size. */
    static int groupBits(final int group) {
        return switch (group) {
            case 1 -> 768;
            case 2 -> 1024;
            case 5 -> 1536;
            case 14 -> 2048;
            case 15 -> 3072;
            case 16 -> 4096;
            case 20 -> 384;
            case 21 -> 521;
            default -> 256;
        };
    }

    /** {@code DH_GROUP_2048_MODP/Group 14}. */
    static String groupName(final int group) {
        return "DH_GROUP_" + groupBits(group) + (group < 19 ? "_MODP" : "_ECP") + "/Group " + group;
    }

    /** HMAC-SHA1 as integrity is cut to 96 bits, and is called so (seen); the others are called by their hash. */
    static String integrity(final String hash) {
        return hash.equals("sha1") ? "SHA96" : hash.toUpperCase(Locale.ROOT);
    }
}
