package org.qfpsim.controlplane.show;

import org.qfpsim.controlplane.cli.CommandRefusal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The regular expressions of output filters: {@code . [] [^] * + ? ^ $ | () \} and {@code _}, which matches a delimiter (blank, comma,
 * brace, parenthesis), the start or the end of the line, or itself, so that a name can be typed as it is printed. Case matters. There are
 * no counted repeats and no back references.
 *
 * <p>Not java.util.regex, since nothing that is typed at a prompt may take exponential time: this walks all states of the automaton at once
 * (Thompson 1968), so one line costs at most its length times the length of the expression.
 *
 * <ol>
 *   <li>Compile: each character or class becomes one instruction, each {@code | * + ?} one fork, each anchor one test of the
 * position.</li>   <li>Match: at every position, add the start; follow forks and tests to the instructions that read a character; read
 * it; keep those that fit.</li>   <li>The line matches as soon as the end of the program is reached.</li> </ol>
 */
final class IosRegex {
    private static final String DELIMITERS = " \t,{}()_";

    private final List<Step> program;

    private IosRegex(final List<Step> program) {
        this.program = program;
    }

    /** One instruction. Fork and jump targets are relative, so that fragments can be put together in any place. */
    private sealed interface Step {
        /** Reads one character. */
        record Read(BitSet characters, boolean inverted) implements Step {
            boolean fits(final char c) {
                return characters.get(c) != inverted;
            }
        }

        /** Goes on at both places. */
        record Fork(int first, int second) implements Step {
        }

        /** Goes on at the start of the line, or at the end of it. */
        record Anchor(boolean start) implements Step {
        }
    }

    /**
     * Compiles an expression.
     *
     * @param text the expression.
     * @return the compiled form.
     * @throws CommandRefusal when it is malformed.
     */
    static IosRegex compile(final String text) throws CommandRefusal {
        final Parser parser = new Parser(text);
        final List<Step> program = parser.alternatives();
        if (parser.at < text.length()) {
            throw malformed("unmatched ()");
        }
        return new IosRegex(program);
    }

    /**
     * Searches a line.
     *
     * @param line without its line feed.
     * @return true when the expression matches anywhere in it.
     */
    boolean find(final String line) {
        BitSet states = new BitSet(program.size() + 1);
        for (int position = 0; position <= line.length(); position++) {
            states.set(0);
            final BitSet readers = follow(states, position == 0, position == line.length());
            if (readers.get(program.size())) {
                return true;
            }
            states = new BitSet(program.size() + 1);
            if (position < line.length()) {
                for (int pc = readers.nextSetBit(0); pc >= 0; pc = readers.nextSetBit(pc + 1)) {
                    if (program.get(pc) instanceof final Step.Read read && read.fits(line.charAt(position))) {
                        states.set(pc + 1);
                    }
                }
            }
        }
        return false;
    }

    /** All states that can be reached without reading. */
    private BitSet follow(final BitSet states, final boolean atStart, final boolean atEnd) {
        final BitSet reached = new BitSet(program.size() + 1);
        final int[] pending = new int[2 * program.size() + states.size() + 1];
        int count = 0;
        for (int pc = states.nextSetBit(0); pc >= 0; pc = states.nextSetBit(pc + 1)) {
            pending[count++] = pc;
        }
        while (count > 0) {
            final int pc = pending[--count];
            if (reached.get(pc)) {
                continue;
            }
            reached.set(pc);
            if (pc == program.size()) {
                continue;
            }
            switch (program.get(pc)) {
                case Step.Fork(int first, int second) -> {
                    pending[count++] = pc + first;
                    pending[count++] = pc + second;
                }
                case Step.Anchor(boolean start) -> {
                    if (start ? atStart : atEnd) {
                        pending[count++] = pc + 1;
                    }
                }
                case Step.Read read -> {
                }
            }
        }
        return reached;
    }

    private static CommandRefusal malformed(final String reason) {
        return CommandRefusal.because("Invalid regular expression: " + reason);
    }

    /** Recursive descent; depth is bounded by the longest command line. */
    private static final class Parser {
        private final String text;
        private int at;

        Parser(final String text) {
            this.text = text;
        }

        List<Step> alternatives() throws CommandRefusal {
            List<Step> left = sequence();
            while (next() == '|') {
                at++;
                left = either(left, sequence());
            }
            return left;
        }

        private List<Step> sequence() throws CommandRefusal {
            final List<Step> steps = new ArrayList<>();
            while (next() != '|' && next() != ')' && at < text.length()) {
                steps.addAll(repeated(atom()));
            }
            return steps;
        }

        private List<Step> repeated(final List<Step> atom) throws CommandRefusal {
            final char sign = next();
            if (sign != '*' && sign != '+' && sign != '?') {
                return atom;
            }
            at++;
            if (next() == '*' || next() == '+' || next() == '?') {
                throw malformed("nested *?+");
            }
            final List<Step> steps = new ArrayList<>();
            if (sign != '+') {
                steps.add(new Step.Fork(1, atom.size() + (sign == '*' ? 2 : 1)));
            }
            steps.addAll(atom);
            if (sign != '?') {
                steps.add(new Step.Fork(sign == '*' ? -atom.size() - 1 : -atom.size(), 1));
            }
            return steps;
        }

        private List<Step> atom() throws CommandRefusal {
            final char c = text.charAt(at++);
            return switch (c) {
                case '.' -> read("", true);
                case '^' -> List.of(new Step.Anchor(true));
                case '$' -> List.of(new Step.Anchor(false));
                case '_' -> either(List.of(new Step.Anchor(true)), either(List.of(new Step.Anchor(false)), read(DELIMITERS, false)));
                case '[' -> characterClass();
                case '(' -> group();
                case '*', '+', '?' -> throw malformed("?+* follows nothing");
                case '\\' -> escaped();
                default -> read(String.valueOf(c), false);
            };
        }

        private List<Step> group() throws CommandRefusal {
            final List<Step> inner = alternatives();
            if (next() != ')') {
                throw malformed("unmatched ()");
            }
            at++;
            return inner;
        }

        private List<Step> escaped() throws CommandRefusal {
            if (at == text.length()) {
                throw malformed("trailing \\");
            }
            return read(String.valueOf(text.charAt(at++)), false);
        }

        /** A bracket expression; as in POSIX, a closing bracket that comes first stands for itself. */
        private List<Step> characterClass() throws CommandRefusal {
            final boolean inverted = next() == '^';
            if (inverted) {
                at++;
            }
            final BitSet characters = new BitSet();
            final int first = at;
            while (at == first || next() != ']') {
                if (at >= text.length()) {
                    throw malformed("unmatched []");
                }
                final char low = text.charAt(at++);
                final boolean range = next() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']';
                final char high = range ? text.charAt(at + 1) : low;
                if (high < low) {
                    throw malformed("invalid [] range");
                }
                at += range ? 2 : 0;
                characters.set(low, high + 1);
            }
            at++;
            return List.of(new Step.Read(characters, inverted));
        }

        private char next() {
            return at < text.length() ? text.charAt(at) : 0;
        }

        private static List<Step> read(final String characters, final boolean inverted) {
            final BitSet set = new BitSet();
            characters.chars().forEach(set::set);
            return List.of(new Step.Read(set, inverted));
        }

        /** Fork to the left, or past it and its exit to the right; the exit is a fork with one place twice. */
        private static List<Step> either(final List<Step> left, final List<Step> right) {
            final List<Step> steps = new ArrayList<>();
            steps.add(new Step.Fork(1, left.size() + 2));
            steps.addAll(left);
            steps.add(new Step.Fork(right.size() + 1, right.size() + 1));
            steps.addAll(right);
            return steps;
        }
    }
}
