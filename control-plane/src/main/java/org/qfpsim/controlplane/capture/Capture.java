package org.qfpsim.controlplane.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.trace.CaptureBuffer;
import org.qfpsim.datapath.trace.CaptureSpec;
import org.qfpsim.datapath.trace.Direction;

/** One {@code monitor capture}: its settings, and what it has captured. */
final class Capture {
    static final int DEFAULT_MEGABYTES = 10;
    static final int DEFAULT_PER_SECOND = 1000;
    private static final long SECOND = 1_000_000_000L;

    final Map<String, Direction> points = new LinkedHashMap<>();
    /** As it was typed: {@code access-list NAME}, {@code match ...}; null while there is none. */
    @Nullable String filter;
    /** What the filter means: null for every packet, IP or not. */
    @Nullable List<PolicyRule> rules;
    int megabytes = DEFAULT_MEGABYTES;
    boolean circular;
    long packets;
    long seconds;
    int packetBytes;
    int perSecond = DEFAULT_PER_SECOND;
    private @Nullable CaptureBuffer buffer;
    private boolean started;

    /** What was captured; null if it has never run, or was cleared. */
    @Nullable CaptureBuffer buffer() {
        return buffer;
    }

    /** Where packets go at the moment, or null. */
    @Nullable CaptureBuffer running() {
        return started ? buffer : null;
    }

    boolean isStarted() {
        return started;
    }

    /** Whether it runs and has had what it was to have. */
    boolean isOver(final long nanos) {
        final CaptureBuffer now = running();
        return now != null && (now.state() != CaptureBuffer.RUNNING
            || now.spec().nanos() != CaptureSpec.NO_LIMIT && nanos - now.spec().start() > now.spec().nanos());
    }

    void start(final List<String> interfaces, final long nanos) {
        final List<CaptureSpec.Point> where = new ArrayList<>();
        points.forEach((name, direction) -> {
            if (interfaces.contains(name)) {
                where.add(new CaptureSpec.Point(interfaces.indexOf(name), direction));
            }
        });
        final List<PolicyRule> filtered = rules;
        buffer = new CaptureBuffer(new CaptureSpec(where, filtered == null ? List.of() : filtered, filtered == null, megabytes << 20,
            circular, packets, seconds * SECOND, packetBytes == 0 ? CaptureSpec.MAX_PACKET : packetBytes, perSecond, nanos));
        started = true;
    }

    void stop() {
        started = false;
    }

    /** Forgets what was captured; begins anew if it runs. */
    void clear(final List<String> interfaces, final long nanos) {
        if (started) {
            start(interfaces, nanos);
        } else {
            buffer = null;
        }
    }

    /** The commands that would make it. */
    List<String> parameters(final String name) {
        final List<String> lines = new ArrayList<>();
        points.forEach((port, direction) -> lines.add("interface " + port + " " + direction(direction).toUpperCase(Locale.ROOT)));
        if (filter != null) {
            lines.add(filter);
        }
        lines.add("buffer size " + megabytes + (circular ? " circular" : ""));
        if (packets != 0) {
            lines.add("limit packets " + packets);
        }
        if (seconds != 0) {
            lines.add("limit duration " + seconds);
        }
        if (packetBytes != 0) {
            lines.add("limit packet-len " + packetBytes);
        }
        if (perSecond != 0) {
            lines.add("limit pps " + perSecond);
        }
        return lines.stream().map(line -> "monitor capture " + name + " " + line).toList();
    }

    static String direction(final Direction direction) {
        return switch (direction) {
            case INGRESS -> "in";
            case EGRESS -> "out";
            case BOTH -> "both";
        };
    }
}
