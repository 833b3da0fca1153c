package org.qfpsim.sim.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A scenario with two routers that has a bit of everything, written into a folder. */
final class Example {
    static final String YAML = """
        title: Two routers, one of which forgets its route
        seed: 5
        duration: 30s
        routers:
          r1: {ppes: 1, release: "3.7"}
          r2: {config: second.cfg}
        hosts:
          h1: {ipv4: 10.1.0.10/24, gateway: 10.1.0.1}
          h2: {ipv4: 10.2.0.10/24, gateway: 10.2.0.1}
        links:
          lan1: {ports: [h1, r1 inside]}
          wan: {ports: [r1 outside, r2 outside], delay: 10ms}
          lan2: {ports: [r2 inside, h2]}
        streams:
          data: {from: h1, to: h2, rate: 100, size: 300, start: 1s}
          echo: {from: h2, to: h1, kind: ping, rate: 10, start: 1s}
        timeline:
          - {at: 0s, say: Traffic flows between two offices.}
          - at: 10s
            say: Somebody types a wrong route.
            router: r1
            command: route 10.9.9.9
          - {at: 12s, router: r1, command: route 192.0.2.2, quiet: true}
          - {at: 15s, router: r2, do: crash}
          - {at: 16s, router: r2, do: restart}
          - {at: 20s, link: wan, set: {delay: 20ms}}
          - {at: 25s, stream: echo, do: stop}
        expect:
          - {router: r1, counter: NoRoute, is: 220}
          - {router: r1, log: NOROUTE, is: 2, from: 10s, until: 12s}
          - {router: r1, log: NOROUTE, is: 1, until: 10.5s}
          - {router: r2, log: "%TEST-5-RESTART"}
          - {stream: data, measure: lost, is: 300}
          - {stream: data, measure: outage, is: 2s}
          - {stream: data, measure: first-lost, min: 9.9s, max: 10s}
          - {stream: echo, measure: lost, is: 30}
          - {router: r1, command: show drops, contains: NoRoute 220}
          - {router: r1, command: show drops, contains: "NoRoute 0", at: 9s}
          - {link: wan, measure: lost, is: 0}
        """;
    static final String FIRST = "interface inside 10.1.0.1/24\ninterface outside 192.0.2.1/24\nroute 192.0.2.2\n";
    static final String SECOND = "interface inside 10.2.0.1/24\ninterface outside 192.0.2.2/24\nroute 192.0.2.1\n";

    private Example() {
    }

    static ScenarioFolder write(final Path folder, final String yaml) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("scenario.yaml"), yaml);
            Files.writeString(folder.resolve("r1.cfg"), FIRST);
            Files.writeString(folder.resolve("second.cfg"), SECOND);
            return ScenarioFolder.of(folder);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
