package org.qfpsim.controlplane.capture;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.counters.CounterLayout;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.InjectCause;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.trace.TraceBuffer;
import org.qfpsim.datapath.trace.TraceLayer;
import org.qfpsim.datapath.trace.TraceRecord;
import org.qfpsim.datapath.trace.TraceSpec;
import org.qfpsim.datapath.trace.TraceStatistics;

/** What {@code show platform packet-trace} and {@code show platform conditions} print (qfp-reference section 3.5). */
final class TraceText {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss.SSSSSS zzz", Locale.ROOT);
    private static final int NAME_WIDTH = 70;

    private final PacketWatch watch;
    private final WallClock clock;
    private final EngineToken token;
    private final boolean layers;

    /** Layers: whether the release counts by layer of the control plane. */
    TraceText(final PacketWatch watch, final WallClock clock, final EngineToken token, final boolean layers) {
        this.layers = layers;
        this.watch = watch;
        this.clock = clock;
        this.token = token;
    }

    private static String format(final String form, final Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    /** A row for each record, oldest first. */
    void summary(final Output out) {
        out.print("Pkt   Input                     Output                    State  Reason\n");
        final Names names = new Names(watch.interfaces());
        final TraceBuffer trace = watch.trace();
        if (trace != null) {
            for (long number = trace.oldest(); number < trace.end(); number++) {
                final TraceRecord packet = trace.read(number);
                if (packet != null) {
                    out.print(format("%-6d%-26s%-26s%-7s%s%n", number, names.input(packet, true), names.output(packet, true),
                        Names.state(packet.verdict()), Names.reason(packet.verdict())));
                }
            }
        }
    }

    /** Counts of all packets that the conditions meant. */
    String statistics() {
        final TraceBuffer trace = watch.trace();
        if (trace == null) {
            return statistics(new TraceBuffer(new TraceSpec(List.of(), TraceSpec.MIN_PACKETS, false, false, TraceSpec.MIN_DATA,
                TraceSpec.Only.ALL, TraceSpec.ANY_CODE, false, false, TraceSpec.Layer.L2, TraceSpec.MIN_COPY)).statistics());
        }
        return statistics(trace.statistics());
    }

    private String statistics(final TraceStatistics counts) {
        final StringBuilder text = new StringBuilder(format("Packets Summary%n  Matched  %d%n  Traced   %d%n", counts.matched(),
            counts.traced()));
        text.append(format("Packets Received%n  Ingress  %d%n  Inject   %d%n", counts.ingress(), counts.injected()));
        causes(text, CounterLayout.INJECT_CAUSES, counts::injected, id -> {
            final InjectCause cause = InjectCause.byId(id);
            return cause == null ? "unknown" : cause.cliName();
        });
        text.append(format("Packets Processed%n  Forward  %d%n  Punt     %d%n", counts.forwarded(), counts.punted()));
        causes(text, CounterLayout.PUNT_CAUSES, counts::punted, Names::puntName);
        text.append(format("  Drop     %d%n", counts.dropped()));
        causes(text, CounterLayout.GLOBAL_DROPS, counts::dropped, Names::dropName);
        text.append(format("  Consume  %d%n", counts.consumed()));
        if (layers) {
            layers(text, "\n          PKT_DIR_IN \n", counts::up, layer -> 0);
            layers(text, "\n         PKT_DIR_OUT \n", layer -> 0, counts::down);
        }
        return text.toString();
    }

    /** What the control plane was given it has consumed; what it has sent went on. It says of none that it was dropped. */
    private static void layers(final StringBuilder text, final String title, final ToLongFunction<TraceLayer> consumed,
                               final ToLongFunction<TraceLayer> forwarded) {
        text.append(title).append("             Dropped       Consumed       Forwarded\n");
        for (final TraceLayer layer : TraceLayer.values()) {
            text.append(format("%-12s%6d%14d%14d%n", layer, 0, consumed.applyAsLong(layer), forwarded.applyAsLong(layer)));
        }
    }

    private static void causes(final StringBuilder text, final int ids, final IntToLongFunction count, final IntFunction<String> name) {
        boolean first = true;
        for (int id = 0; id < ids; id++) {
            if (count.applyAsLong(id) != 0) {
                text.append(first ? "    Count       Code  Cause\n" : "")
                    .append(format("    %-12d%-6d%s%n", count.applyAsLong(id), id, name.apply(id)));
                first = false;
            }
        }
    }

    /** The commands that would make the trace what it is. */
    String configuration() {
        final TraceSettings now = watch.settings();
        final StringBuilder text = new StringBuilder();
        if (now.packets() != 0) {
            text.append(format("debug platform packet-trace packet %d%s%s data-size %d%n", now.packets(), now.fia() ? " fia-trace" : "",
                now.circular() ? " circular" : "", now.dataBytes()));
        }
        switch (now.only()) {
            case DROPPED -> text.append("debug platform packet-trace drop").append(now.code() == 0 ? "" : " code " + now.code())
                .append('\n');
            case PUNTED -> text.append("debug platform packet-trace punt\n");
            case ALL -> {
                // Nothing narrows it.
            }
        }
        if (now.copies()) {
            text.append(format("debug platform packet-trace copy packet %s %s size %d%n",
                now.copyInput() ? now.copyOutput() ? "both" : "input" : "output", now.layer(), now.copyBytes()));
        }
        return text.toString();
    }

    /** The conditions, and whether they are looked at. */
    String conditions() {
        final StringBuilder text = new StringBuilder(format(
            "Conditional Debug Global State: %s%n%n%-" + NAME_WIDTH + "sDirection%n%s|---------%n", watch.isStarted() ? "Start" : "Stop",
            "Conditions", "-".repeat(NAME_WIDTH)));
        for (final TraceSettings.Entry each : watch.settings().conditions()) {
            text.append(format("%-" + (NAME_WIDTH + 1) + "s%9s%n", name(each), each.direction().name().toLowerCase(Locale.ROOT)));
        }
        return text.toString();
    }

    private static String name(final TraceSettings.Entry each) {
        final String port = each.interfaceName();
        final IpPrefix prefix = each.prefix();
        final String address = prefix == null ? "" : (prefix.address().v6() ? "IPV6" : "IPV4") + " [" + prefix + "]";
        return port == null ? address.isEmpty() ? "All interfaces" : address : address.isEmpty() ? port : port + " & " + address;
    }

    /**
     * All about one packet.
     *
     * @param number of the record.
     * @param decode whether the copies are taken apart.
     * @return null if there is no such record.
     */
    @Nullable String packet(final long number, final boolean decode) {
        final TraceBuffer trace = watch.trace();
        final TraceRecord packet = trace == null ? null : trace.read(number);
        if (packet == null) {
            return null;
        }
        final Names names = new Names(watch.interfaces());
        final StringBuilder text = new StringBuilder(format("Packet: %-12dCBUG ID: %d%nSummary%n", number, packet.meant()));
        text.append(format("  Input     : %s%n  Output    : %s%n", names.input(packet, false), names.output(packet, false)));
        text.append(format("  State     : %s%n", (Names.state(packet.verdict()) + " " + Names.reason(packet.verdict())).stripTrailing()));
        text.append(format("  Timestamp%n    Start   : %s%n    Stop    : %s%n", stamp(packet.startNanos()),
            stamp(packet.startNanos() + packet.lapsedNanos())));
        text.append("Path Trace\n");
        new PathText(names, token, trace != null && trace.spec().fia()).path(packet, text);
        copy("In", packet.in(), decode, text);
        copy("Out", packet.out(), decode, text);
        return text.toString();
    }

    private String stamp(final long nanos) {
        final Instant moment = clock.instant().plusNanos(nanos - watch.timers().nanos());
        return format("%d ns (%s)", nanos, STAMP.format(moment.atZone(clock.local().getZone())));
    }

    private static void copy(final String which, final TraceRecord.Copy copy, final boolean decode, final StringBuilder text) {
        if (copy.octets().length != 0) {
            text.append("Packet Copy ").append(which).append('\n');
            HexText.words(copy.octets(), text);
            if (decode) {
                new PacketDecoder(copy.octets(), text).decode(copy.form(), copy.type());
            }
        }
    }
}
