package org.qfpsim.controlplane.qfp.ipsec;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;

/** IPsec as the QFP ({@code feature ipsec}) and the forwarding manager ({@code show platform software ipsec}) have it. */
public final class QfpIpsecCommands {
    private static final int MOST = Integer.MAX_VALUE;
    private static final Pattern NAME = Pattern.compile("([A-Za-z-]+)([0-9][0-9/.]*)");

    private final QfpIpsecState state;
    private final Supplier<List<String>> interfaces;
    private final SaInformation information;
    private final PolicyTables policies;
    private final FlowBlocks flows;
    private final MessageTables messages;

    private final Argument<Long> id = Argument.number(1, MOST);
    private final Argument<String> name = Argument.joined("INTERFACE", String.class, this::interfaceName);

    /**
     * The commands of one router.
     *
     * @param state      what they show.
     * @param interfaces names of the interfaces.
     */
    public QfpIpsecCommands(final QfpIpsecState state, final Supplier<List<String>> interfaces) {
        this.state = state;
        this.interfaces = interfaces;
        information = new SaInformation(state);
        policies = new PolicyTables(state);
        flows = new FlowBlocks(state, information);
        messages = new MessageTables(state.messages());
    }

    /** A name in full, whose kind was perhaps cut short. */
    private @Nullable String interfaceName(final String text) {
        final Matcher typed = NAME.matcher(text);
        return !typed.matches() ? null : interfaces.get().stream().filter(each -> {
            final Matcher known = NAME.matcher(each);
            return known.matches() && known.group(2).equals(typed.group(2))
                && known.group(1).regionMatches(true, 0, typed.group(1), 0, typed.group(1).length());
        }).findFirst().orElse(null);
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        return List.of(CommandNode.group("show", "Show running system information",
            CommandNode.group("platform", "Show platform information",
                CommandNode.group("hardware", "Show platform hardware information",
                    CommandNode.group("qfp", "Quantum Flow Processor",
                        CommandNode.group("active", "Active instance",
                            CommandNode.group("feature", "QFP feature specific information",
                                CommandNode.group("ipsec", "QFP IPSEC information", feature()))))),
                CommandNode.group("software", "Show platform software information",
                    CommandNode.group("ipsec", "IPsec of the forwarding manager",
                        CommandNode.group("f0", "Forwarding manager of slot 0", software()),
                        CommandNode.group("fp", "Forwarding manager",
                            CommandNode.group("active", "Active instance", software())),
                        CommandNode.group("policy", "Policy manager",
                            CommandNode.command("statistics", "Messages", messages::policyStatistics)))))));
    }

    private CommandNode[] feature() {
        return new CommandNode[] {
            CommandNode.group("datapath", "QFP IPSEC datapath information",
                CommandNode.printing("crypto-sa", "SAs of the crypto engine", (input, out) -> information.engine(out))),
            CommandNode.group("interface", "QFP IPSEC interface information",
                CommandNode.argument(name, "Interface name", input -> known(policies.interfaceText(input.get(name)), input, name))),
            CommandNode.group("sa", "QFP IPSEC SA information",
                CommandNode.argument(id, "SA id", input -> known(find(input.get(id)).map(information::text).orElse(null), input, id))),
            CommandNode.group("sp", "QFP IPSEC SP information",
                CommandNode.argument(id, "SP id", input -> known(policies.sp(input.get(id)), input, id))),
            CommandNode.group("spd", "QFP IPSEC SPD information",
                CommandNode.command("all", "All SPDs", () -> policies.all("QFP ipsec spd Information")),
                CommandNode.argument(id, "SPD id", input -> known(policies.spd(input.get(id), false), input, id),
                    CommandNode.command("ace", "With the entries", input -> known(policies.spd(input.get(id), true), input, id)))),
            CommandNode.command("state", "QFP IPSEC state", messages::state)};
    }

    private CommandNode[] software() {
        return new CommandNode[] {
            CommandNode.group("flow", "IPsec flows",
                CommandNode.printing("all", "All flows", (input, out) -> flows.all(out)),
                CommandNode.group("identifier", "One flow",
                    CommandNode.argument(id, "Flow id", input -> known(find(input.get(id)).map(flows::text).orElse(null), input, id)))),
            CommandNode.group("interface", "IPsec interfaces",
                CommandNode.command("all", "All interfaces", () -> policies.all("IPsec interfaces"))),
            CommandNode.command("inventory", "Numbers of objects", flows::inventory),
            CommandNode.group("sadb", "SA database",
                CommandNode.printing("all", "All SAs", (input, out) -> flows.sadb(out))),
            CommandNode.group("spd-map", "SPD maps",
                CommandNode.command("all", "All SPD maps", () -> policies.all("IPsec SPD maps")))};
    }

    private Optional<QfpSa> find(final long wanted) {
        return state.pairs().stream().flatMap(pair -> QfpSa.of(pair).stream()).filter(sa -> sa.id() == wanted).findFirst();
    }

    private static String known(final @Nullable String text, final Input input, final Argument<?> argument) throws CommandRefusal {
        if (text == null) {
            throw input.invalid(argument);
        }
        return text;
    }
}
