package org.qfpsim.perf.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.qfpsim.datapath.counters.CostLook;

/**
 * The program that {@code ./qfp perf} starts from either version's build. It opens the metrics of a suite and then measures one slice
 * whenever it is told to, so that two builds can take turns every few milliseconds. Arguments, commands and answers are a contract between
 * versions: a comparison of today talks to the probe of an older build. Each answer is one JSON object in one line.
 *
 * <pre>
 *   java @jvm.flags -cp qfp.jar org.qfpsim.perf.probe.Probe SUITE BACKEND [PACKETS]
 *                       {"probe":1,"metrics":["bare 64","path 64",...]}
 *   slice 1 20          {"passes":66,"mean":71.2,"q00":70.1,"q10":70.3,"q25":70.4,"q50":70.9}     metric 1 for 20 ms; ns a packet
 *   costs 1             {"blocks":[...]}     what metric 1 has sampled of the cost of features ({@link CostLook})
 *   step 1              {"thread":4711,"packets":256}     what is about to make a pass of metric 1, when it has heard
 *   go                  {"stepped":true}              it sent itself three signals ({@link Mark}), and made the pass before the last
 *   end                 {"closed":true}               every packet met its end; or a stack trace, and exit code 1
 * </pre>
 * It ends with its input, so that it never outlives who started it.
 */
public final class Probe {
    /** Of the contract. */
    public static final int VERSION = 1;

    private static final long MILLI = 1_000_000;

    private Probe() {
    }

    /**
     * Opens a suite and obeys.
     *
     * @param args suite, crypto library, and packets of a pass if they are to be others than {@link PathSubject#BUFFERS}.
     * @throws IOException if the input cannot be read.
     */
    public static void main(final String[] args) throws IOException {
        serve(Suite.valueOf(args[0].toUpperCase(Locale.ROOT))
            .openers(args[1], args.length > 2 ? Integer.parseInt(args[2]) : PathSubject.BUFFERS));
    }

    /**
     * Obeys standard input.
     *
     * @param openers how each metric is opened, by name.
     * @throws IOException if the input cannot be read.
     */
    public static void serve(final Map<String, Supplier<PathSubject>> openers) throws IOException {
        final PrintStream out = System.out;
        final Map<String, Metric> opened = new LinkedHashMap<>();
        openers.forEach((name, opener) -> opened.put(name, new Metric(opener.get())));
        final List<Metric> metrics = List.copyOf(opened.values());
        out.println(JsonLine.of(Map.of("probe", VERSION, "metrics", opened.keySet())));
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            final String[] words = line.split(" ", -1);
            if (words[0].equals("end")) {
                metrics.forEach(Metric::close);
                out.println(JsonLine.of(Map.of("closed", true)));
                return;
            }
            final Metric metric = metrics.get(Integer.parseInt(words[1]));
            if (words[0].equals("step")) {
                final Mark mark = new Mark();
                out.println(JsonLine.of(Map.of("thread", Mark.thread(), "packets", metric.packets())));
                in.readLine();
                metric.markedPass(mark);
                out.println(JsonLine.of(Map.of("stepped", true)));
            } else if (words[0].equals("costs")) {
                out.println(JsonLine.of(metric.costs()));
            } else {
                out.println(JsonLine.of(metric.slice(Long.parseLong(words[2]) * MILLI)));
            }
        }
    }
}
