package org.qfpsim.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;
import picocli.CommandLine;

/** The command as a user types it. */
class ScenarioCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... args) throws Exception {
        return run(new TestRouters(), args);
    }

    private int run(final NodeFactory routers, final String... args) throws Exception {
        final ScenarioCommand command = new ScenarioCommand(routers, null, folder -> { });
        new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).parseArgs(args);
        return command.call();
    }

    @Test
    void shouldListWhatComesWithTheProgram() throws Exception {
        assertThat(run("--list")).isZero();
        assertThat(out.toString().lines()).hasSize(ScenarioFolder.shipped().size() + ScenarioFolder.real().size())
            .anyMatch(line -> line.matches("nat-rebind +A NAT box forgets which port was whose"));
    }

    @Test
    void shouldRunAllAndCountThem() throws Exception {
        assertThat(run(new RouterFactory(new KeyExport()), "--all")).isZero();
        assertThat(out.toString().lines()).contains("ok      nat-rebind");
        assertThat(out.toString().lines().toList().getLast()).isEqualTo(ScenarioFolder.shipped().size() + " passed, 0 failed");
        assertThat(err.toString()).doesNotContain("qfp:");
    }

    @Test
    void shouldEndWithOneAndNameTheFailure() throws Exception {
        Example.write(folder, Example.YAML.replace("counter: NoRoute, is: 220", "counter: NoRoute, is: 7"));
        final Path json = folder.resolve("result.json");
        final Path capture = folder.resolve("all.pcapng");
        assertThat(run(folder.toString(), "--json", json.toString(), "--capture", capture.toString(), "--mode", "dedicated")).isEqualTo(1);
        assertThat(err.toString()).contains("qfp: " + folder.getFileName() + ": r1 counter NoRoute: expected 7, seen 220");
        final JsonNode tree = new ObjectMapper().readTree(json.toFile());
        assertThat(tree.get("passed").booleanValue()).isFalse();
        assertThat(tree.get("expectations").get(0).get("seen").textValue()).isEqualTo("220");
        assertThat(Files.size(capture)).isGreaterThan(100_000);
    }

    @Test
    void shouldExplainWhatCannotBeRun() {
        assertThatThrownBy(() -> run("nat-rebint")).isInstanceOf(InputException.class)
            .hasMessage("'nat-rebint' is neither a scenario (did you mean nat-rebind?) nor a folder; './qfp run --list' lists them");
        assertThatThrownBy(() -> run(folder.toString())).isInstanceOf(InputException.class).hasMessage(folder + ": has no scenario.yaml");
        assertThatThrownBy(this::run).isInstanceOf(InputException.class).hasMessageContaining("--list lists them");
        assertThatThrownBy(() -> run("nat-rebind", "--mode", "both")).hasMessage("--mode both is neither invoker nor dedicated");
        assertThatThrownBy(() -> run("nat-rebind", "--clock", "sun")).hasMessage("--clock sun is neither virtual nor real");
        assertThatThrownBy(() -> run("--all", "nat-rebind")).hasMessageContaining("leave them out");
    }
}
