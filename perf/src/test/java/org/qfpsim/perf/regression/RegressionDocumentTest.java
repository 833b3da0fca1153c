package org.qfpsim.perf.regression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qfpsim.sim.Main;

/** docs/regression.md shows what the program makes of the recorded measurements. {@code -Dqfp.regenerate=true} rewrites it instead. */
class RegressionDocumentTest {
    private static final Path ROOT = Path.of(System.getProperty("qfp.root", "..")).toAbsolutePath();
    private static final Path DOCUMENT = ROOT.resolve("docs").resolve("regression.md");
    private static final Pattern SHOWN = Pattern.compile("<!-- recorded: ./qfp (.*?) -->\\n```\\n(.*?)```\\n", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> shouldShowWhatTheProgramPrints() throws IOException {
        if (Boolean.getBoolean("qfp.regenerate")) {
            Files.writeString(DOCUMENT, SHOWN.matcher(Files.readString(DOCUMENT)).replaceAll(shown -> Matcher.quoteReplacement(
                "<!-- recorded: ./qfp " + shown.group(1) + " -->\n```\n" + run(shown.group(1)) + "```\n")));
        }
        final Stream<MatchResult> all = SHOWN.matcher(Files.readString(DOCUMENT)).results();
        return all.map(shown -> DynamicTest.dynamicTest(shown.group(1), () -> assertThat(run(shown.group(1))).isEqualTo(shown.group(2))));
    }

    private static String run(final String command) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        Main.run(new PrintWriter(out), new PrintWriter(err, true), command.replace("docs/", ROOT.resolve("docs") + "/").split(" "));
        assertThat(err.toString()).isEmpty();
        return out.toString();
    }
}
