package org.qfpsim.controlplane.nhrp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.NhrpConfig;
import org.qfpsim.datapath.packet.IpAddress;

/** The text of {@code show ip nhrp} and {@code show ip nhrp brief}. */
final class NhrpShow {
    private static final int SECONDS_A_DAY = 86_400;
    private static final int DAYS_A_WEEK = 7;
    private static final String BRIEF = "%-20s %-16s %-17s %-10s %-8s< %3s >";
    private static final String HEADING = "%-20s %-16s %-17s %-10s %-7s Claimed\n";

    private final long now;
    private final List<Line> lines = new ArrayList<>();

    /** A row of either table. */
    private record Line(String tunnel, IpAddress target, @Nullable IpAddress via, @Nullable IpAddress nbma, @Nullable IpAddress claimed,
                        String type, String flags, long created, long expires, long hits) {
    }

    /**
     * Collects what is to be shown.
     *
     * @param tunnels since when they are there, with NHRP on them.
     * @param entries of the cache.
     * @param now     nanoseconds.
     */
    NhrpShow(final Collection<Shown> tunnels, final Collection<NhrpEntry> entries, final long now) {
        this.now = now;
        for (final Shown shown : tunnels) {
            final NhrpTunnel tunnel = shown.tunnel();
            for (final NhrpConfig.Mapping mapping : tunnel.fixed()) {
                lines.add(new Line(tunnel.name(), mapping.protocol(), mapping.protocol(), mapping.nbma(), null, "static", "",
                    shown.since(), Long.MAX_VALUE, 0));
            }
            entries.stream().filter(entry -> entry.key.tunnel() == tunnel.index() && tunnel.fixed(entry.key.protocol()) == null)
                .map(entry -> line(tunnel, entry)).forEach(lines::add);
        }
    }

    /**
     * A tunnel.
     *
     * @param tunnel with NHRP on it.
     * @param since  when it came to be, nanoseconds.
     */
    record Shown(NhrpTunnel tunnel, long since) {
    }

    private static Line line(final NhrpTunnel tunnel, final NhrpEntry entry) {
        final String flags = entry.incomplete ? "negative" : (entry.unique ? "unique " : "")
            + (entry.registered ? "registered " : "router ") + "nhop";
        return new Line(tunnel.name(), entry.key.protocol(), entry.incomplete ? null : entry.via, entry.incomplete ? null : entry.nbma,
            entry.claimed, entry.incomplete ? "incomplete" : "dynamic", flags, entry.createdNanos, entry.expiresNanos, entry.hits);
    }

    /** The long form, four lines or five an entry. */
    String text() {
        final StringBuilder out = new StringBuilder();
        for (final Line line : lines) {
            out.append(line.target).append('/').append(line.target.bits());
            if (line.via != null) {
                out.append(" via ").append(line.via);
            }
            out.append("\n   ").append(line.tunnel).append(" created ").append(period(now - line.created)).append(", ")
                .append(line.expires == Long.MAX_VALUE ? "never expire" : "expire " + period(line.expires - now));
            out.append("\n   Type: ").append(line.type).append(", Flags: ").append(line.flags).append('\n');
            if (line.nbma == null) {
                out.append("   Cache hits: ").append(line.hits).append('\n');
            } else {
                out.append("   NBMA address: ").append(line.nbma).append('\n');
            }
            if (line.claimed != null) {
                out.append("    (Claimed NBMA address: ").append(line.claimed).append(")\n");
            }
        }
        return out.toString();
    }

    /** The short form, one line an entry. */
    String brief() {
        final StringBuilder out = new StringBuilder(String.format(Locale.ROOT, HEADING, "    Target", "Via", "NBMA", "Mode", "Intfc"));
        for (final Line line : lines) {
            out.append(String.format(Locale.ROOT, BRIEF, line.target + "/" + line.target.bits(), text(line.via), text(line.nbma),
                line.type, line.tunnel.replace("Tunnel", "Tu"), line.claimed == null ? "" : line.claimed)).append('\n');
        }
        return out.toString();
    }

    private static String text(final @Nullable IpAddress address) {
        return address == null ? "" : address.toString();
    }

    /** A time span as the platform writes it: {@code 00:17:49}, {@code 1d02h}, {@code 3w4d}. */
    private static String period(final long nanos) {
        final long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        final long days = seconds / SECONDS_A_DAY;
        if (days >= DAYS_A_WEEK) {
            return days / DAYS_A_WEEK + "w" + days % DAYS_A_WEEK + "d";
        }
        return days > 0
            ? String.format(Locale.ROOT, "%dd%02dh", days, seconds % SECONDS_A_DAY / 3600)
            : String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
