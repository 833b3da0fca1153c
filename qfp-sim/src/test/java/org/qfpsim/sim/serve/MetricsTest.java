package org.qfpsim.sim.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.sim.live.LookSource;
import org.qfpsim.sim.live.Looks;

/** What Prometheus reads, read back by a parser that knows its format only, against what the router's own tables say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
    private static final Pattern GLOBAL = Pattern.compile("(\\w+) +(\\d+) +(\\d+) *");
    private static final Pattern IPSEC = Pattern.compile(" *(\\d+) +(\\w+) +(\\d+) *");

    private Story story;
    private String text;
    private Map<String, Map<Map<String, String>, Double>> families;

    @BeforeAll
    void play() {
        story = new Story(90);
        text = Metrics.text(story.feed());
        families = ExpositionParser.parse(text);
    }

    @AfterAll
    void close() {
        story.close();
    }

    private double value(final String family, final Map<String, String> labels) {
        assertThat(families.get(family)).as(family).containsKey(labels);
        return families.get(family).get(labels);
    }

    @Test
    void shouldEqualTheTableOfGlobalDrops() {
        int rows = 0;
        for (final String router : List.of("r1", "r2")) {
            for (final String line : story.show(router, "show platform hardware qfp active statistics drop all").lines().toList()) {
                final Matcher row = GLOBAL.matcher(line);
                if (row.matches()) {
                    final Map<String, String> labels = Map.of("router", router, "reason", row.group(1));
                    assertThat(value("qfp_drop_packets_total", labels)).as(line).isEqualTo(Double.parseDouble(row.group(2)));
                    assertThat(value("qfp_drop_octets_total", labels)).as(line).isEqualTo(Double.parseDouble(row.group(3)));
                    rows++;
                }
            }
        }
        assertThat(rows).isGreaterThan(400);
        assertThat(value("qfp_drop_packets_total", Map.of("router", "r2", "reason", "IpsecInput"))).isEqualTo(1500);
    }

    @Test
    void shouldEqualTheTableOfIpsecDrops() {
        int rows = 0;
        for (final String line : story.show("r2", "show platform hardware qfp active feature ipsec datapath drops all").lines().toList()) {
            final Matcher row = IPSEC.matcher(line);
            if (row.matches()) {
                assertThat(value("qfp_ipsec_drop_packets_total", Map.of("router", "r2", "type", row.group(1), "reason", row.group(2))))
                    .as(line).isEqualTo(Double.parseDouble(row.group(3)));
                rows++;
            }
        }
        assertThat(rows).isGreaterThan(50);
    }

    @Test
    void shouldAccountForEveryPacket() {
        final Map<String, String> r2 = Map.of("router", "r2");
        double engine = 0;
        for (final String outcome : List.of("forwarded", "dropped", "punted", "consumed")) {
            engine += value("qfp_engine_packets_total", Map.of("router", "r2", "ppe", "0", "outcome", outcome));
        }
        assertThat(engine).isEqualTo(value("qfp_received_packets_total", r2)).isPositive();
        assertThat(value("qfp_in_flight_packets", r2)).isZero();
        assertThat(value("qfp_unknown_spi_packets_total", r2)).isEqualTo(1500);
        assertThat(value("qfp_uptime_seconds", r2)).isEqualTo(90);
        assertThat(value("qfp_up", r2)).isEqualTo(1);
        assertThat(value("qfp_info", Map.of("router", "r2", "host", "R2", "platform", "esp20", "release", "3.7"))).isEqualTo(1);
    }

    /** How often something is sampled depends on how often the machine interrupts; so it is asked for what the router's own table says. */
    @Test
    void shouldEqualTheTableOfCosts() {
        final Matcher row = Pattern.compile("(?m)^IPSEC_INPUT_DECRYPT +(\\d+) ").matcher(story.show("r2", "show qfp-sim cost"));
        final double sampled = row.find() ? Double.parseDouble(row.group(1)) : 0;
        final Map<String, String> decrypt = Map.of("router", "r2", "ppe", "0", "feature", "IPSEC_INPUT_DECRYPT");
        assertThat(value("qfp_cost_sampled_packets_total", decrypt)).isEqualTo(sampled);
        assertThat(value("qfp_cost_seconds", decrypt) > 0).isEqualTo(sampled > 0);
    }

    @Test
    void shouldEqualShowInterfaces() {
        final String shown = story.show("r2", "show interfaces GigabitEthernet0/0/0");
        final Matcher in = Pattern.compile("(\\d+) packets input, (\\d+) bytes").matcher(shown);
        final Matcher out = Pattern.compile("(\\d+) packets output, (\\d+) bytes").matcher(shown);
        assertThat(in.find() && out.find()).as(shown).isTrue();
        for (final String direction : List.of("in", "out")) {
            final Matcher row = direction.equals("in") ? in : out;
            final Map<String, String> labels = Map.of("router", "r2", "interface", "GigabitEthernet0/0/0", "direction", direction);
            assertThat(value("qfp_interface_packets_total", labels)).isEqualTo(Double.parseDouble(row.group(1))).isPositive();
            assertThat(value("qfp_interface_octets_total", labels)).isEqualTo(Double.parseDouble(row.group(2))).isPositive();
            assertThat(value("qfp_interface_errors_total", labels)).isZero();
        }
        assertThat(value("qfp_interface_drops_total", Map.of("router", "r2", "interface", "GigabitEthernet0/0/0", "direction", "in")))
            .isGreaterThanOrEqualTo(1500);
    }

    @Test
    void shouldSayNothingOfARouterThatIsDownButThat() {
        final Feed feed = new Feed(new LookSource() {
            @Override
            public List<String> routers() {
                return List.of("down\"\\\n");
            }

            @Override
            public Optional<RouterLook> look(final String router) {
                return Optional.empty();
            }
        }, List.of("down\"\\\n"));
        feed.history("down\"\\\n").add(new Looks().forward(5).look());
        feed.sample();
        final Map<String, Map<Map<String, String>, Double>> read = ExpositionParser.parse(Metrics.text(feed));
        assertThat(read.get("qfp_up")).isEqualTo(Map.of(Map.of("router", "down\"\\\n"), 0.0));
        assertThat(read.get("qfp_forwarded_packets_total")).isEmpty();
    }

    @Test
    void shouldBeParsedByAParserThatRefusesWhatIsWrong() {
        for (final String wrong : List.of("x 1\n", "# HELP x y\n# TYPE x gauge\nx{a=\"b\"} 1",
            "# HELP x y\n# TYPE x gauge\nx{a=\"\"\"} 1\n",
            "# HELP x y\n# TYPE x gauge\nx{a=\"b\"} 1\nx{a=\"b\"} 2\n", "# TYPE x gauge\n", "# HELP x y\n# TYPE x counter\n")) {
            assertThatThrownBy(() -> ExpositionParser.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldPleasePromtool() throws Exception {
        final Process promtool;
        try {
            promtool = new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
        } catch (final IOException e) {
            assumeTrue(false, "the program promtool is not installed (Debian: prometheus)");
            return;
        }
        promtool.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        promtool.getOutputStream().close();
        assertThat(new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
        assertThat(promtool.waitFor()).isZero();
    }
}
