package org.qfpsim.controlplane.sadb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that changes a database until it is killed. Step n is the same in every run; the file {@code progress} says how many steps have
 * returned. It goes on where the one before was killed, with the step that was under way.
 */
final class SaWriter {
    static final int ENTRIES = 400;
    static final int NUMBERS = 600;
    private static final int BURST = 200;

    private SaWriter() {
    }

    /** One step: a record that is written, or one that is taken out. */
    record Step(long n, int number, boolean written) {
        SaRecord record(final long seed) {
            // Lengths vary, so that Chronicle has to move entries.
            final String reason = "x".repeat(new Random(n).nextInt(SaRecord.MAX_TEXT));
            return TestRecords.any(seed, number).withStatus(new SaRecord.Status(SaRecord.State.ACTIVE, n, reason)).withSequence(n);
        }
    }

    static Step step(final long seed, final long n) {
        final Random random = new Random(seed * 0x2545_F491_4F6C_DD1DL + n * 0x9E37_79B9_7F4A_7C15L);
        return new Step(n, random.nextInt(NUMBERS), random.nextInt(100) < 55);
    }

    /** What is in the database after a number of steps: the step that has written each record, by its number. */
    static final class Model {
        private final long seed;
        private final Map<Integer, Long> written = new HashMap<>();
        private long steps;

        Model(final long seed) {
            this.seed = seed;
        }

        /** After some steps, and after one more; the number of steps does not become less from call to call. */
        List<Map<Integer, Long>> after(final long count) {
            for (; steps < count; steps++) {
                apply(step(seed, steps), written);
            }
            final Map<Integer, Long> next = new HashMap<>(written);
            apply(step(seed, steps), next);
            return List.of(Map.copyOf(written), next);
        }

        private static void apply(final Step step, final Map<Integer, Long> records) {
            if (!step.written()) {
                records.remove(step.number());
            } else if (records.containsKey(step.number()) || records.size() < ENTRIES) {
                records.put(step.number(), step.n());
            }
        }
    }

    static ByteBuffer progress(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            final MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, 8);
            return memory;
        }
    }

    /** Arguments: state directory, progress file, seed. */
    public static void main(final String[] arguments) throws IOException {
        final ByteBuffer progress = progress(Path.of(arguments[1]));
        final long seed = Long.parseLong(arguments[2]);
        try (SaDatabase database = SaDatabase.open(Path.of(arguments[0]), ENTRIES)) {
            for (long n = progress.getLong(0);; n++) {
                final Step step = step(seed, n);
                final SaRecord sa = step.record(seed);
                if (!step.written()) {
                    database.remove(sa.key());
                } else if (database.size() < ENTRIES || database.get(sa.key()).isPresent()) {
                    database.put(sa);
                }
                progress.putLong(0, n + 1);
                if (n % BURST == 0) {
                    // The machine is for others too.
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }
    }
}
