package org.qfpsim.sim.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The documents show what the program prints. {@code -Dqfp.regenerate=true} rewrites them instead of failing. */
class DocumentedOutputsTest {
    private static final Path ROOT = Path.of(System.getProperty("qfp.root"));
    private static final String DOCUMENT = """
        # Title
        <!-- output: ./qfp greet 'a b' (volatile: \\d+ pps) -->

        ```text
        $ ./qfp greet 'a b'
        [greet, a b]
        10 pps
        ```
        between
        <!-- output: qfp -->
        ```
        []
        10 pps
        ```
        end
        """;

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> shouldShowWhatTheProgramPrints() throws IOException {
        if (Boolean.getBoolean("qfp.regenerate")) {
            DocumentedOutput.regenerate(ROOT, DocumentedOutput::runProgram);
        }
        return DocumentedOutput.findAll(ROOT).stream().map(output -> DynamicTest.dynamicTest(output.toString(), () -> {
            final List<String> actual = output.actual(DocumentedOutput::runProgram);
            if (!output.agreesWith(actual)) {
                assertThat(actual).as("run with -Dqfp.regenerate=true to rewrite the document").isEqualTo(output.shown());
            }
        }));
    }

    @Test
    void shouldAgreeWhenOnlyVolatileLinesDiffer() throws IOException {
        write(DOCUMENT);
        final List<DocumentedOutput> outputs = DocumentedOutput.findAll(directory);
        assertThat(outputs).extracting(DocumentedOutput::toString).containsExactly("README.md:2 ./qfp greet 'a b'", "README.md:10 qfp");
        assertThat(outputs.get(0).agreesWith(outputs.get(0).actual(words -> words + "\n99 pps\n"))).isTrue();
        assertThat(outputs.get(1).agreesWith(outputs.get(1).actual(words -> words + "\n99 pps\n"))).isFalse();
        assertThat(outputs.get(0).agreesWith(outputs.get(0).actual(words -> words + "\n99 bps\n"))).isFalse();
        assertThat(outputs.get(0).agreesWith(outputs.get(0).actual(words -> words + "\n10 pps\nmore\n"))).isFalse();
    }

    @Test
    void shouldRewriteOnlyBlocksThatChanged() throws IOException {
        write(DOCUMENT);
        DocumentedOutput.regenerate(directory, words -> words + "\n99 pps\n" + (words.isEmpty() ? "new line\n" : ""));
        assertThat(Files.readString(directory.resolve("README.md")))
            .isEqualTo(DOCUMENT.replace("[]\n10 pps\n", "[]\n99 pps\nnew line\n"));
    }

    @Test
    void shouldReadDocumentsOfTheDocsFolder() throws IOException {
        Files.createDirectory(directory.resolve("docs"));
        Files.writeString(directory.resolve("docs/usage.md"), "<!-- output: ./qfp --version -->\n```\nx\n```\n");
        final DocumentedOutput output = DocumentedOutput.findAll(directory).getFirst();
        assertThat(output.actual(DocumentedOutput::runProgram)).singleElement().asString().startsWith("qfp-sim ");
    }

    @Test
    void shouldRefuseACommentWithoutABlock() throws IOException {
        write("text\n<!-- output: ./qfp -->\ntext\n");
        assertThatThrownBy(() -> DocumentedOutput.findAll(directory)).hasMessageContaining("README.md:2: no code block follows");
        write("<!-- output: ./qfp -->\n```\nno end\n");
        assertThatThrownBy(() -> DocumentedOutput.findAll(directory)).hasMessageContaining("README.md:1: the code block has no end");
    }

    @Test
    void shouldSplitCommandLinesAsAShell() {
        assertThat(ShellWords.split("./qfp replay --show 'show version | inc X' a\"b c\"d ''"))
            .containsExactly("./qfp", "replay", "--show", "show version | inc X", "ab cd", "");
    }

    private void write(final String text) throws IOException {
        Files.writeString(directory.resolve("README.md"), text);
    }
}
