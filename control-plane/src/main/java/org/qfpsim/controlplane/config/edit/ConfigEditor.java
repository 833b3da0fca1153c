package org.qfpsim.controlplane.config.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Grammar;
import org.qfpsim.controlplane.config.model.CryptoConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;

/**
 * Configuration mode: takes one line after the other, keeps the mode that the lines have led to, and says what the configuration is now.
 * A line that the mode does not know is tried in the modes above it, as on the platform. One thread.
 */
public final class ConfigEditor {
    private static final Argument<String> HOSTNAME = Argument.of("WORD", String.class,
        text -> text.matches("[A-Za-z]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?") ? text : null);
    private static final Argument<String> DOMAIN = Argument.word();
    private static final Argument<Long> IKE_SAS = Argument.number(1, 99_999);
    private static final Argument<Long> IN_NEGOTIATION = Argument.number(10, 99_999);

    private final Mode.Stack stack = new Mode.Stack() {
        @Override
        public void enter(final Mode next) {
            mode = next;
            entered = true;
        }

        @Override
        public void exit() {
            final Mode parent = mode.parent();
            if (parent == null) {
                ended = true;
            } else {
                mode = parent;
            }
        }

        @Override
        public void end() {
            ended = true;
        }
    };
    private final Mode global = Mode.global(stack);
    private final LoggingCommands logging = new LoggingCommands(global);
    private final AccessCommands access = new AccessCommands(global);
    private final Ikev2Commands ikev2 = new Ikev2Commands(global, stack);
    private final IsakmpCommands isakmp = new IsakmpCommands(global, stack);
    private final IpsecCommands ipsec = new IpsecCommands(global, stack);
    private final EzvpnCommands ezvpn = new EzvpnCommands(global, stack);
    private final CryptoMapCommands maps = new CryptoMapCommands(global, stack);
    private final InterfaceCommands interfaces = new InterfaceCommands(global, stack);
    private final AccessListCommands accessLists = new AccessListCommands(global, stack);
    private final RouteCommands routes = new RouteCommands(global);
    private final EemCommands eem = new EemCommands(global, stack);
    private final PlatformCommands platform = new PlatformCommands(global);
    private final LineCommands lines = new LineCommands(global, stack);
    private final SimulatorCommands simulator = new SimulatorCommands(global);
    private String hostname = "Router";
    private @Nullable String domainName;
    private int ikeSas;
    private int inNegotiation = CryptoConfig.Admission.DEFAULT_IN_NEGOTIATION;
    private Mode mode = global;
    private boolean ended;
    /** The lines that have led from global mode to this one. */
    private final List<String> path = new ArrayList<>();
    private boolean entered;

    /** Starts with what a router has before anything is configured. */
    public ConfigEditor() {
        final Branch root = global.commands();
        root.on("hostname", "Set system's network name").undo(in -> hostname = "Router")
            .arg(HOSTNAME, "This system's network name").does(in -> hostname = in.get(HOSTNAME));
        root.on("ip", "Global IP configuration subcommands").on("domain", "IP DNS Resolver")
            .on("name", "Define the default domain name").undo(in -> domainName = null)
            .arg(DOMAIN, "Default domain name").does(in -> domainName = in.get(DOMAIN));
        final Branch limit = root.on("crypto", "Encryption module").on("call", "Configure Crypto Call Admission Control")
            .on("admission", "Configure Crypto Call Admission Control").on("limit", "Configure Call Admission Limit")
            .on("ike", "Configure Call Admission Limit for IKE");
        limit.on("sa", "Maximum IKE SAs allowed").undo(in -> ikeSas = 0)
            .arg(IKE_SAS, "Number of SAs").does(in -> ikeSas = Arguments.integer(in, IKE_SAS));
        limit.on("in-negotiation-sa", "Maximum in-negotiation IKE SAs allowed")
            .undo(in -> inNegotiation = CryptoConfig.Admission.DEFAULT_IN_NEGOTIATION)
            .arg(IN_NEGOTIATION, "Number of SAs").does(in -> inNegotiation = Arguments.integer(in, IN_NEGOTIATION));
    }

    /**
     * Runs a line in the current mode, or in the first one above that knows it.
     *
     * @param line not blank, no comment.
     * @return the line in full words if it is one of global mode; otherwise empty.
     * @throws CommandRefusal in the words of the mode that understood most of it; nothing is changed then.
     */
    public String run(final String line) throws CommandRefusal {
        CommandRefusal best = null;
        for (Mode tried = mode; tried != null; tried = tried.parent()) {
            try {
                final Grammar.Command command = tried.grammar().read(line, line.length());
                run(command, tried);
                follow(line);
                return tried == global ? command.input().canonical() : "";
            } catch (final CommandRefusal refusal) {
                if (best == null || refusal.column() < 0 || refusal.column() > best.column()) {
                    best = refusal;
                }
                if (refusal.column() < 0) {
                    // Incomplete, ambiguous or senseless: this mode does know it.
                    break;
                }
            }
        }
        throw best == null ? CommandRefusal.incomplete() : best;
    }

    private void follow(final String line) {
        int depth = 0;
        for (Mode above = mode.parent(); above != null; above = above.parent()) {
            depth++;
        }
        path.subList(Math.min(path.size(), Math.max(0, entered ? depth - 1 : depth)), path.size()).clear();
        if (entered) {
            path.add(line);
        }
        entered = false;
    }

    private void run(final Grammar.Command command, final Mode of) throws CommandRefusal {
        final Mode before = mode;
        mode = of;
        try {
            command.run();
        } catch (final CommandRefusal refusal) {
            mode = before;
            entered = false;
            throw refusal;
        }
    }

    /**
     * What may follow, for a question mark.
     *
     * @param line the line.
     * @param mark column of the question mark.
     * @return whole lines.
     * @throws CommandRefusal if what stands before it is wrong.
     */
    public String help(final String line, final int mark) throws CommandRefusal {
        return mode.grammar().help(line, mark, false);
    }

    /**
     * Completes the last word of a line.
     *
     * @param line what stands in front of the cursor.
     * @return the line with the whole word and a blank behind it; null if no word or more than one is possible.
     */
    public @Nullable String complete(final String line) {
        return mode.grammar().complete(line);
    }

    /** What may be typed, by the prompt of the mode: the current one and those above it. */
    public Map<String, List<CommandNode>> modes() {
        final Map<String, List<CommandNode>> all = new LinkedHashMap<>();
        for (Mode each = mode; each != null; each = each.parent()) {
            all.put(each.prompt(), each.commands().tree().children());
        }
        return all;
    }

    /** The lines that lead from global mode to where the editor is. */
    public List<String> path() {
        return List.copyOf(path);
    }

    /** Goes back to global mode. */
    public void leave() {
        mode = global;
        path.clear();
    }

    /** The host name as it is now. */
    public String hostname() {
        return hostname;
    }

    /** Whether {@code end}, or {@code exit} in global mode, has been typed. */
    public boolean isEnded() {
        return ended;
    }

    /** What the prompt has behind the host name: {@code (config-if)}. */
    public String prompt() {
        return mode.prompt();
    }

    /** The configuration as it is now. */
    public RouterConfig config() {
        final CryptoConfig crypto = new CryptoConfig(isakmp.build(), ikev2.build(), ipsec.build(), maps.build(), maps.buildDynamic(),
            ezvpn.build(), new CryptoConfig.Admission(ikeSas, inNegotiation));
        return new RouterConfig(hostname, domainName, logging.build(), access.build(), crypto, interfaces.build(), accessLists.build(),
            routes.build(), eem.build(), platform.build(), lines.build(), simulator.build());
    }
}
