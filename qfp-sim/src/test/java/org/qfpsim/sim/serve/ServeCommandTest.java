package org.qfpsim.sim.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.sim.Main;

/** The command in real time, until it is interrupted. */
class ServeCommandTest {
    private static final Pattern URL = Pattern.compile("qfp: (http://127\\.0\\.0\\.1:\\d+/) shows ([^;]*); .*");

    @TempDir
    private Path directory;

    /** Starts the command and waits for a look: the routers' names, and the metrics. */
    private static String metrics(final String routers, final String... arguments) throws Exception {
        final PipedWriter err = new PipedWriter();
        final AtomicInteger code = new AtomicInteger(-1);
        try (BufferedReader said = new BufferedReader(new PipedReader(err)); HttpClient client = HttpClient.newHttpClient()) {
            final Thread command = Thread.ofPlatform().start(() ->
                code.set(Main.run(new PrintWriter(Writer.nullWriter()), new PrintWriter(err, true), arguments)));
            try {
                final Matcher url = URL.matcher(said.readLine());
                assertThat(url.matches()).isTrue();
                assertThat(url.group(2)).isEqualTo(routers);
                return metrics(client, url.group(1));
            } finally {
                command.interrupt();
                command.join();
            }
        } finally {
            assertThat(code.get()).isEqualTo(Main.OK);
        }
    }

    private static String metrics(final HttpClient client, final String url) throws IOException, InterruptedException {
        String text;
        do {
            text = client.send(HttpRequest.newBuilder(URI.create(url + "metrics")).build(), HttpResponse.BodyHandlers.ofString()).body();
        } while (!text.contains("\nqfp_received_packets_total{"));
        return text;
    }

    @Test
    void shouldRunAScenarioAndShowTheNamedRouterFirst() throws Exception {
        final Map<String, Map<Map<String, String>, Double>> read =
            ExpositionParser.parse(metrics("r2, r1, isp", "serve", "--router", "r2", "--port", "0"));
        assertThat(read.get("qfp_up")).containsKey(Map.of("router", "r2")).hasSize(3);
        assertThat(read.get("qfp_info")).containsKey(Map.of("router", "r2", "host", "R2", "platform", "esp20", "release", "3.7"));
    }

    @Test
    void shouldWatchACountersFile() throws Exception {
        final Path file = directory.resolve("counters");
        try (CounterStore store = CounterStore.inFile(file, 1)) {
            store.dispatcher().add(Total.RECEIVED, 12);
            store.ppe(0).add(Total.FORWARDED, 12);
            final Map<String, Map<Map<String, String>, Double>> read =
                ExpositionParser.parse(metrics("counters", "serve", "--attach", file.toString(), "--port", "0", "--platform", "esp40"));
            assertThat(read.get("qfp_received_packets_total")).isEqualTo(Map.of(Map.of("router", "counters"), 12.0));
            assertThat(read.get("qfp_info")).containsKey(Map.of("router", "counters", "host", "counters", "platform", "esp40", "release", ""));
        }
    }
}
