package org.qfpsim.controlplane.config.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.HashedSecret;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/** Lines of a configuration as they are written, and how values look in them. */
final class Lines {
    private final StringBuilder text = new StringBuilder();
    private final boolean showKeys;

    Lines(final boolean showKeys) {
        this.showKeys = showKeys;
    }

    /** A line of global mode. */
    Lines add(final String line) {
        text.append(line).append('\n');
        return this;
    }

    /** A line of the mode that the line before has entered. */
    Lines sub(final String line) {
        text.append(' ').append(line).append('\n');
        return this;
    }

    void addIf(final boolean condition, final String line) {
        if (condition) {
            add(line);
        }
    }

    void subIf(final boolean condition, final String line) {
        if (condition) {
            sub(line);
        }
    }

    /** A line of a mode with a name, if there is one. */
    void subNamed(final String words, final @Nullable String name) {
        if (name != null) {
            sub(words + " " + name);
        }
    }

    /** A line with an exclamation mark, unless there is one already. */
    void gap() {
        final int end = text.length();
        final boolean there = end >= 2 && text.charAt(end - 2) == '!' && (end == 2 || text.charAt(end - 3) == '\n');
        if (end > 0 && !there) {
            add("!");
        }
    }

    /** A key, or what stands for it; with its type in front if it could be taken for a keyword. */
    String key(final Secret key, final String... keywords) {
        final String shown = show(key);
        return List.of(keywords).contains(shown.toLowerCase(Locale.ROOT)) ? "0 " + shown : shown;
    }

    /** A key, or what stands for it. */
    String show(final Secret key) {
        return showKeys ? key.reveal() : key.toString();
    }

    /** The hash of a password with its type in front, or what stands for it. */
    String show(final HashedSecret secret) {
        return secret.type() + " " + (showKeys ? secret.text() : secret.toString());
    }

    static String mask(final int length) {
        return IpAddress.v4(length == 0 ? 0 : -1 << 32 - length).toString();
    }

    static String wildcard(final int length) {
        return IpAddress.v4(length == 0 ? -1 : ~(-1 << 32 - length)).toString();
    }

    /** IPv6 addresses are in upper case. */
    static String address(final IpAddress address) {
        return address.toString().toUpperCase(Locale.ROOT);
    }

    static String prefix6(final IpPrefix prefix) {
        return address(prefix.address()) + "/" + prefix.length();
    }

    static String quoted(final String value) {
        return '"' + value + '"';
    }

    static String decimal(final double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** Address and mask of a peer; the mask is left out where it is understood. */
    static String peerAddress(final IpPrefix prefix, final String before6) {
        if (prefix.address().v6()) {
            return before6 + prefix6(prefix);
        }
        final boolean any = prefix.length() == 0;
        final boolean host = prefix.length() == 32 && prefix.address().low() != 0;
        return prefix.address() + (any || host ? "" : " " + mask(prefix.length()));
    }

    /** A peer as the commands of IKEv2 have it. */
    static String ikev2Peer(final PeerMatch match) {
        return switch (match) {
            case PeerMatch.Address address -> "address " + peerAddress(address.prefix(), "");
            case PeerMatch.Name name -> ikev2Type(name.type()) + " " + name.name();
            case PeerMatch.Domain domain -> ikev2Type(domain.type()) + " domain " + domain.domain();
            case PeerMatch.Any any -> "any";
        };
    }

    private static String ikev2Type(final int type) {
        return type == IkeIdentity.FQDN ? "fqdn" : type == IkeIdentity.USER_FQDN ? "email" : "key-id";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
