package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.pipeline.DispatchPolicy;
import org.qfpsim.datapath.support.Event;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.RoutedFixture;
import org.qfpsim.datapath.support.Traces;
import org.qfpsim.datapath.trace.CaptureBuffer;
import org.qfpsim.datapath.trace.CaptureSpec;
import org.qfpsim.datapath.trace.Direction;
import org.qfpsim.datapath.trace.TraceBuffer;

/**
 * Records and captures are the same, however many engines there are and on whatever threads; and nothing becomes of a packet that would not
 * have become of it unwatched.
 */
class TraceInvarianceTest {
    private static final long SEED = 0x54524143L;

    private record Outcome(List<Event> events, List<String> records, List<String> captured, List<Integer> sent) {
    }

    private static Outcome run(final RoutedStream stream, final int ppes, final DispatchPolicy policy, final boolean dedicated,
                               final boolean watched) {
        final TraceBuffer trace = Traces.everything(1024, false, Traces.EVERY);
        final CaptureBuffer capture = new CaptureBuffer(new CaptureSpec(List.of(new CaptureSpec.Point(TwoRouters.WAN, Direction.BOTH)),
            List.of(), true, 1 << 20, false, 0, 0, 1024, 0, 0));
        try (RoutedFixture fixture = RoutedStream.prepare(new RoutedFixture(PipelineFixture.config().ppes(ppes).dispatch(policy)
            .reassembly(8, 16, 20_000_000).notificationRows(1024).traceClock(() -> 0)))) {
            if (dedicated) {
                fixture.dedicated();
            }
            if (watched) {
                fixture.router().watch(trace, List.of(capture));
            }
            stream.run(fixture);
            fixture.stopThreads();
            return new Outcome(List.copyOf(fixture.recorder().events()), Traces.records(trace).stream().map(Traces::text).toList(),
                captured(capture), fixture.sent().stream().map(frame -> java.util.Arrays.hashCode(frame.frame()) * 31 + frame.port()).toList());
        }
    }

    private static List<String> captured(final CaptureBuffer capture) {
        final List<String> all = new ArrayList<>();
        CaptureBuffer.@Nullable Captured next = capture.read(0);
        while (next != null) {
            all.add(next.leaving() + " " + next.interfaceIndex() + " " + next.nanos() + " " + next.length() + " "
                + HexFormat.of().formatHex(next.octets()));
            next = capture.read(next.next());
        }
        return all;
    }

    @Test
    void shouldNotDependOnHowTheWorkIsSharedOut() {
        final RoutedStream stream = new RoutedStream(SEED, 400);
        final Outcome unwatched = run(stream, 1, DispatchPolicy.ANY_IDLE, false, false);
        final Outcome expected = run(stream, 1, DispatchPolicy.ANY_IDLE, false, true);
        System.out.println("traced stream, seed " + SEED + ": " + expected.records.size() + " records, " + expected.captured.size() + " captured");
        assertThat(expected.records).hasSizeGreaterThanOrEqualTo(stream.frames());
        assertThat(expected.captured).isNotEmpty();
        assertThat(expected.events).as("verdicts, watched and not").isEqualTo(unwatched.events);
        assertThat(expected.sent).as("what left, watched and not").isEqualTo(unwatched.sent);
        for (final int ppes : new int[] {1, 4}) {
            for (final DispatchPolicy policy : DispatchPolicy.values()) {
                for (final boolean dedicated : new boolean[] {false, true}) {
                    final Outcome actual = run(stream, ppes, policy, dedicated, true);
                    final String name = "%d PPEs, %s, %s".formatted(ppes, policy, dedicated ? "dedicated" : "invoker");
                    assertThat(actual.records).as("%s: records", name).isEqualTo(expected.records);
                    assertThat(actual.captured).as("%s: captured", name).isEqualTo(expected.captured);
                    assertThat(actual.events.equals(expected.events)).as("%s: verdicts", name).isTrue();
                }
            }
        }
    }
}
