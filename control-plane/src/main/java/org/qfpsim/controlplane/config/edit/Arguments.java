package org.qfpsim.controlplane.config.edit;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.config.model.StaticRoute;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/** Arguments and conversions that several areas need. */
public final class Arguments {
    private static final Pattern INTERFACE = Pattern.compile("([A-Za-z]+)([0-9]{1,9}|[0-9]{1,3}(?:/[0-9]{1,3}){1,2})");

    private Arguments() {
    }

    /**
     * Name of an interface, cut short or not; the value is the full name.
     *
     * @param orNull whether {@code Null0} is one.
     * @return a new argument.
     */
    public static Argument<String> interfaceName(final boolean orNull) {
        return Argument.joined("INTERFACE", String.class, text -> interfaceName(text, orNull));
    }

    private static @Nullable String interfaceName(final String text, final boolean orNull) {
        final Matcher matcher = INTERFACE.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        final String letters = matcher.group(1).toLowerCase(Locale.ROOT);
        if (orNull && "null".startsWith(letters) && "0".equals(matcher.group(2))) {
            return StaticRoute.NULL_INTERFACE;
        }
        InterfaceConfig.Kind found = null;
        for (final InterfaceConfig.Kind kind : InterfaceConfig.Kind.values()) {
            if (kind.label().toLowerCase(Locale.ROOT).startsWith(letters)) {
                if (found != null) {
                    return null;
                }
                found = kind;
            }
        }
        if (found == null || !found.physical() && matcher.group(2).indexOf('/') >= 0) {
            return null;
        }
        return found.label() + matcher.group(2).replaceAll("(?<![0-9])0+(?=[0-9])", "");
    }

    /**
     * Length of a network mask.
     *
     * @param mask the mask.
     * @return the length.
     * @throws CommandRefusal if its bits are not a prefix, in the platform's words.
     */
    static int maskLength(final IpAddress address, final IpAddress mask) throws CommandRefusal {
        final int bits = (int) mask.low();
        final int length = Integer.bitCount(bits);
        if (length < 32 && bits << length != 0) {
            throw CommandRefusal.because("Bad mask " + mask + " for address " + address);
        }
        return length;
    }

    /** A peer's prefix: without a mask a host, or everything if the address is 0.0.0.0. */
    static IpPrefix prefix(final Input input, final Argument<IpAddress> address, final Argument<IpAddress> mask) throws CommandRefusal {
        final IpAddress base = input.get(address);
        final IpAddress given = input.find(mask).orElse(null);
        return new IpPrefix(base, given != null ? maskLength(base, given) : base.low() == 0 ? 0 : base.bits());
    }

    static int integer(final Input input, final Argument<Long> argument) {
        return Math.toIntExact(input.get(argument));
    }

    static int integer(final Input input, final Argument<Long> argument, final int otherwise) {
        return input.find(argument).map(Math::toIntExact).orElse(otherwise);
    }

    static Secret secret(final Input input, final Argument<String> argument) {
        return Secret.of(input.get(argument));
    }
}
