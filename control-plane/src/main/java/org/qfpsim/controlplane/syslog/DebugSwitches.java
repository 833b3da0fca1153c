package org.qfpsim.controlplane.syslog;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.datapath.packet.IpAddress;

/** What is being debugged, and with which peers. While there is a condition, lines that name no peer are not shown either. */
public final class DebugSwitches {
    private final Set<Debug> on = EnumSet.noneOf(Debug.class);
    private final Set<IpAddress> peers = new TreeSet<>();

    DebugSwitches() {
    }

    /**
     * {@code debug ...} or {@code no debug ...}.
     *
     * @param category what.
     * @param enabled  whether it shall be shown.
     * @return what the platform answers.
     */
    public String set(final Debug category, final boolean enabled) {
        if (enabled) {
            on.add(category);
        } else {
            on.remove(category);
        }
        return category.title() + " is " + (enabled ? "on" : "off") + "\n";
    }

    /** {@code undebug all}: conditions stay, as they do there. */
    public String allOff() {
        on.clear();
        return "All possible debugging has been turned off\n";
    }

    /**
     * {@code debug crypto condition peer ipv4 A.B.C.D}, and its {@code no} form.
     *
     * @param peer    its address.
     * @param enabled whether the condition is added or taken away.
     */
    public void condition(final IpAddress peer, final boolean enabled) {
        if (enabled) {
            peers.add(peer);
        } else {
            peers.remove(peer);
        }
    }

    /**
     * Whether a line is to be shown.
     *
     * @param category what it belongs to.
     * @param peer     what peer it is about, or null.
     * @return whether somebody looks.
     */
    boolean shows(final Debug category, final @Nullable IpAddress peer) {
        return on.contains(category) && (peers.isEmpty() || peer != null && peers.contains(peer));
    }

    /** {@code show debugging}. */
    public String show() {
        final StringBuilder text = new StringBuilder();
        for (final Debug category : on) {
            text.append("  ").append(category.title()).append(" is on\n");
        }
        for (final IpAddress peer : peers) {
            text.append("  Crypto condition: peer ").append(peer.v6() ? "ipv6 " : "ipv4 ").append(peer).append('\n');
        }
        return text.toString();
    }
}
