package org.qfpsim.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.sim.InputException;

/** What the reader of scenarios says, word for word where a user acts on it. */
class ScenarioErrorTest {
    @TempDir
    private Path folder;
    private String file;

    @BeforeEach
    void write() {
        Example.write(folder, Example.YAML);
        file = folder.resolve("scenario.yaml").toString();
    }

    private Scenario parse(final String yaml) {
        return ScenarioReader.parse(yaml.getBytes(StandardCharsets.UTF_8), ScenarioFolder.of(folder), new TestRouters().settings(), null);
    }

    static Stream<Arguments> errors() {
        return Stream.of(
            Arguments.of("duration: 30s", "durration: 30s", "line 3: $.durration: unknown key; did you mean duration?"),
            Arguments.of("duration: 30s", "duration: 30",
                "line 3: $.duration: '30' is not a time; write it with its unit: 200us, 10ms, 1.5s, 2m, 1h"),
            Arguments.of("seed: 5", "seed: -5", "line 2: $.seed: '-5' is not a number"),
            Arguments.of("seed: 5", "seed: 5\nseed: 6", "line 3: $: the key 'seed' is there twice"),
            Arguments.of("title: Two routers, one of which forgets its route\n", "",
                "line 1: $: title is missing: one line that says what the scenario shows"),
            Arguments.of("ppes: 1", "ppe: 1", "line 5: $.routers.r1.ppe: unknown key; did you mean ppes?"),
            Arguments.of("second.cfg", "../second.cfg",
                "line 6: $.routers.r2.config: '../second.cfg' is not a file name within the scenario's folder"),
            Arguments.of("10.1.0.10/24", "10.1.0.10", "line 8: $.hosts.h1.ipv4: '10.1.0.10' has no prefix length"),
            Arguments.of("gateway: 10.1.0.1", "gateway: 10.1.0.", "line 8: $.hosts.h1.gateway: '10.1.0.' is not an IPv4 or IPv6 address"),
            Arguments.of("h2: {ipv4", "r2: {ipv4", "line 9: $.hosts.r2: there is a router named r2 already"),
            Arguments.of("h2: {ipv4", "h 2: {ipv4",
                "line 9: $.hosts.h 2: a name begins with a letter and has letters, digits, '.', '_' and '-'; "
                + "many are written as spoke[1-1000]"),
            Arguments.of("[h1, r1 inside]", "[h1]", "line 11: $.links.lan1.ports: a link has at least two ports"),
            Arguments.of("[h1, r1 inside]", "[h3, r1 inside]",
                "line 11: $.links.lan1.ports[0]: no router, host, nat or outside is named 'h3'; did you mean h1?"),
            Arguments.of("delay: 10ms", "delay: 10ns", "line 12: $.links.wan.delay: delay 10 is not within 1000 to 3600000000000"),
            Arguments.of("delay: 10ms", "loss: 0.1", "line 12: $.links.wan.loss: '0.1' is not a percentage; write 0% to 100%"),
            Arguments.of("delay: 10ms", "loss: 101%", "line 12: $.links.wan.loss: '101%' is not a percentage; write 0% to 100%"),
            Arguments.of("rate: 100,", "rate: 0,", "line 15: $.streams.data: rate 0 is not within 1 to 1000000"),
            Arguments.of("to: h2", "to: h9", "line 15: $.streams.data.to: no host is named 'h9'; did you mean h1?"),
            Arguments.of("to: h2", "to: \"2001:db8::1\"",
                "line 15: $.streams.data.from: the host has no address of the destination's family"),
            Arguments.of("kind: ping", "kind: pong", "line 16: $.streams.echo.kind: 'pong' is not known; use one of esp, ping, udp"),
            Arguments.of("kind: ping", "kind: esp", "line 16: $.streams.echo: spoof goes with esp, and only with it"),
            Arguments.of("say: Somebody", "saay: Somebody", "line 20: $.timeline[1].saay: unknown key; did you mean say?"),
            Arguments.of("at: 12s, router: r1", "at: 12s, router: r3",
                "line 23: $.timeline[2].router: no router is named 'r3'; did you mean r1?"),
            Arguments.of("at: 12s", "at: 40s", "line 23: $.timeline[2].at: is after the end of the scenario; make its duration longer"),
            Arguments.of("do: crash", "do: start", "line 24: $.timeline[3].do: 'start' is not known; use one of crash, restart"),
            Arguments.of("do: crash", "state: down", "line 24: $.timeline[3]: state does not go with the rest of this entry"),
            Arguments.of("set: {delay: 20ms}", "set: {delai: 20ms}", "line 26: $.timeline[5].set.delai: unknown key; did you mean delay?"),
            Arguments.of("stream: echo, do", "stream: ecco, do",
                "line 27: $.timeline[6].stream: no stream is named 'ecco'; did you mean echo?"),
            Arguments.of("link: wan, set: {delay: 20ms}", "link: wan, next: {drop: 1}",
                "line 26: $.timeline[5].next: match is missing: match: ike quick-mode"),
            Arguments.of("link: wan, set: {delay: 20ms}", "link: wan, next: {match: udp}",
                "line 26: $.timeline[5].next: needs one of drop: 1, hold: 200ms, duplicate: 200ms"),
            Arguments.of("link: wan, set: {delay: 20ms}", "link: wan, next: {match: udp, drop: 1, hold: 1s}",
                "line 26: $.timeline[5].next: needs one of drop: 1, hold: 200ms, duplicate: 200ms"),
            Arguments.of("link: wan, set: {delay: 20ms}", "link: wan, next: {match: gre, drop: 1}",
                "line 26: $.timeline[5].next.match: match begins with udp, esp or ike: udp 500|4500, ike quick-mode"),
            Arguments.of("link: wan, set: {delay: 20ms}", "link: wan, next: {match: udp, drop: 0}",
                "line 26: $.timeline[5].next.drop: 0 is not within 1 to 1000000"),
            Arguments.of("link: wan, set: {delay: 20ms}", "link: wan, next: {match: udp, drop: 1, frames: 2}",
                "line 26: $.timeline[5].next.frames: goes with hold and duplicate; drop: says itself how many"),
            Arguments.of("link: wan, set: {delay: 20ms}", "link: wan, next: {match: udp, hold: 2h}",
                "line 26: $.timeline[5].next.hold: a frame is held for at most an hour"),
            Arguments.of("link: wan, set: {delay: 20ms}", "link: wan, next: {match: udp, from: h1, drop: 1}",
                "line 26: $.timeline[5].next.from: is not one node at link wan"),
            Arguments.of("link: wan, set: {delay: 20ms}", "link: wan, state: up, next: {match: udp, drop: 1}",
                "line 26: $.timeline[5]: state does not go with the rest of this entry"),
            Arguments.of("counter: NoRoute, is: 220", "counter: NoRoute", "line 29: $.expect[0]: needs is: or min: or max:"),
            Arguments.of("counter: NoRoute, is: 220", "counter: NoRoute, is: 220, max: 3",
                "line 29: $.expect[0]: max does not go with the rest of this expectation"),
            Arguments.of("measure: outage, is: 2s", "measure: outage, is: 2",
                "line 34: $.expect[5].is: '2' is not a time; write it with its unit: 200us, 10ms, 1.5s, 2m, 1h"),
            Arguments.of("measure: outage", "measure: outrage", "line 34: $.expect[5].measure: 'outrage' is not known; use one of "
                + "damaged, duplicates, first-lost, lost, outage, received, reordered, sent"),
            Arguments.of("contains: NoRoute 220", "is: 1", "line 37: $.expect[8]: needs contains: or lacks: text of the command's output"),
            Arguments.of("title: Two", "title: &a Two", "none"),
            Arguments.of("seed: 5", "seed: *a", "line 2: aliases (*name) are not supported; write it out"),
            Arguments.of("seed: 5", "seed: " + "[".repeat(2000), "line 2: is nested more than 12 deep"),
            Arguments.of("seed: 5", "seed: [", "line 4: not valid YAML: "));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void shouldNameLineKeyAndFix(final String correct, final String wrong, final String message) {
        assertThat(Example.YAML).contains(correct);
        final int at = Example.YAML.indexOf(correct);
        final String broken = Example.YAML.substring(0, at) + wrong + Example.YAML.substring(at + correct.length());
        if (message.equals("none")) {
            assertThat(parse(broken)).isNotNull();
            return;
        }
        assertThatThrownBy(() -> parse(broken)).isInstanceOf(InputException.class).satisfies(e ->
            assertThat(e.getMessage().replaceFirst("not valid YAML: .+", "not valid YAML: ")).isEqualTo(file + ": " + message));
    }

    @Test
    void shouldNameAMissingConfiguration() {
        assertThatThrownBy(() -> parse(Example.YAML.replace("r1: {ppes", "r7: {ppes"))).isInstanceOf(InputException.class)
            .hasMessageContaining("r7.cfg: cannot be read");
    }

    @Test
    void shouldReadWhatIsRight() {
        final Scenario scenario = parse(Example.YAML);
        assertThat(scenario.routers()).hasSize(2).first().satisfies(router -> {
            assertThat(router.settings()).containsEntry("ppes", "1").containsEntry("release", "3.7").hasSize(2);
            assertThat(router.configuration()).isEqualTo(Example.FIRST);
        });
        assertThat(scenario.endNanos()).isEqualTo(31_000_000_000L);
        assertThat(scenario.timeline()).hasSize(7);
        assertThat(scenario.links().get(1).settings().delayNanos()).isEqualTo(10_000_000);
        assertThat(scenario.epochNanos()).isEqualTo(1_767_225_600_000_000_000L);
    }

    @Test
    void shouldMakeManyOfOne() {
        final Scenario scenario = parse("""
            title: many
            routers:
              spoke[1-300]: {config: r1.cfg}
            hosts:
              h[1-300]: {ipv4: "10.${n/250}.${n%250+1}.9/8"}
            links:
              lan[1-300]: {ports: ["h${n}", "spoke${n} inside"]}
              wan: {ports: ["spoke[1-300] outside"]}
            timeline:
              - {at: 1s, router: "spoke[1-300]", command: show drops}
              - {at: 1s, every: 2s, times: 3, router: spoke7, command: show drops}
            expect:
              - {router: "spoke[1-300]", counter: NoRoute, is: 0}
            """);
        assertThat(scenario.hosts()).hasSize(300);
        assertThat(scenario.hosts().get(254).addresses().getFirst().address()).hasToString("10.1.6.9");
        assertThat(scenario.links().get(300).ports()).hasSize(300);
        assertThat(scenario.links().get(4).ports().getFirst().node()).isEqualTo("h5");
        assertThat(scenario.timeline()).hasSize(303);
        assertThat(scenario.expectations()).hasSize(300);
    }
}
