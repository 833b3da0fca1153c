package org.qfpsim.sim.console.ssh;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qfpsim.sim.InputException;

/**
 * Where to listen: {@code PORT} on the loopback address, or {@code ADDRESS:PORT}.
 *
 * @param socket address and port; port 0: any that is free.
 */
public record ListenAddress(InetSocketAddress socket) {
    private static final Pattern FORM = Pattern.compile("(?:([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+]):)?([0-9]{1,5})");
    private static final int LAST_PORT = 65_535;

    /**
     * Reads one.
     *
     * @param option that it stands behind, for messages.
     * @param text   as written: {@code 2222}, {@code 192.0.2.1:2222}, {@code [::1]:2222}.
     * @return the address.
     * @throws InputException if it is none.
     */
    public static ListenAddress parse(final String option, final String text) {
        final Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > LAST_PORT) {
            throw new InputException(option + " " + text + ": is not [ADDRESS:]PORT; such as 2222, 0.0.0.0:2222 or [::1]:2222");
        }
        final int port = Integer.parseInt(matcher.group(2));
        try {
            // Digits only: no name is looked up.
            return new ListenAddress(new InetSocketAddress(matcher.group(1) == null ? InetAddress.getLoopbackAddress()
                : InetAddress.getByName(matcher.group(1)), port));
        } catch (final UnknownHostException e) {
            throw new InputException(option + " " + text + ": " + matcher.group(1) + " is no address", e);
        }
    }
}
