package org.qfpsim.sim.replay;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.Decapsulation;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.InstalledSa;
import org.qfpsim.sim.router.VerdictNames;

/**
 * Writes one JSON object a line for every frame, in the order of arrival. While a fragment waits for its datagram, the lines behind it wait
 * too: reassembly is bounded in packets' time, so this is bounded by what arrives within its timeout.
 */
final class VerdictLog implements CommitObserver {
    private final OutputStream out;
    private final EngineToken token;
    private final FirstFailure failure;
    private final Deque<Line> waiting = new ArrayDeque<>();
    private final Map<Long, Line> unresolved = new HashMap<>();
    private List<InstalledSa> sas = List.of();

    /** A line that is not written yet; null text while its verdict is open. */
    private static final class Line {
        private @Nullable String text;
    }

    VerdictLog(final OutputStream out, final EngineToken token, final FirstFailure failure) {
        this.out = out;
        this.failure = failure;
        this.token = token;
    }

    /** Names of the SAs by number; before the first packet. */
    void sas(final List<InstalledSa> installed) {
        sas = installed;
    }

    @Override
    public void committed(final UnsafeBuffer ring, final int slot, final int verdict) {
        emit(ring.getLong(slot + Slot.ARRIVAL), text(ring, slot, verdict));
    }

    @Override
    public void held(final UnsafeBuffer ring, final int slot) {
        final Line line = new Line();
        unresolved.put(ring.getLong(slot + Slot.ARRIVAL), line);
        waiting.add(line);
    }

    @Override
    public void released(final long arrival, final int verdict, final long completing) {
        final StringBuilder json = begin(arrival);
        if (Verdict.kind(verdict) == Verdict.CONSUME) {
            json.append("\"CONSUME\",\"why\":\"fragment\",\"group\":").append(completing + 1);
        } else {
            drop(json, verdict);
        }
        emit(arrival, json.append('}').toString());
    }

    private void emit(final long arrival, final String text) {
        final Line held = unresolved.remove(arrival);
        if (held != null) {
            held.text = text;
        } else if (waiting.isEmpty()) {
            write(text);
            return;
        } else {
            final Line line = new Line();
            line.text = text;
            waiting.add(line);
        }
        for (Line first = waiting.peek(); first != null && first.text != null; first = waiting.peek()) {
            write(first.text);
            waiting.remove();
        }
    }

    private void write(final String text) {
        failure.attempt(() -> {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.write('\n');
        });
    }

    private String text(final UnsafeBuffer ring, final int slot, final int verdict) {
        final StringBuilder json = begin(ring.getLong(slot + Slot.ARRIVAL));
        switch (Verdict.kind(verdict)) {
            case Verdict.FORWARD -> {
                json.append("\"FORWARD\"");
                esp(json, ring, slot);
                inner(json, ring, slot);
                json.append(",\"ecn\":").append(Decapsulation.ecnAfter(ring, slot));
            }
            case Verdict.PROTECT -> {
                json.append("\"FORWARD\",\"protected\":true");
                inner(json, ring, slot);
            }
            case Verdict.PUNT -> {
                final int cause = Verdict.number(verdict);
                final PuntCause row = PuntCause.byId(cause);
                json.append("\"PUNT\",\"cause\":").append(cause)
                    .append(",\"name\":\"").append(row == null ? "" : row.cliName()).append('"');
            }
            case Verdict.CONSUME -> {
                json.append("\"CONSUME\",\"why\":\"").append(VerdictNames.consumed(verdict)).append('"');
                esp(json, ring, slot);
            }
            default -> {
                drop(json, verdict);
                esp(json, ring, slot);
            }
        }
        return json.append('}').toString();
    }

    private static StringBuilder begin(final long arrival) {
        return new StringBuilder(256).append("{\"n\":").append(arrival + 1).append(",\"verdict\":");
    }

    private void drop(final StringBuilder json, final int verdict) {
        final GlobalDrop global = VerdictNames.global(verdict);
        json.append("\"DROP\",\"table\":\"").append(Verdict.kind(verdict) == Verdict.DROP_IPSEC ? "ipsec" : "global")
            .append("\",\"id\":").append(Verdict.number(verdict))
            .append(",\"name\":\"").append(VerdictNames.drop(verdict, token))
            .append("\",\"global\":\"").append(global.cliName()).append("\",\"global_id\":").append(global.id());
    }

    /** SA, SPI and sequence number as far as the packet had them. */
    private void esp(final StringBuilder json, final UnsafeBuffer ring, final int slot) {
        final long sa = ring.getLong(slot + Slot.SA);
        final int spi = ring.getInt(slot + Slot.SPI);
        if (sa != 0) {
            json.append(",\"sa\":\"").append(escaped(sas.get(InboundSa.number(sa)).name())).append('"');
        }
        if (sa != 0 || spi != 0) {
            json.append(",\"spi\":\"0x").append(HexFormat.of().toHexDigits(spi)).append('"');
        }
        if (sa != 0) {
            final long sequence = (long) ring.getInt(slot + Slot.SEQ_HIGH) << 32 | ring.getInt(slot + Slot.SEQ_LOW) & 0xffff_ffffL;
            json.append(",\"seq\":\"0x").append(Long.toHexString(sequence)).append('"');
        }
    }

    private static String escaped(final String name) {
        final StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static void inner(final StringBuilder json, final UnsafeBuffer ring, final int slot) {
        final byte[] packet = new byte[ring.getInt(slot + Slot.PAYLOAD_LENGTH)];
        ring.getBytes(ring.getInt(slot + Slot.PAYLOAD_OFFSET), packet);
        json.append(",\"inner\":\"").append(HexFormat.of().formatHex(packet)).append('"');
    }
}
