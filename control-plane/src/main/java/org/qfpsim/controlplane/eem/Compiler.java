package org.qfpsim.controlplane.eem;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.syslog.Severity;

/**
 * Turns actions into a flat program with jumps, so that a run can pause at any step. One pass: a block keeps the places of jumps whose
 * targets are not known yet, and writes them when it ends.
 */
final class Compiler {
    private static final int UNKNOWN = -1;

    private final List<Instruction> program = new ArrayList<>();
    private final Deque<Block> blocks = new ArrayDeque<>();
    private int slots;

    /** An {@code if}, {@code while} or {@code foreach} that has not ended. */
    private static final class Block {
        private final boolean loop;
        private final int start;
        private int condition;
        private boolean hasElse;
        private final List<Integer> exits = new ArrayList<>();

        Block(final boolean loop, final int start, final int condition) {
            this.loop = loop;
            this.start = start;
            this.condition = condition;
        }
    }

    List<Instruction> compile(final Map<String, Tokens> actions) throws AppletException {
        for (final Map.Entry<String, Tokens> action : actions.entrySet()) {
            final Tokens words = action.getValue();
            statement(action.getKey(), words);
            words.end();
        }
        if (!blocks.isEmpty()) {
            throw new AppletException("an if, while or foreach has no end; add: action LABEL end");
        }
        return program;
    }

    private void statement(final String label, final Tokens words) throws AppletException {
        final String verb = words.keyword("an action");
        switch (verb) {
            case "if" -> {
                blocks.push(new Block(false, program.size(), program.size()));
                program.add(condition(label, words, UNKNOWN));
            }
            case "elseif" -> {
                final Block block = otherwise(label, words);
                block.condition = program.size();
                program.add(condition(label, words, UNKNOWN));
            }
            case "else" -> {
                final Block block = otherwise(label, words);
                block.condition = UNKNOWN;
                block.hasElse = true;
            }
            case "while" -> {
                blocks.push(new Block(true, program.size(), program.size()));
                program.add(condition(label, words, UNKNOWN));
            }
            case "foreach" -> foreach(label, words);
            case "end" -> end(label, words);
            case "break", "continue" -> leave(label, words, verb.equals("break"));
            default -> program.add(simple(verb, label, words));
        }
    }

    private static Instruction simple(final String verb, final String label, final Tokens words) throws AppletException {
        return switch (verb) {
            case "cli" -> {
                if (!words.take("command")) {
                    throw words.error("command is missing");
                }
                yield new Instruction.Cli(label, words.next("a command"));
            }
            case "syslog" -> {
                final Severity severity = words.take("priority") ? severity(words) : Severity.INFORMATIONAL;
                if (!words.take("msg")) {
                    throw words.error("msg is missing");
                }
                yield new Instruction.Syslog(label, severity, words.next("a text"));
            }
            case "puts" -> {
                final boolean newline = !words.take("nonewline");
                yield new Instruction.Puts(label, words.next("a text"), newline);
            }
            case "regexp" -> {
                final String pattern = words.next("a pattern");
                if (pattern.indexOf('$') < 0) {
                    BoundedRegex.compile(pattern);
                }
                yield new Instruction.Regexp(label, pattern, words.next("a text"), AppletParser.variables(words));
            }
            case "set" -> new Instruction.Assign(label, words.variable(), words.next("a value"), false);
            case "append" -> new Instruction.Assign(label, words.variable(), words.next("a value"), true);
            case "increment", "decrement" -> {
                final String variable = words.variable();
                final @Nullable String value = words.optional();
                yield new Instruction.Add(label, variable, value == null ? "1" : value, verb.equals("decrement"));
            }
            case "wait" -> new Instruction.Wait(label, words.next("seconds"));
            case "exit" -> {
                words.optional();
                yield new Instruction.Exit(label);
            }
            default -> throw words.error("'" + verb + "' is not a supported action");
        };
    }

    private static Severity severity(final Tokens words) throws AppletException {
        final String name = words.keyword("a priority");
        for (final Severity severity : Severity.values()) {
            if (severity.keyword().equals(name)) {
                return severity;
            }
        }
        throw words.error("priorities are emergencies, alerts, critical, errors, warnings, notifications, informational and debugging");
    }

    private static Instruction.Unless condition(final String label, final Tokens words, final int target) throws AppletException {
        return new Instruction.Unless(label, words.next("a value"), AppletParser.comparison(words), words.next("a value"), target);
    }

    private Block otherwise(final String label, final Tokens words) throws AppletException {
        final Block block = blocks.peek();
        if (block == null || block.loop || block.hasElse) {
            throw words.error("there is no if that it belongs to");
        }
        block.exits.add(program.size());
        program.add(new Instruction.Jump(label, UNKNOWN));
        target(block.condition, program.size());
        return block;
    }

    private void foreach(final String label, final Tokens words) throws AppletException {
        final String variable = words.variable();
        program.add(new Instruction.Each(label, slots, words.next("a list"), words.optional()));
        blocks.push(new Block(true, program.size(), program.size()));
        program.add(new Instruction.Next(label, slots++, variable, UNKNOWN));
    }

    private void end(final String label, final Tokens words) throws AppletException {
        if (blocks.isEmpty()) {
            throw words.error("there is no if, while or foreach that it ends");
        }
        final Block block = blocks.pop();
        if (block.loop) {
            program.add(new Instruction.Jump(label, block.start));
        }
        target(block.condition, program.size());
        block.exits.forEach(place -> target(place, program.size()));
    }

    private void leave(final String label, final Tokens words, final boolean loopToo) throws AppletException {
        for (final Block block : blocks) {
            if (block.loop) {
                if (loopToo) {
                    block.exits.add(program.size());
                }
                program.add(new Instruction.Jump(label, loopToo ? UNKNOWN : block.start));
                return;
            }
        }
        throw words.error("there is no while or foreach around it");
    }

    private void target(final int place, final int target) {
        if (place == UNKNOWN) {
            return;
        }
        program.set(place, switch (program.get(place)) {
            case Instruction.Jump(String label, int _) -> new Instruction.Jump(label, target);
            case Instruction.Unless(String label, String left, Instruction.Comparison comparison, String right, int _) ->
                new Instruction.Unless(label, left, comparison, right, target);
            case Instruction.Next(String label, int slot, String variable, int _) -> new Instruction.Next(label, slot, variable, target);
            default -> throw new IllegalStateException("no jump at " + place);
        });
    }
}
