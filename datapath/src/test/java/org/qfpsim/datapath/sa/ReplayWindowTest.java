package org.qfpsim.datapath.sa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/** The replay window against traces restated from other projects' tests, and against a set of every number seen. */
class ReplayWindowTest {
    private static final long SEED = 0x5245504c4159L;
    private static final int SCALE = Integer.getInteger("qfp.test.scale", 1);
    private static final byte[] INNER = Packets.ipv4("10.0.0.1", "10.0.0.2", 17, Packets.udp(1, 2, new byte[8]));

    /** One trace: whole sequence numbers as the sender has them, and the outcome of each. */
    record Trace(String name, int window, boolean esn, long initialTop, List<Long> sequences, List<String> expected) {
        @Override
        public String toString() {
            return name + " window " + window + (esn ? " ESN" : "") + " top 0x" + Long.toHexString(initialTop);
        }
    }

    static Stream<Trace> traces() throws IOException {
        try (InputStream in = ReplayWindowTest.class.getResourceAsStream("/vectors/semantic_cases.json")) {
            final List<Trace> traces = new ArrayList<>();
            for (final JsonNode node : new ObjectMapper().readTree(in).get("replay")) {
                traces.add(new Trace(node.get("name").asText(), node.get("window").asInt(), node.get("esn").asBoolean(),
                    Long.decode(node.get("initial_top").asText()),
                    elements(node.get("seq")).map(Long::decode).toList(), elements(node.get("expect")).toList()));
            }
            assertThat(traces).hasSize(82);
            return traces.stream();
        }
    }

    private static Stream<String> elements(final JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }

    private static Sa sa(final int window, final boolean esn, final long top) {
        final Sa sa = Sa.spi(0x1000).suite(EspSuite.NULL_SHA1_96).window(window).initial(top);
        return esn ? sa.esn() : sa;
    }

    /** What a window makes of an authentic packet of a sender that has used this 64-bit number. */
    private static String outcome(final long record, final long sequence) {
        final int high = ReplayWindow.high(record, (int) sequence);
        final long inferred = (long) high << 32 | sequence & 0xffff_ffffL;
        if (!ReplayWindow.check(record, inferred)) {
            return inferred == 0 ? "replay_zero" : InboundSa.top(record) - inferred >= InboundSa.window(record) ? "replay_old" : "replay_dup";
        }
        if (inferred != sequence) {
            return "integrity_fail";
        }
        ReplayWindow.accept(record, sequence);
        return "accept";
    }

    @ParameterizedTest
    @MethodSource("traces")
    void shouldJudgeTracesLikeTheirSource(final Trace trace) {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final long record = fixture.installed(sa(trace.window, trace.esn, trace.initialTop).build()).record();
            assertThat(trace.sequences.stream().map(sequence -> outcome(record, sequence))).containsExactlyElementsOf(trace.expected);
        }
    }

    @ParameterizedTest
    @MethodSource("traces")
    void shouldJudgeTracesInOneBatchAsOneByOne(final Trace trace) {
        try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().ringSlots(512).batch(256), CryptoBackends.AUTO)) {
            final Sender sender = fixture.install(sa(trace.window, trace.esn, trace.initialTop).build());
            // Sequence number 0 is on the wire of some traces; no sender of ours would use it.
            trace.sequences.forEach(sequence -> fixture.offer(sender.outer(sender.esp(sequence, sender.plaintext(INNER, 4)))));
            fixture.drain();
            assertThat(fixture.verdicts()).containsExactlyElementsOf(trace.expected.stream().map(expected -> switch (expected) {
                case "accept" -> Expect.FORWARD;
                case "integrity_fail" -> Expect.BAD_ICV;
                default -> Expect.REPLAY;
            }).toList());
        }
    }

    /** RFC 4303 section 3.4.3 with a set: seen numbers, and the highest of them. */
    private static final class Model {
        private final Set<Long> seen = new HashSet<>();
        private final int window;
        private final boolean esn;
        private long top;

        Model(final int window, final boolean esn, final long top) {
            this.window = window;
            this.esn = esn;
            this.top = top;
        }

        String outcome(final long sequence) {
            final long inferred = esn ? infer(sequence & 0xffff_ffffL) : sequence;
            if (inferred == 0) {
                return "replay_zero";
            }
            if (Long.compareUnsigned(inferred, top) <= 0) {
                if (top - inferred >= window) {
                    return "replay_old";
                }
                if (seen.contains(inferred)) {
                    return "replay_dup";
                }
            }
            if (inferred != sequence) {
                return "integrity_fail";
            }
            seen.add(sequence);
            top = Long.compareUnsigned(sequence, top) > 0 ? sequence : top;
            return "accept";
        }

        /** The one number with this low half that is not left of the window and not 2^32 or more right of its left edge. */
        private long infer(final long low) {
            final long left = top - window + 1;
            final long candidate = left & 0xffff_ffff_0000_0000L | low;
            return candidate - left < 0 ? candidate + (1L << 32) : candidate;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256, 512, 1024, 2048, 4096})
    void shouldAgreeWithASetOfSeenNumbers(final int window) {
        for (final boolean esn : new boolean[] {false, true}) {
            for (final long start : new long[] {0, 0xffff_ffffL - window - 50, 0x2_ffff_ff00L, 0x7_0000_0010L}) {
                if (esn || start <= 0xffff_ffffL) {
                    agree(window, esn, start, SEED + window + start);
                }
            }
        }
    }

    private static void agree(final int window, final boolean esn, final long start, final long seed) {
        final Random random = new Random(seed);
        final int steps = 20_000 * SCALE;
        try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().ringSlots(16), CryptoBackends.AUTO)) {
            final long record = fixture.installed(sa(window, esn, start).build()).record();
            final Model model = new Model(window, esn, start);
            for (int i = 0; i < steps; i++) {
                final long sequence = next(random, model.top, window, esn);
                final long top = model.top;
                assertThat(outcome(record, sequence))
                    .as("seed %d step %d: window %d esn %b top 0x%x sequence 0x%x", seed, i, window, esn, top, sequence)
                    .isEqualTo(model.outcome(sequence));
                assertThat(InboundSa.top(record)).isEqualTo(model.top);
            }
        }
    }

    private static long next(final Random random, final long top, final int window, final boolean esn) {
        final long near = switch (random.nextInt(8)) {
            case 0, 1, 2 -> top + 1;
            case 3 -> top + random.nextInt(window * 3);
            case 4 -> top - random.nextInt(window);
            case 5 -> top - window + random.nextInt(5) - 2;
            case 6 -> top + random.nextInt(200);
            default -> esn ? top + random.nextLong(1L << 33) - (1L << 32) : random.nextLong(1L << 32);
        };
        // A jump of more than a few windows is rare, or the numbers would soon be used up.
        final long sequence = near - top > 8L * window && random.nextInt(50) != 0 ? top + 1 : near;
        return esn ? Math.max(0, sequence) : Math.clamp(sequence, 0, 0xffff_ffffL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 128, 1024, 4096})
    void shouldTakeARunInOrderAsOneByOne(final int window) {
        final Random random = new Random(SEED + window);
        try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().ringSlots(16), CryptoBackends.AUTO)) {
            final long single = fixture.installed(sa(window, false, 0).build()).record();
            final long run = fixture.installed(Sa.spi(78).window(window).build()).record();
            for (int i = 0; i < 300 * SCALE; i++) {
                final long top = InboundSa.top(single);
                final long last = top + 1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 20);
                for (long sequence = top + 1; sequence <= last; sequence++) {
                    ReplayWindow.accept(single, sequence);
                }
                ReplayWindow.acceptInOrder(run, last);
                final long jump = last + random.nextInt(100);
                assertThat(ReplayWindow.accept(run, jump)).isEqualTo(ReplayWindow.accept(single, jump));
                assertThat(InboundSa.top(run)).isEqualTo(InboundSa.top(single));
                for (long sequence = Math.max(0, jump - window - 70); sequence <= jump + 1; sequence++) {
                    assertThat(ReplayWindow.check(run, sequence)).as("window %d top %d: %d", window, jump, sequence)
                        .isEqualTo(ReplayWindow.check(single, sequence));
                }
            }
        }
    }

    @Test
    void shouldAcceptEverythingWithTheWindowOff() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(sa(0, false, 0).build());
            for (final long sequence : new long[] {5, 5, 1, 1_000_000, 2, 5, 0xffff_ffffL, 1}) {
                assertThat(fixture.verdict(sender.wrapAt(sequence, INNER))).isEqualTo(Expect.FORWARD);
            }
            assertThat(InboundSa.top(fixture.pipeline().installer().installed().getFirst().record())).isEqualTo(0xffff_ffffL);
        }
    }

    @Test
    void shouldHaveMoreWordsThanTheWindowNeeds() {
        for (int window = 64; window <= SaSpec.MAX_REPLAY_WINDOW; window *= 2) {
            final int words = ReplayWindow.words(window);
            assertThat(Integer.bitCount(words)).isEqualTo(1);
            assertThat(words).isGreaterThanOrEqualTo(window / 64 + 1);
        }
    }
}
