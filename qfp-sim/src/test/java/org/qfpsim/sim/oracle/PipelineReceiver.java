package org.qfpsim.sim.oracle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * Our own datapath as the receiver.
 *
 * @param backend the crypto library that opens.
 */
record PipelineReceiver(CryptoBackend backend) implements Oracle {
    @Override
    public String name() {
        return "our pipeline with " + backend.id();
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public boolean knows(final EspSuite suite, final boolean esn) {
        return backend.suites().contains(suite);
    }

    @Override
    public List<String> examine(final List<EspCase> packets, final Path directory) {
        final List<String> findings = new ArrayList<>();
        try (CounterStore counters = CounterStore.inMemory(1);
             Pipeline pipeline = new Pipeline(new PipelineConfig(), List.of(backend), counters, (buffer, offset, length, nanos) -> true,
                 new Judge(packets, findings))) {
            pipeline.configure(Stream.of(Shape.values()).map(Shape::destination).distinct().toList(), List.of(), true);
            packets.stream().map(EspCase::sa).distinct().forEach((final SaSpec sa) -> pipeline.installInbound(sa));
            for (final EspCase packet : packets) {
                final byte[] outer = packet.outer();
                pipeline.dispatcher().offer(new UnsafeBuffer(outer), 0, outer.length, outer.length, 0, LinkLayer.RAW_IP);
                pipeline.drain();
            }
        }
        return findings;
    }

    private record Judge(List<EspCase> packets, List<String> findings) implements CommitObserver {
        @Override
        public void committed(final UnsafeBuffer ring, final int slot, final int verdict) {
            final byte[] inner = new byte[ring.getInt(slot + Slot.PAYLOAD_LENGTH)];
            ring.getBytes(ring.getInt(slot + Slot.PAYLOAD_OFFSET), inner);
            final boolean forwarded = Verdict.kind(verdict) == Verdict.FORWARD;
            findings.add(!forwarded ? "! verdict 0x" + Integer.toHexString(verdict)
                : Arrays.equals(inner, packets.get(findings.size()).inner()) ? RIGHT : "! wrong inner packet");
        }

        @Override
        public void held(final UnsafeBuffer ring, final int slot) {
            findings.add("! held as a fragment");
        }

        @Override
        public void released(final long arrival, final int verdict, final long completing) {
            throw new IllegalStateException("no fragment was sent");
        }
    }
}
