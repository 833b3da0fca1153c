package org.qfpsim.controlplane.config.edit;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.AccessList;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Access lists: {@code access-list}, {@code ip access-list extended}, {@code ipv6 access-list}. */
final class AccessListCommands {
    private static final Argument<String> NUMBER = Argument.of("<100-199> or <2000-2699>", String.class,
        text -> text.matches("1[0-9]{2}|2[0-6][0-9]{2}") ? text : null);
    private static final Argument<String> NAME = Argument.word();
    private static final Argument<Long> SEQUENCE = Argument.number(1, 2_147_483_647);
    private static final int STEP = 10;

    private final Map<String, Draft> lists = new TreeMap<>();
    private Draft current = new Draft(false);

    private static final class Draft {
        private final boolean v6;
        private final NavigableMap<Integer, AccessList.Entry> entries = new TreeMap<>();
        private final Set<Line> known = new HashSet<>();

        /** A line without its number: it stands in a list once. */
        private record Line(boolean permit, TrafficSelector selector) {
        }

        Draft(final boolean v6) {
            this.v6 = v6;
        }

        private void add(final int sequence, final boolean permit, final TrafficSelector selector) {
            if (known.add(new Line(permit, selector))) {
                entries.put(sequence, new AccessList.Entry(sequence, permit, selector));
            }
        }

        private void remove(final boolean permit, final TrafficSelector selector) {
            if (known.remove(new Line(permit, selector))) {
                entries.values().removeIf(each -> each.permit() == permit && each.selector().equals(selector));
            }
        }

        private void remove(final int sequence) {
            final AccessList.Entry entry = entries.remove(sequence);
            if (entry != null) {
                known.remove(new Line(entry.permit(), entry.selector()));
            }
        }

        private int nextSequence() throws CommandRefusal {
            final long next = entries.isEmpty() ? STEP : entries.lastKey() + (long) STEP;
            if (next > Integer.MAX_VALUE) {
                throw CommandRefusal.because("Sequence number overflow: resequence the access list");
            }
            return (int) next;
        }
    }

    AccessListCommands(final Mode global, final Mode.Stack stack) {
        final Branch root = global.commands();
        final Branch numbered = root.on("access-list", "Add an access list entry").arg(NUMBER, "IP extended access list")
            .undo(in -> lists.remove(in.get(NUMBER)));
        SelectorCommands.register(numbered, false, this::addNumbered);
        final Mode v4Mode = Mode.of("(config-ext-nacl)", global);
        final Branch extended = root.on("ip", "Global IP configuration subcommands").on("access-list", "Named access-list")
            .on("extended", "Extended Access List");
        extended.arg(NAME, "Access-list name or number").does(in -> enter(in, false, stack, v4Mode))
            .undo(in -> lists.remove(in.get(NAME)));
        entries(v4Mode.commands(), false);
        final Mode v6Mode = Mode.of("(config-ipv6-acl)", global);
        root.on("ipv6", "Global IPv6 configuration commands").on("access-list", "Configure access lists")
            .arg(NAME, "User selected string identifying this access list").does(in -> enter(in, true, stack, v6Mode))
            .undo(in -> lists.remove(in.get(NAME)));
        entries(v6Mode.commands(), true);
    }

    private void enter(final Input input, final boolean v6, final Mode.Stack stack, final Mode mode) throws CommandRefusal {
        final Draft draft = lists.computeIfAbsent(input.get(NAME), name -> new Draft(v6));
        if (draft.v6 != v6) {
            throw CommandRefusal.because("A named " + (v6 ? "IPv4" : "IPv6") + " access list with this name already exists");
        }
        current = draft;
        stack.enter(mode);
    }

    private void entries(final Branch root, final boolean v6) {
        SelectorCommands.register(root, v6, this::add);
        if (v6) {
            final Branch sequence = root.on("sequence", "Sequence number for this entry").arg(SEQUENCE, "Sequence number");
            SelectorCommands.register(sequence, true, this::add);
            sequence.undo(in -> current.remove(Arguments.integer(in, SEQUENCE)));
        } else {
            final Branch sequence = root.arg(SEQUENCE, "Sequence Number");
            SelectorCommands.register(sequence, false, this::add);
            sequence.undo(in -> current.remove(Arguments.integer(in, SEQUENCE)));
        }
    }

    private void add(final Input input, final boolean negated, final TrafficSelector selector) throws CommandRefusal {
        final boolean permit = input.has("permit");
        if (negated) {
            current.remove(permit, selector);
            return;
        }
        final int sequence = input.find(SEQUENCE).isPresent() ? Arguments.integer(input, SEQUENCE) : current.nextSequence();
        if (current.entries.containsKey(sequence)) {
            throw CommandRefusal.because("Duplicate sequence number: " + sequence);
        }
        current.add(sequence, permit, selector);
    }

    private void addNumbered(final Input input, final boolean negated, final TrafficSelector selector) throws CommandRefusal {
        if (negated) {
            // On the platform, too, this removes the whole list.
            lists.remove(input.get(NUMBER));
            return;
        }
        final Draft draft = lists.computeIfAbsent(input.get(NUMBER), name -> new Draft(false));
        draft.add(draft.nextSequence(), input.has("permit"), selector);
    }

    List<AccessList> build() {
        return lists.entrySet().stream()
            .map(each -> new AccessList(each.getKey(), each.getValue().v6, List.copyOf(each.getValue().entries.values()))).toList();
    }
}
