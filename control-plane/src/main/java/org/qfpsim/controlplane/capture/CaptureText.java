package org.qfpsim.controlplane.capture;

import java.util.Locale;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.datapath.trace.CaptureBuffer;
import org.qfpsim.datapath.trace.TraceRecord;

/** What {@code show monitor capture} prints. */
final class CaptureText {
    private static final String[] CLASSES = {"BE", "CS1", "CS2", "CS3", "CS4", "CS5", "CS6", "CS7"};
    private static final double NANOS_A_SECOND = 1e9;
    private static final int EF = 46;

    /** How much of each packet is shown. */
    enum Detail {
        BRIEF, DETAILED, DUMP
    }

    private CaptureText() {
    }

    private static String format(final String form, final Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private static String limit(final long value) {
        return value == 0 ? "0 (no limit)" : String.valueOf(value);
    }

    /** What it is told, and whether it runs. */
    static String status(final String name, final Capture capture) {
        final StringBuilder text = new StringBuilder(format("Status Information for Capture %s%n  Target Type:%n", name));
        capture.points.forEach((port, direction) ->
            text.append(format("   Interface: %s, Direction: %s%n", port, Capture.direction(direction))));
        text.append(format("   Status : %s%n  Filter Details:%n", capture.isStarted() ? "Active" : "Inactive"));
        text.append(capture.filter == null ? "   Filter not attached\n"
            : capture.rules == null ? "   Capture all packets\n" : "   " + capture.filter + "\n");
        text.append(format("  Buffer Details:%n   Buffer Type: %s%n   Buffer Size (in MB): %d%n",
            capture.circular ? "CIRCULAR" : "LINEAR (default)", capture.megabytes));
        return text.append(format("  Limit Details:%n   Number of Packets to capture: %s%n   Packet Capture duration: %s%n",
                limit(capture.packets), limit(capture.seconds)))
            .append(format("   Packet Size to capture: %s%n   Maximum number of packets to capture per second: %s%n",
                limit(capture.packetBytes), limit(capture.perSecond)))
            .append("   Packet sampling rate: 0 (no sampling)\n").toString();
    }

    /** How full it is. */
    static String buffer(final Capture capture) {
        final CaptureBuffer buffer = capture.buffer();
        return format(" buffer size (KB) : %d%n buffer used (KB) : %d%n packets in buf   : %d%n packets dropped  : %d%n",
            capture.megabytes * 1024, buffer == null ? 0 : (buffer.used() + 1023) / 1024,
            buffer == null ? 0 : buffer.taken() - buffer.overwritten(), buffer == null ? 0 : buffer.lost());
    }

    /** Every packet. */
    static void packets(final Capture capture, final Detail detail, final Output out) {
        final CaptureBuffer buffer = capture.buffer();
        final String line = " " + "-".repeat(77) + "\n";
        if (detail != Detail.DUMP) {
            out.print(line + " #   size   timestamp     source             destination      dscp    protocol\n" + line);
        }
        CaptureBuffer.Captured next = buffer == null ? null : buffer.read(0);
        final long first = next == null ? 0 : next.nanos();
        for (int i = 0; buffer != null && next != null; i++) {
            final StringBuilder text = new StringBuilder(detail == Detail.DUMP ? i + "\n" : row(i, next, next.nanos() - first));
            if (detail == Detail.DETAILED) {
                new PacketDecoder(next.octets(), text).decode(TraceRecord.Form.ETHERNET, 0);
            }
            if (detail != Detail.BRIEF) {
                HexText.dump(next.octets(), text);
                text.append('\n');
            }
            out.print(text.toString());
            next = buffer.read(next.next());
        }
    }

    private static String row(final int number, final CaptureBuffer.Captured packet, final long nanos) {
        final PacketHeader header = PacketHeader.of(packet.octets());
        return format("%4d %5d %11.6f   %-16s ->  %-16s %2d %-4s %s%n", number, packet.length(), nanos / NANOS_A_SECOND, header.source(),
            header.destination(), header.dscp(), dscp(header.dscp()), header.protocol());
    }

    /** Names of RFC 2474 and RFC 2597. */
    private static String dscp(final int value) {
        final int group = value >> 3;
        final int precedence = value >> 1 & 3;
        if ((value & 7) == 0) {
            return CLASSES[group];
        }
        return value == EF ? "EF" : (value & 1) == 0 && group >= 1 && group <= 4 && precedence != 0 ? "AF" + group + precedence : "-";
    }
}
