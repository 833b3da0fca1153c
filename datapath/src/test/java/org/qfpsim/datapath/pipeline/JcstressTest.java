package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the concurrency tests (classes that end in Stress) under jcstress in a JVM of its own. */
class JcstressTest {
    private static final List<String> TESTS = List.of("pipeline.PpeRingStress.ToEngine", "pipeline.PpeRingStress.ToGather", "pipeline.PpeRingStress.Reuse",
        "pipeline.SaRetirementStress", "sa.SaTableStress", "counters.CounterStress");
    private static final Pattern RESULTS = Pattern.compile("Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs");

    @TempDir
    private Path directory;

    @Test
    void shouldSeeNoForbiddenOutcome() throws Exception {
        assumeThat(Runtime.getRuntime().availableProcessors()).as("processors: two threads that take turns on one race with nobody")
            .isGreaterThan(1);
        final boolean quick = System.getProperty("qfp.jcstress.mode", "quick").equals("quick");
        final String flags = ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(argument -> argument.startsWith("--"))
            .collect(Collectors.joining(" "));
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(flags.split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.openjdk.jcstress.Main", "-t", "org.qfpsim.datapath.*Stress.*",
            "-r", directory.toString(), "-m", quick ? "sanity" : "default"));
        command.addAll(quick ? List.of("-jvmArgs", flags, "-iters", "1", "-time", "100") : List.of("-jvmArgsPrepend", flags));
        final Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        final int exit = process.waitFor();
        final Matcher results = RESULTS.matcher(output);
        String[] last = {};
        while (results.find()) {
            last = results.group().split("\\D+");
        }
        System.out.println(last.length == 0 ? output : String.join(" ", "jcstress planned, passed, failed, soft and hard errors:", String.join(" ", last)));
        assertThat(exit).as(output).isZero();
        // A test that needs more processors than there are is left out without an error: it has no page in the report.
        try (Stream<Path> pages = Files.list(directory)) {
            assertThat(pages.map(page -> page.getFileName().toString()).toList())
                .contains(TESTS.stream().map(test -> "org.qfpsim.datapath." + test + ".html").toArray(String[]::new));
        }
        assertThat(last).as(output).hasSizeGreaterThan(5);
        assertThat(Integer.parseInt(last[2])).as("passed").isGreaterThanOrEqualTo(TESTS.size()).isEqualTo(Integer.parseInt(last[1]));
    }
}
