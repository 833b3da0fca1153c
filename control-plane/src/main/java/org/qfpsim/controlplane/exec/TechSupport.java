package org.qfpsim.controlplane.exec;

import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.Output;

/** {@code show tech-support ipsec}: one command after the other, each under a line with its name; those that are not here are left out. */
public final class TechSupport {
    private static final List<String> COMMANDS = List.of("show version", "show running-config", "show crypto isakmp sa count",
        "show crypto ipsec sa count", "show crypto session summary", "show crypto session detail", "show crypto isakmp sa detail",
        "show crypto ipsec sa detail", "show crypto isakmp peers", "show crypto ruleset detail", "show crypto eli",
        "show crypto ikev2 sa detail", "show crypto ikev2 stats", "show crypto map", "show ip nhrp", "show interfaces", "show ip route",
        "show platform hardware qfp active statistics drop", "show platform hardware qfp active feature ipsec datapath drops",
        "show platform hardware qfp active datapath utilization", "show logging");

    private final BiPredicate<String, Output> exec;

    /**
     * Makes the command.
     *
     * @param exec runs a command line; false if it was refused, and then the refusal is all that was printed.
     */
    public TechSupport(final BiPredicate<String, Output> exec) {
        this.exec = exec;
    }

    /** The command, from its first word on. */
    public List<CommandNode> commands() {
        return List.of(CommandNode.group("show", "Show running system information",
            CommandNode.group("tech-support", "Show system information for Tech-Support",
                CommandNode.printing("ipsec", "Show IPSEC related information", (input, out) -> {
                    for (final String command : COMMANDS) {
                        final Held held = new Held(command, out);
                        if (exec.test(command, held)) {
                            held.begin();
                        }
                    }
                }))));
    }

    /** Keeps the first piece of a command's output until it is known that it is no refusal: there is another one, or the end. */
    private static final class Held implements Output {
        private final String command;
        private final Output out;
        private @Nullable String first;
        private boolean begun;

        Held(final String command, final Output out) {
            this.command = command;
            this.out = out;
        }

        @Override
        public void print(final String text) {
            if (first == null) {
                first = text;
                return;
            }
            begin();
            out.print(text);
        }

        void begin() {
            if (!begun) {
                begun = true;
                out.print("\n------------------ " + command + " ------------------\n\n");
                out.print(first == null ? "" : first);
            }
        }
    }
}
