package org.qfpsim.sim.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.Main;

/** {@code ./qfp exec} as a script calls it. */
class ExecCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void shouldPrintWhatTheCommandsPrintAtATime() {
        assertThat(run("exec", "--router", "r2", "--at", "90s", "--cmd", "show platform hardware qfp active statistics drop | inc Ipsec",
            "--cmd", "conf t", "--cmd", "hostname R9", "--cmd", "do show running-config | i ^hostname", "--cmd", "end")).isZero();
        assertThat(out.toString()).contains("IpsecInput                                   1500                  423000")
            .endsWith("Enter configuration commands, one per line.  End with CNTL/Z.\nhostname R9\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldReadCommandsAndSayThatOneWasRefused() {
        final InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(("show frob\r\n" + "x".repeat(5000) + "\nshow running-config | include hostname")
            .getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("exec", "--at", "10ms")).isEqualTo(1);
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString()).isEqualTo("show frob\n     ^\n% Invalid input detected at '^' marker.\n\n"
            + "% Command line of 1000 characters is too long: at most 254\nhostname R1\n");
    }

    @Test
    void shouldWaitForTheEndOfACommandThatGoesOn() {
        assertThat(run("exec", "--cmd", "ping 20.1.1.2", "--cmd", "traceroute 20.1.1.2")).isZero();
        assertThat(out.toString()).contains("!!!!!\nSuccess rate is 100 percent (5/5)").endsWith("  2 20.1.1.2 20 msec *  20 msec\n");
    }

    @Test
    void shouldWriteAnObjectForEachCommand() throws Exception {
        assertThat(run("exec", "--json", "--cmd", "sh plat hard qfp act data util | inc Load", "--cmd", "frob")).isEqualTo(1);
        try (MappingIterator<JsonNode> objects = new ObjectMapper().readerFor(JsonNode.class).readValues(out.toString())) {
            final JsonNode first = objects.next();
            assertThat(first.get("output").textValue()).startsWith("Processing: Load (pct) ");
            assertThat(first.get("accepted").booleanValue()).isTrue();
            assertThat(first.get("sources").get(1).toString()).isEqualTo("{\"columns\":\"Processing\",\"source\":\"modelled\"}");
            final JsonNode second = objects.next();
            assertThat(second.get("accepted").booleanValue()).isFalse();
            assertThat(second.get("sources")).isEmpty();
            assertThat(objects.hasNext()).isFalse();
        }
    }

    @Test
    void shouldRunAConfigurationAlone() throws Exception {
        final Path file = Files.writeString(folder.resolve("my router.cfg"), "hostname LAB\ninterface Gi0/0/0\n ip address 10.0.0.254 255.255.255.0\n"
            + "interface Gi0/0/1\n no ip address\n");
        assertThat(run("exec", "--config", file.toString(), "--cmd", "show running-config | inc ^hostname", "--cmd", "show arp")).isZero();
        assertThat(out.toString()).startsWith("hostname LAB\nProtocol");
    }

    @Test
    void shouldExplainWhatCannotBeRun() throws Exception {
        final Path file = Files.writeString(folder.resolve("bad.cfg"), "hostname LAB\nfrobnicate\n");
        assertThat(run("exec", "--config", file.toString(), "--cmd", "show arp")).isEqualTo(2);
        assertThat(err.toString()).contains("bad.cfg:2: invalid input");
        assertThat(run("exec", "--router", "r9", "--cmd", "show arp")).isEqualTo(2);
        assertThat(err.toString()).contains("--router r9: there is no router of that name; did you mean r");
        assertThat(run("exec", "--at", "soon", "--cmd", "show arp")).isEqualTo(2);
        assertThat(err.toString()).contains("--at soon is not a time; write it with its unit: 500ms, 90s, 5m, 1h");
        assertThat(run("exec", "nat-rebind", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("exclude each other; leave one out");
        assertThat(run("exec", "--config", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none: cannot be read");
    }
}
