package org.qfpsim.controlplane.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.PuntCause;

/** What the summary and the statistics print, read back by columns and words alone, agrees with the router's own counters. */
class TraceRereadTest {
    private static final long SEED = 0x5245524cL;
    private static final Pattern COUNT = Pattern.compile(" {2}([A-Z][a-z]+) +([0-9]+)");
    private static final Pattern CAUSE = Pattern.compile(" {4}([0-9]+) +([0-9]+) +(.+)");

    @TempDir
    private Path flash;

    /** Rows of the summary by state, and by state and reason code; columns start where the header's words do. */
    private static Map<String, Integer> summary(final String text) {
        final List<String> lines = text.lines().toList();
        final int input = lines.getFirst().indexOf("Input");
        final int output = lines.getFirst().indexOf("Output");
        final int state = lines.getFirst().indexOf("State");
        final int reason = lines.getFirst().indexOf("Reason");
        final Map<String, Integer> rows = new TreeMap<>();
        for (int i = 1; i < lines.size(); i++) {
            final String line = lines.get(i);
            assertThat(line.substring(0, input).strip()).isEqualTo(String.valueOf(i - 1));
            assertThat(line.substring(input, output).strip()).matches("Gi0/0/[01]|INJ\\.[0-9]+");
            assertThat(line.substring(output, state).strip()).matches("Gi0/0/[01]|INJ\\.[0-9]+|internal0/0/rp:0");
            final String end = line.substring(state, reason).strip();
            rows.merge(end, 1, Integer::sum);
            if (end.equals("DROP") || end.equals("PUNT")) {
                rows.merge(end + " " + line.substring(reason).split(" +", 2)[0], 1, Integer::sum);
            }
        }
        return rows;
    }

    /** Numbers of the statistics by their words; those of causes behind the word that they belong to. */
    private static Map<String, Integer> statistics(final String text) {
        final Map<String, Integer> numbers = new HashMap<>();
        String last = "";
        for (final String line : text.lines().toList()) {
            final Matcher count = COUNT.matcher(line);
            final Matcher cause = CAUSE.matcher(line);
            if (count.matches()) {
                last = count.group(1);
                numbers.put(last, Integer.parseInt(count.group(2)));
            } else if (cause.matches()) {
                numbers.put(last + " " + cause.group(2), Integer.parseInt(cause.group(1)));
            }
        }
        return numbers;
    }

    @Test
    void shouldSayWhatTheCountersSay() throws Exception {
        final Random random = new Random(SEED);
        try (WatchedRouter router = new WatchedRouter(flash)) {
            router.type("debug platform condition both");
            router.type("debug platform packet-trace packet 1024");
            router.type("debug platform condition start");
            final long receivedBefore = router.counters().total(Total.RECEIVED);
            final long droppedBefore = router.counters().dropped();
            final long inputBefore = router.counters().globalPackets(GlobalDrop.IPSEC_INPUT.id());
            final long arpBefore = router.counters().puntTransmitted(PuntCause.ARP_REQUEST_OR_RESPONSE.id());
            for (int i = 0; i < 150; i++) {
                router.send(WatchedRouter.KINDS.get(random.nextInt(WatchedRouter.KINDS.size())));
            }
            final Map<String, Integer> rows = summary(router.type("show platform packet-trace summary"));
            final Map<String, Integer> numbers = statistics(router.type("show platform packet-trace statistics"));
            System.out.println("seed " + SEED + ": " + rows + " " + numbers);
            final int received = (int) (router.counters().total(Total.RECEIVED) - receivedBefore);
            assertThat(numbers.get("Matched")).isEqualTo(received).isEqualTo(numbers.get("Ingress") + numbers.get("Inject"));
            assertThat(numbers.get("Traced")).isEqualTo(received);
            assertThat(rows.get("FWD") + rows.get("DROP") + rows.get("PUNT") + rows.get("CONS")).isEqualTo(received);
            assertThat(numbers).containsEntry("Forward", rows.get("FWD")).containsEntry("Drop", rows.get("DROP"))
                .containsEntry("Punt", rows.get("PUNT")).containsEntry("Consume", rows.get("CONS"));
            rows.forEach((key, value) -> {
                final String[] words = key.split(" ");
                if (words.length == 2) {
                    assertThat(numbers).as(key).containsEntry((words[0].equals("DROP") ? "Drop " : "Punt ") + words[1], value);
                }
            });
            // Fragments that still wait are consumed for the trace, and in flight for the counters until their time is over.
            assertThat((long) rows.get("DROP")).isLessThanOrEqualTo(router.counters().dropped() - droppedBefore);
            assertThat((long) numbers.get("Drop 56")).isEqualTo(router.counters().globalPackets(GlobalDrop.IPSEC_INPUT.id()) - inputBefore);
            assertThat((long) numbers.get("Punt 7"))
                .isEqualTo(router.counters().puntTransmitted(PuntCause.ARP_REQUEST_OR_RESPONSE.id()) - arpBefore);
        }
    }
}
