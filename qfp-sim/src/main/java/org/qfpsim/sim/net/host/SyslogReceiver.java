package org.qfpsim.sim.net.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qfpsim.datapath.packet.IpAddress;

/** A syslog server as far as RFC 3164 goes: keeps the last messages that came to its port. */
final class SyslogReceiver {
    static final int PORT = 514;

    private static final int MOST = 1000;
    /** RFC 3164 section 4.1.1: facility times 8 plus severity; 23 facilities, 8 severities. */
    private static final int MAX_PRIORITY = 191;
    private static final Pattern MESSAGE = Pattern.compile("<(\\d{1,3})>(.*)", Pattern.DOTALL);

    private final Deque<String> messages = new ArrayDeque<>();

    /** Takes a datagram's payload; false if it is no message. */
    boolean receive(final IpAddress from, final byte[] datagram) {
        final Matcher matcher = MESSAGE.matcher(new String(datagram, StandardCharsets.UTF_8));
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > MAX_PRIORITY) {
            return false;
        }
        if (messages.size() == MOST) {
            messages.removeFirst();
        }
        final int priority = Integer.parseInt(matcher.group(1));
        messages.addLast("%s facility %d severity %d: %s".formatted(from, priority / 8, priority % 8,
            matcher.group(2).replaceAll("\\p{Cntrl}", " ").strip()));
        return true;
    }

    /** What was kept, oldest first, a line each. */
    String text() {
        return messages.isEmpty() ? "" : String.join("\n", messages) + "\n";
    }
}
