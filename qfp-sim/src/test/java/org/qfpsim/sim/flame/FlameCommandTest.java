package org.qfpsim.sim.flame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import one.profiler.AsyncProfiler;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.sim.Main;

class FlameCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(final String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err, true), arguments);
    }

    private static void assumeProfiler() {
        try {
            AsyncProfiler.getInstance();
        } catch (final IllegalStateException | UnsatisfiedLinkError e) {
            Assumptions.abort("async-profiler has no library for this system");
        }
    }

    @Test
    void shouldDrawWhereTheTimeOfACommandGoes() throws IOException {
        assumeProfiler();
        final Path graph = directory.resolve("with, comma.html");
        assertThat(run("flame", "--interval", "200", graph.toString(), "traffic", "--packets", "20000")).as(err.toString()).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("every packet was counted as what it was sent as");
        assertThat(Files.readString(graph)).startsWith("<!DOCTYPE html>").contains("<h1>./qfp traffic --packets 20000</h1>");
        assertThat(methods(Files.readString(graph))).anyMatch(name -> name.contains("org/qfpsim/datapath/"));
        assertThat(run("flame", graph.toString(), "env", "--json")).as("again in the same process").isEqualTo(Main.OK);
        assertThat(Files.readString(graph)).contains("./qfp env --json");
    }

    /** The graph's names: each begins with as many octets of the one before it as its first character says, less a blank. */
    private static List<String> methods(final String graph) {
        final List<String> names = new ArrayList<>(List.of(""));
        graph.lines().dropWhile(line -> !line.equals("const cpool = [")).skip(1).takeWhile(line -> line.startsWith("'"))
            .map(line -> line.substring(1, line.length() - 2).replace("\\'", "'").replace("\\\\", "\\"))
            .forEach(name -> names.add(names.size() == 1 ? name
                : names.getLast().substring(0, name.charAt(0) - ' ') + name.substring(1)));
        return names;
    }

    @Test
    void shouldEndAsTheCommandDoesAndDrawNothingOfOneThatWasRefused() {
        assumeProfiler();
        final Path graph = directory.resolve("graph.html");
        assertThat(run("flame", graph.toString(), "traffic", "--packets", "7")).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString()).isEqualTo("qfp: --packets 7 is not within 1000 to 1000000000\n");
        assertThat(graph).doesNotExist();
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "graph                     | Missing required parameter: 'COMMAND'",
        "graph flame other env     | flame: one graph at a time; name another command",
        "- env                     | flame: the graph cannot go to standard output, which is the command's; name a file",
        "--interval 99 graph env   | --interval 99 is not within 100 to 1000000",
        "/nowhere/graph env        | /nowhere/graph: cannot be written: no such file or directory; check the path",
    })
    void shouldRefuseInOneLine(final String arguments, final String message) {
        assertThat(run(("flame " + arguments.strip()).split(" "))).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("qfp: " + message);
        assertThat(out.toString()).isEmpty();
    }
}
