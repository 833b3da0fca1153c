package org.qfpsim.datapath.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.qfpsim.datapath.trace.Condition;
import org.qfpsim.datapath.trace.Direction;
import org.qfpsim.datapath.trace.TraceBuffer;
import org.qfpsim.datapath.trace.TraceRecord;
import org.qfpsim.datapath.trace.TraceSpec;
import org.qfpsim.datapath.trace.TraceStep;

/** Traces for tests, and what they hold as text. */
public final class Traces {
    /** Every packet. */
    public static final Condition EVERY = new Condition(Condition.ANY_INTERFACE, null, Direction.BOTH);

    private Traces() {
    }

    /** A trace of everything, with copies and every step. */
    public static TraceBuffer everything(final int packets, final boolean circular, final Condition... conditions) {
        return new TraceBuffer(new TraceSpec(List.of(conditions), packets, circular, true, TraceSpec.MIN_DATA, TraceSpec.Only.ALL,
            TraceSpec.ANY_CODE, true, true, TraceSpec.Layer.L2, 256));
    }

    /** A trace without steps and copies, of some ends. */
    public static TraceBuffer only(final TraceSpec.Only only, final int code, final Condition... conditions) {
        return new TraceBuffer(new TraceSpec(List.of(conditions), TraceSpec.MIN_PACKETS, false, false, TraceSpec.MIN_DATA, only, code, false,
            false, TraceSpec.Layer.L2, TraceSpec.DEFAULT_COPY));
    }

    /** The records that are kept, in order. */
    public static List<TraceRecord> records(final TraceBuffer trace) {
        final List<TraceRecord> records = new ArrayList<>();
        for (long i = trace.oldest(); i < trace.end(); i++) {
            records.add(Objects.requireNonNull(trace.read(i)));
        }
        return records;
    }

    /** The kinds of a record's steps. */
    public static List<TraceStep> steps(final TraceRecord trace) {
        final List<TraceStep> steps = new ArrayList<>();
        for (int i = 0; i < trace.steps(); i++) {
            steps.add(trace.step(i).kind());
        }
        return steps;
    }

    /** All of a record. */
    public static String text(final TraceRecord trace) {
        final StringBuilder text = new StringBuilder(String.join(" ", String.valueOf(trace.meant()), String.valueOf(trace.startNanos()),
            String.valueOf(trace.lapsedNanos()), String.valueOf(trace.input()), String.valueOf(trace.inject()),
            String.valueOf(trace.output()), Integer.toHexString(trace.verdict()), String.valueOf(trace.lostSteps())));
        for (int i = 0; i < trace.steps(); i++) {
            final TraceRecord.Step step = trace.step(i);
            text.append("; ").append(step.kind()).append(' ').append(step.input()).append(' ').append(step.output()).append(' ')
                .append(step.nanos()).append(' ').append(Arrays.toString(used(step)));
        }
        for (final TraceRecord.Copy copy : List.of(trace.in(), trace.out())) {
            text.append("; ").append(copy.form()).append(copy.type()).append(' ').append(copy.length()).append(' ')
                .append(HexFormat.of().formatHex(copy.octets()));
        }
        return text.toString();
    }

    /** Numbers that the kind of step does not have are whatever the memory held before. */
    private static long[] used(final TraceRecord.Step step) {
        final int count = switch (step.kind()) {
            case IP_INPUT, LOOKUP, GRE_OUTPUT -> 6;
            case IPSEC_INPUT, IPSEC_OUTPUT, NHRP -> 8;
            case GRE_INPUT -> 3;
            case L2_REWRITE, PUNT, REASSEMBLY -> 1;
            case SA_LOOKUP -> 0;
        };
        final long[] used = Arrays.copyOf(step.numbers(), count);
        if (step.kind() == TraceStep.LOOKUP || step.kind() == TraceStep.NHRP) {
            used[1] = 0;
        }
        return used;
    }
}
