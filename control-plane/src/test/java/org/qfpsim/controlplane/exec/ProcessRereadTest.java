package org.qfpsim.controlplane.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.exec.ProcessTimes.Process;
import org.qfpsim.controlplane.platform.Machine;
import org.qfpsim.controlplane.show.CommandTree;

/** What {@code show processes cpu} prints, read back, is what was done. */
class ProcessRereadTest {
    private static final Pattern ROW =
        Pattern.compile(" *(\\d+) +(\\d+) +(\\d+) +(\\d+) +([\\d.]+)% +([\\d.]+)% +([\\d.]+)% +0 (\\S.*?) *");
    private static final long SECOND = 1_000_000_000L;

    private record Row(long millis, long invoked, long micros, double now, double minute, String title) {
    }

    private static List<Row> rows(final String text) {
        final List<Row> rows = new ArrayList<>();
        text.lines().skip(2).forEach(line -> {
            final Matcher row = ROW.matcher(line);
            assertThat(row.matches()).as(line).isTrue();
            rows.add(new Row(Long.parseLong(row.group(2)), Long.parseLong(row.group(3)), Long.parseLong(row.group(4)),
                Double.parseDouble(row.group(5)), Double.parseDouble(row.group(6)), row.group(8)));
        });
        return rows;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldPrintWhatWasDone(final int seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final AtomicLong clock = new AtomicLong();
        final ProcessTimes times = new ProcessTimes(Machine.measured(clock::get, () -> 0));
        final long[] nanos = new long[Process.values().length];
        final long[] invoked = new long[nanos.length];
        final long[] last = new long[nanos.length];
        final int samples = random.nextInt(12, 40);
        final long[] before = new long[nanos.length];
        for (int sample = 0; sample < samples; sample++) {
            for (final Process process : Process.values()) {
                final long worked = random.nextLong(SECOND);
                final int things = random.nextInt(1, 1 << 20);
                times.begin();
                clock.addAndGet(worked);
                times.did(process, things);
                nanos[process.ordinal()] += worked;
                invoked[process.ordinal()] += things;
                last[process.ordinal()] = worked;
                before[process.ordinal()] += sample < samples - 12 ? worked : 0;
            }
            times.sample();
        }
        final CommandTree tree = new CommandTree(new ProcessCommands(times, null).commands());
        final List<Row> rows = rows(tree.execute("show processes cpu").text());
        assertThat(rows).extracting(Row::title).containsExactly("Timers", "IP Input", "QFP Notify", "Exec", "IPSEC key engine");
        for (int i = 0; i < nanos.length; i++) {
            final Row row = rows.get(i);
            assertThat(row.millis()).isEqualTo(nanos[i] / 1_000_000);
            assertThat(row.invoked()).isEqualTo(invoked[i]);
            assertThat(row.micros()).isEqualTo(nanos[i] / invoked[i] / 1_000);
            assertThat(row.now()).isCloseTo(last[i] / (5.0 * SECOND) * 100, offset(0.006));
            assertThat(row.minute()).isCloseTo((nanos[i] - before[i]) / (60.0 * SECOND) * 100, offset(0.006));
        }
        assertThat(rows(tree.execute("show processes cpu sorted").text())).extracting(Row::now)
            .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(rows(tree.execute("show processes cpu sorted 1min").text())).extracting(Row::minute)
            .isSortedAccordingTo(Comparator.reverseOrder());
    }
}
