package org.qfpsim.controlplane.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree of a configuration mode: a command, and the {@code no} and {@code default} that take it back. Commands that begin alike
 * share their beginning.
 */
public final class Branch {
    private final String keyword;
    private final @Nullable Argument<?> argument;
    private final String help;
    private final List<Branch> children = new ArrayList<>();
    private List<Option> options = List.of();
    private @Nullable Effect effect;
    private @Nullable Effect undo;
    private @Nullable Effect reset;
    private @Nullable Branch same;

    /** What a configuration command does. */
    @FunctionalInterface
    public interface Effect {
        /**
         * Changes the configuration.
         *
         * @param input what was typed.
         * @throws CommandRefusal if it makes no sense; nothing is changed then.
         */
        void apply(Input input) throws CommandRefusal;
    }

    /**
     * Something that may stand at the end of a command, in any order, once.
     *
     * @param keyword      its keyword.
     * @param help         one line.
     * @param argument     what follows the keyword, or null.
     * @param argumentHelp one line.
     */
    public record Option(String keyword, String help, @Nullable Argument<?> argument, String argumentHelp) {
        /**
         * A keyword alone.
         *
         * @param keyword the keyword.
         * @param help    one line.
         * @return the option.
         */
        public static Option of(final String keyword, final String help) {
            return new Option(keyword, help, null, "");
        }
    }

    /** What may follow a node, worked out when it is first asked for. */
    private static final class Once implements Supplier<List<CommandNode>> {
        private final Supplier<List<CommandNode>> source;
        private @Nullable List<CommandNode> nodes;

        Once(final Supplier<List<CommandNode>> source) {
            this.source = source;
        }

        @Override
        public List<CommandNode> get() {
            List<CommandNode> known = nodes;
            if (known == null) {
                known = List.copyOf(source.get());
                nodes = known;
            }
            return known;
        }
    }

    private enum Form {
        PLAIN, NO, DEFAULT
    }

    private Branch(final String keyword, final @Nullable Argument<?> argument, final String help) {
        this.keyword = keyword;
        this.argument = argument;
        this.help = help;
    }

    /**
     * The start of all commands of a mode, or of a piece that several commands share.
     *
     * @return an empty tree.
     */
    public static Branch root() {
        return new Branch("", null, "");
    }

    /**
     * A keyword behind this one.
     *
     * @param word what it is.
     * @param text help.
     * @return its branch, made if it is new.
     */
    public Branch on(final String word, final String text) {
        for (final Branch child : children) {
            if (child.argument == null && child.keyword.equals(word)) {
                return child;
            }
        }
        final Branch child = new Branch(word, null, text);
        children.add(child);
        return child;
    }

    /**
     * An argument behind this one.
     *
     * @param value what is read.
     * @param text  help.
     * @return its branch, made if it is new.
     */
    public Branch arg(final Argument<?> value, final String text) {
        for (final Branch child : children) {
            if (child.argument == value) {
                return child;
            }
        }
        final Branch child = new Branch(value.form(), value, text);
        children.add(child);
        return child;
    }

    /**
     * What may stand at the end.
     *
     * @param all in any order.
     * @return this.
     */
    public Branch options(final Option... all) {
        options = List.of(all);
        return this;
    }

    /**
     * The command may end here.
     *
     * @param what it does.
     * @return this.
     */
    public Branch does(final Effect what) {
        effect = what;
        return this;
    }

    /**
     * The command may be taken back by its words up to here; what follows is accepted and not looked at, unless it has its own meaning.
     *
     * @param what {@code no} does, and {@code default}.
     * @return this.
     */
    public Branch undo(final Effect what) {
        undo = what;
        return this;
    }

    /**
     * {@code default} does something else than {@code no}.
     *
     * @param what it does.
     * @return this.
     */
    public Branch reset(final Effect what) {
        reset = what;
        return this;
    }

    /**
     * Goes on as another branch does.
     *
     * @param other what may follow, and what happens.
     */
    public void as(final Branch other) {
        same = other;
    }

    /**
     * A branch that goes on as this one does, to which more can be added.
     *
     * @return the copy; its children are this one's.
     */
    public Branch copy() {
        final Branch copy = new Branch(keyword, argument, help);
        copy.children.addAll(children);
        copy.options = options;
        copy.effect = effect;
        copy.undo = undo;
        copy.reset = reset;
        return copy;
    }

    /**
     * The tree as the grammar reads it, with {@code no} and {@code default}.
     *
     * @return the node above all commands.
     */
    public CommandNode tree() {
        final CommandNode plain = node(Form.PLAIN, null);
        return new CommandNode("", null, "", null, new Once(() -> {
            final List<CommandNode> all = new ArrayList<>(plain.children());
            all.add(titled("default", "Set a command to its defaults", node(Form.DEFAULT, null)));
            all.add(titled("no", "Negate a command or set its defaults", node(Form.NO, null)));
            return all;
        }));
    }

    private static CommandNode titled(final String keyword, final String help, final CommandNode node) {
        return new CommandNode(keyword, null, help, null, node.next());
    }

    private CommandNode node(final Form form, final @Nullable Effect inherited) {
        final Branch content = same == null ? this : same;
        final Effect here = form == Form.PLAIN ? content.effect : content.taking(form, inherited);
        return new CommandNode(keyword, argument, help, here == null ? null : run(here),
            new Once(() -> content.following(form, here)));
    }

    private @Nullable Effect taking(final Form form, final @Nullable Effect inherited) {
        final Effect own = form == Form.DEFAULT && reset != null ? reset : undo;
        return own == null ? inherited : own;
    }

    private List<CommandNode> following(final Form form, final @Nullable Effect here) {
        final List<CommandNode> all = new ArrayList<>();
        for (final Branch child : children) {
            if (form == Form.PLAIN || here != null || child.canBeTaken(form)) {
                all.add(child.node(form, here));
            }
        }
        if (form == Form.PLAIN || here != null) {
            addOptions(all, options, here);
        }
        return all;
    }

    private boolean canBeTaken(final Form form) {
        final Branch content = same == null ? this : same;
        return content.taking(form, null) != null || content.children.stream().anyMatch(child -> child.canBeTaken(form));
    }

    private static void addOptions(final List<CommandNode> all, final List<Option> options, final @Nullable Effect effect) {
        final CommandNode.Printer action = effect == null ? null : run(effect);
        for (final Option option : options) {
            final List<Option> rest = options.stream().filter(other -> other != option).toList();
            final Supplier<List<CommandNode>> next = () -> {
                final List<CommandNode> more = new ArrayList<>();
                addOptions(more, rest, effect);
                return more;
            };
            final Argument<?> value = option.argument;
            all.add(value == null ? new CommandNode(option.keyword, null, option.help, action, next)
                : new CommandNode(option.keyword, null, option.help, null,
                    () -> List.of(new CommandNode(value.form(), value, option.argumentHelp, action, next))));
        }
    }

    private static CommandNode.Printer run(final Effect effect) {
        return (input, out) -> effect.apply(input);
    }
}
