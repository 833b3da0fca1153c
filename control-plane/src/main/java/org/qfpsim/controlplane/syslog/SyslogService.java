package org.qfpsim.controlplane.syslog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * The log of one router. One thread.
 *
 * <ol>
 *   <li>A line gets its time stamp.</li>
 *   <li>Rate limit: no more than so many lines in a second of the router's time, counted from its first line; the rest is counted and
 *       gone, for listeners too.</li>
 *   <li>Buffer, servers, console, terminals, listeners, in this order; the console may have a rate limit of its own instead. A line that
 *       a listener causes waits until all have heard the one before.</li>
 * </ol>
 */
public final class SyslogService implements EventLog {
    /** No line is longer; what is beyond is cut off. */
    static final int MAX_LINE = 4096;
    /** Lines that listeners may cause while one is handed out; more are counted as dropped. */
    private static final int MAX_WAITING = 1000;
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final WallClock clock;
    private final RemoteHost.Transport transport;
    private final LogBuffer buffer = new LogBuffer();
    private final DebugSwitches debugs = new DebugSwitches();
    private final List<LogLine.Listener> listeners = new ArrayList<>();
    private final List<LogLine.Listener> consoles = new ArrayList<>();
    private Predicate<LogLine> monitors = line -> false;
    private final Deque<LogLine> waiting = new ArrayDeque<>();
    private final Map<RemoteHost, Long> sent = new HashMap<>();
    private final MessageCounts counts = new MessageCounts();
    private SyslogSettings settings;
    private boolean delivering;
    private long windowStart = Long.MIN_VALUE;
    private int inWindow;
    private long logged;
    private long buffered;
    private long trapped;
    private long shown;
    private long monitored;
    private long rateLimited;
    private long dropped;

    /**
     * Makes a log.
     *
     * @param clock     the router's.
     * @param settings  of the start; {@link #configure} changes them.
     * @param transport takes datagrams to servers.
     */
    public SyslogService(final WallClock clock, final SyslogSettings settings, final RemoteHost.Transport transport) {
        this.clock = clock;
        this.settings = settings;
        this.transport = transport;
    }

    /**
     * The configuration has changed.
     *
     * @param other what it says now; a smaller buffer loses its oldest lines.
     */
    public void configure(final SyslogSettings other) {
        settings = other;
        buffer.trim(other.bufferOctets());
    }

    /** What the configuration says. */
    public SyslogSettings settings() {
        return settings;
    }

    /** What is being debugged. */
    public DebugSwitches debugs() {
        return debugs;
    }

    /**
     * Adds somebody who hears every line.
     *
     * @param listener him.
     */
    public void listen(final LogLine.Listener listener) {
        listeners.add(listener);
    }

    /**
     * Adds somebody who sees the console: lines of the severity that {@code logging console} says, and worse.
     *
     * @param listener him.
     */
    public void console(final LogLine.Listener listener) {
        consoles.add(listener);
    }

    /**
     * Names the terminals that are not the console: they get lines of the severity that {@code logging monitor} says, and worse.
     *
     * @param terminals take a line, and say whether one of them shows it.
     */
    public void monitors(final Predicate<LogLine> terminals) {
        monitors = terminals;
    }

    @Override
    public void message(final String facility, final int severity, final String mnemonic, final String text) {
        final Severity bad = Severity.of(severity);
        final String message = clean("%" + facility + "-" + bad.ordinal() + "-" + mnemonic + ": " + text);
        log(new LogLine(clock.uptimeNanos(), clock.instant(), bad, facility, mnemonic, message,
            settings.log().text(clock) + message));
    }

    @Override
    public void debug(final Debug category, final @Nullable IpAddress peer, final Supplier<String> line) {
        if (debugs.shows(category, peer)) {
            final String message = clean(line.get());
            log(new LogLine(clock.uptimeNanos(), clock.instant(), Severity.DEBUGGING, "", "", message,
                settings.debug().text(clock) + message));
        }
    }

    /** One line stays one line, whatever a peer has put into a name. */
    private static String clean(final String text) {
        return CONTROL.matcher(text.length() > MAX_LINE ? text.substring(0, MAX_LINE) : text).replaceAll(" ");
    }

    private void log(final LogLine line) {
        if (!settings.rateLimit().consoleOnly() && !admits(line)) {
            rateLimited++;
        } else if (waiting.size() >= MAX_WAITING) {
            dropped++;
        } else {
            logged++;
            counts.add(line);
            waiting.addLast(line);
            deliver();
        }
    }

    private boolean admits(final LogLine line) {
        if (!settings.rateLimit().holds(line)) {
            return true;
        }
        if (windowStart == Long.MIN_VALUE || line.nanos() - windowStart >= NANOS_A_SECOND) {
            windowStart = line.nanos();
            inWindow = 0;
        }
        return inWindow++ < settings.rateLimit().perSecond();
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            for (LogLine line = waiting.peekFirst(); line != null; line = waiting.peekFirst()) {
                store(line);
                show(line);
                monitor(line);
                for (final LogLine.Listener listener : List.copyOf(listeners)) {
                    listener.line(line);
                }
                waiting.removeFirst();
            }
        } finally {
            delivering = false;
        }
    }

    private void store(final LogLine line) {
        if (settings.bufferOctets() > 0 && line.severity().compareTo(settings.bufferSeverity()) <= 0) {
            buffered++;
            buffer.add(line.stamped(), settings.bufferOctets());
        }
        if (line.severity().compareTo(settings.trapSeverity()) <= 0) {
            trapped++;
            for (final RemoteHost host : settings.hosts()) {
                sent.merge(host, 1L, Long::sum);
                transport.send(host, host.datagram(line, settings.hostname()));
            }
        }
    }

    private void show(final LogLine line) {
        if (!reaches(settings.console(), line)) {
            return;
        }
        if (settings.rateLimit().consoleOnly() && !admits(line)) {
            rateLimited++;
            return;
        }
        shown++;
        consoles.forEach(console -> console.line(line));
    }

    private void monitor(final LogLine line) {
        if (reaches(settings.monitor(), line) && monitors.test(line)) {
            monitored++;
        }
    }

    /** How often each message was taken since the router started, debug lines aside. */
    public MessageCounts counts() {
        return counts;
    }

    /** Lines that the log has taken. */
    public long logged() {
        return logged;
    }

    /** Lines that the rate limit has suppressed. */
    public long rateLimited() {
        return rateLimited;
    }

    /** Lines in the buffer, the oldest first. */
    public List<String> buffer() {
        return buffer.lines();
    }

    /** {@code clear logging}. */
    public void clear() {
        buffer.clear();
    }

    private static String destination(final String name, final @Nullable Severity severity, final long lines) {
        return severity == null ? name + "disabled\n"
            : name + "level " + severity.keyword() + ", " + lines + " messages logged, xml disabled,\n"
                + "                     filtering disabled\n";
    }

    private static boolean reaches(final @Nullable Severity least, final LogLine line) {
        return least != null && line.severity().compareTo(least) <= 0;
    }

    /** {@code show logging}. */
    public String show() {
        final StringBuilder text = new StringBuilder(1024);
        text.append("Syslog logging: enabled (").append(dropped).append(" messages dropped, ").append(rateLimited)
            .append(" messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering disabled)\n\n")
            .append("No Active Message Discriminator.\n\n\n\nNo Inactive Message Discriminator.\n\n\n")
            .append(destination("    Console logging: ", settings.console(), shown))
            .append(destination("    Monitor logging: ", settings.monitor(), monitored));
        if (settings.bufferOctets() == 0) {
            text.append("    Buffer logging: disabled, xml disabled,\n                    filtering disabled\n");
        } else {
            text.append("    Buffer logging:  level ").append(settings.bufferSeverity().keyword()).append(", ").append(buffered)
                .append(" messages logged, xml disabled,\n                    filtering disabled\n");
        }
        text.append("    Count and timestamp logging messages: enabled\n    Persistent logging: disabled\n\nNo active filter modules.\n");
        text.append("\n    Trap logging: level ").append(settings.trapSeverity().keyword()).append(", ").append(trapped)
            .append(" message lines logged\n");
        for (final RemoteHost host : settings.hosts()) {
            text.append("        Logging to ").append(host.address()).append("  (udp port ").append(host.port())
                .append(", audit disabled,\n              link up),\n              ").append(sent.getOrDefault(host, 0L))
                .append(" message lines logged, \n              0 message lines rate-limited, \n")
                .append("              0 message lines dropped-by-MD, \n              xml disabled, sequence number disabled\n")
                .append("              filtering disabled\n");
        }
        text.append("\nLog Buffer (").append(settings.bufferOctets()).append(" bytes):\n\n");
        buffer.lines().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
