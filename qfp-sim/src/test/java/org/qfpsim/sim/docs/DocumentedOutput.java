package org.qfpsim.sim.docs;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qfpsim.sim.Main;

/**
 * A fenced code block in a document that shows what a command prints. The comment before the fence says which:
 * <pre>
 *   &lt;!-- output: ./qfp env (volatile: ^(cpu|memory) ) --&gt;
 *   ```text
 *   $ ./qfp env
 *   ...
 *   ```
 * </pre>
 * A first line that starts with {@code $ } repeats the command for the reader. Lines in which {@code volatile} is found, in the document
 * and in the output, count as equal: rates and versions of a machine. {@code (lines: 3-20)} behind the command shows only those lines. The command's name may be {@code ./qfp}; it runs in this process.
 */
final class DocumentedOutput {
    private static final Pattern MARK = Pattern.compile("\\s*<!-- output: (?<command>.+?)(?: \\(lines: (?<from>\\d+)-(?<to>\\d+)\\))?(?: \\(volatile: (?<volatile>.+)\\))? -->\\s*");
    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private final Path file;
    private final int line;
    private final String command;
    private final Pattern changing;
    private final int from;
    private final int to;
    private final int begin;
    private final int end;
    private final List<String> shown;

    private DocumentedOutput(final Path file, final int mark, final Matcher matcher, final List<String> lines) {
        this.file = file;
        this.line = mark + 1;
        this.command = matcher.group("command");
        this.changing = matcher.group("volatile") == null ? NOTHING : Pattern.compile(matcher.group("volatile"));
        this.from = matcher.group("from") == null ? 1 : Integer.parseInt(matcher.group("from"));
        this.to = matcher.group("to") == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group("to"));
        int fence = mark + 1;
        while (fence < lines.size() && lines.get(fence).isBlank()) {
            fence++;
        }
        if (fence == lines.size() || !lines.get(fence).startsWith("```")) {
            throw new IllegalStateException(file + ":" + line + ": no code block follows the output comment");
        }
        this.begin = fence + 1;
        final int length = lines.subList(begin, lines.size()).indexOf("```");
        if (length < 0) {
            throw new IllegalStateException(file + ":" + line + ": the code block has no end");
        }
        this.end = begin + length;
        this.shown = List.copyOf(lines.subList(begin, end));
    }

    /** Every documented output of README.md and of the documents below docs, in order. */
    static List<DocumentedOutput> findAll(final Path root) throws IOException {
        final List<Path> files = new ArrayList<>();
        files.add(root.resolve("README.md"));
        final Path docs = root.resolve("docs");
        if (Files.isDirectory(docs)) {
            try (var listed = Files.walk(docs)) {
                listed.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
            }
        }
        final List<DocumentedOutput> found = new ArrayList<>();
        for (final Path file : files) {
            if (Files.exists(file)) {
                found.addAll(find(file));
            }
        }
        return found;
    }

    private static List<DocumentedOutput> find(final Path file) throws IOException {
        final List<String> lines = Files.readAllLines(file);
        final List<DocumentedOutput> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            final Matcher matcher = MARK.matcher(lines.get(i));
            if (matcher.matches()) {
                found.add(new DocumentedOutput(file, i, matcher, lines));
            }
        }
        return found;
    }

    /** The program in this process: what it prints; of a command that fails also its errors, but no progress of one that does not. */
    static String runProgram(final List<String> arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int code = Main.run(new PrintWriter(out), new PrintWriter(err, true), arguments.stream().map(DocumentedOutput::fromRoot)
            .toArray(String[]::new));
        return code == Main.OK ? out.toString() : out + err.toString();
    }

    /** Documents name files of theirs from the root, where their readers are. */
    private static String fromRoot(final String argument) {
        return argument.startsWith("docs/") ? Path.of(System.getProperty("qfp.root")).resolve(argument).toString() : argument;
    }

    /** What the block would hold if it were written now. */
    List<String> actual(final Function<List<String>, String> program) {
        final List<String> words = ShellWords.split(command);
        if (!words.getFirst().matches("(\\./)?qfp")) {
            throw new IllegalStateException(this + ": only ./qfp can be run");
        }
        final List<String> lines = new ArrayList<>();
        if (!shown.isEmpty() && shown.getFirst().startsWith("$ ")) {
            lines.add("$ " + command);
        }
        program.apply(words.subList(1, words.size())).lines().skip(from - 1L).limit(to - from + 1L).forEach(lines::add);
        return lines;
    }

    /** What the document shows now. */
    List<String> shown() {
        return shown;
    }

    /** Whether the document shows this output, volatile lines aside. */
    boolean agreesWith(final List<String> actual) {
        if (actual.size() != shown.size()) {
            return false;
        }
        for (int i = 0; i < actual.size(); i++) {
            final String now = actual.get(i);
            final String then = shown.get(i);
            if (!now.equals(then) && !(changing.matcher(now).find() && changing.matcher(then).find())) {
                return false;
            }
        }
        return true;
    }

    /** Writes the outputs that changed into their files; from the last to the first, so that line numbers stay right. */
    static void regenerate(final Path root, final Function<List<String>, String> program) throws IOException {
        for (final DocumentedOutput output : findAll(root).reversed()) {
            final List<String> actual = output.actual(program);
            if (!output.agreesWith(actual)) {
                output.replaceBy(actual);
            }
        }
    }

    private void replaceBy(final List<String> actual) {
        try {
            final List<String> lines = new ArrayList<>(Files.readAllLines(file));
            lines.subList(begin, end).clear();
            lines.addAll(begin, actual);
            Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file.getFileName() + ":" + line + " " + command;
    }
}
