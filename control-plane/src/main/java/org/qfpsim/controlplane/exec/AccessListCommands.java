package org.qfpsim.controlplane.exec;

import java.util.List;
import java.util.function.Predicate;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.model.AccessList;
import org.qfpsim.controlplane.config.text.RunningConfig;

/** {@code show access-lists}, {@code show ip access-lists}, {@code show ipv6 access-list}. Matches are not counted. */
public final class AccessListCommands {
    private final Box box;

    /**
     * Makes the commands.
     *
     * @param box the router.
     */
    public AccessListCommands(final Box box) {
        this.box = box;
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        return List.of(CommandNode.group("show", "Show running system information",
            lists("access-lists", "List access lists", list -> true),
            CommandNode.group("ip", "IP information", lists("access-lists", "List IP access lists", list -> !list.v6())),
            CommandNode.group("ipv6", "IPv6 information", lists("access-list", "Summary of access lists", AccessList::v6))));
    }

    private CommandNode lists(final String keyword, final String help, final Predicate<AccessList> which) {
        final Argument<String> name = Argument.word();
        return CommandNode.printing(keyword, help, (input, out) -> print(out, which),
            CommandNode.printingArgument(name, "ACL name or number",
                (input, out) -> print(out, which.and(list -> list.name().equals(input.get(name))))));
    }

    private void print(final Output out, final Predicate<AccessList> which) {
        for (final AccessList list : box.config().accessLists()) {
            if (which.test(list)) {
                out.print((list.v6() ? "IPv6 access list " : "Extended IP access list ") + list.name() + "\n");
                list.entries().forEach(entry -> out.print("    " + (list.v6() ? line(entry) + " sequence " + entry.sequence()
                    : entry.sequence() + " " + line(entry)) + "\n"));
            }
        }
    }

    private static String line(final AccessList.Entry entry) {
        return (entry.permit() ? "permit " : "deny ") + RunningConfig.selector(entry.selector());
    }
}
