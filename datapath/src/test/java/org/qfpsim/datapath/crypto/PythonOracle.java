package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs our Python scripts, which drive implementations by others. The system's Python, because Debian's packages belong to it. */
public final class PythonOracle {
    private static final String PYTHON = "/usr/bin/python3";

    private PythonOracle() {
    }

    /**
     * What is missing for a script, in words.
     *
     * @param module        the module that it imports.
     * @param debianPackage the package that has it.
     */
    public static Optional<String> missing(final String module, final String debianPackage) throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PYTHON))) {
            return Optional.of(PYTHON + " is not installed");
        }
        final Process check = new ProcessBuilder(PYTHON, "-c", "import " + module).redirectErrorStream(true).start();
        check.getInputStream().readAllBytes();
        return check.waitFor() == 0 ? Optional.empty() : Optional.of("the package " + debianPackage + " is not installed");
    }

    /**
     * Runs a script once.
     *
     * @param directory where scripts and input may be put.
     * @param input     lines for its standard input.
     * @param scripts   resources: the script, then modules of ours that it imports.
     * @return lines of its standard output, as many as there were input lines.
     */
    public static List<String> run(final Path directory, final List<String> input, final String... scripts)
        throws IOException, InterruptedException {
        for (final String script : scripts) {
            try (InputStream in = Objects.requireNonNull(PythonOracle.class.getResourceAsStream(script), script)) {
                Files.write(inside(directory, script), in.readAllBytes());
            }
        }
        final Path lines = directory.resolve("cases.jsonl");
        Files.write(lines, input);
        final Process process = new ProcessBuilder(PYTHON, inside(directory, scripts[0]).toString()).redirectInput(lines.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        final List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(output).hasSameSizeAs(input);
        return output;
    }

    private static Path inside(final Path directory, final String resource) {
        return directory.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    }
}
