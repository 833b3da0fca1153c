package org.qfpsim.controlplane.capture;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.trace.TraceRecord;

/** Names of interfaces, ends, protocols as traces print them. */
final class Names {
    private static final Pattern INTERFACE = Pattern.compile("([A-Za-z]+)([0-9/]+)");
    private static final int SHORT = 2;
    private static final String RP = "internal0/0/rp:0";

    private final List<String> interfaces;

    Names(final List<String> interfaces) {
        this.interfaces = interfaces;
    }

    /** An argument for one of the router's interfaces, cut short or not; its value is the full name. */
    static Argument<String> argument(final PacketWatch watch) {
        return Argument.joined("INTERFACE", String.class, text -> find(watch.interfaces(), text));
    }

    private static @Nullable String find(final List<String> names, final String text) {
        final Matcher typed = INTERFACE.matcher(text);
        if (!typed.matches()) {
            return null;
        }
        final String letters = typed.group(1).toLowerCase(Locale.ROOT);
        final List<String> found = names.stream().filter(name -> {
            final Matcher matcher = INTERFACE.matcher(name);
            return matcher.matches() && matcher.group(2).equals(typed.group(2))
                && matcher.group(1).toLowerCase(Locale.ROOT).startsWith(letters);
        }).toList();
        return found.size() == 1 ? found.getFirst() : null;
    }

    /** Full name of an interface, of the way to the route processor, or of none. */
    String full(final int index) {
        return index == TraceRecord.TO_RP ? RP : index >= 0 && index < interfaces.size() ? interfaces.get(index) : "<unknown>";
    }

    /** The same with two letters. */
    String brief(final int index) {
        final String name = full(index);
        final Matcher matcher = INTERFACE.matcher(name);
        return matcher.matches() ? matcher.group(1).substring(0, Math.min(SHORT, matcher.group(1).length())) + matcher.group(2) : name;
    }

    /** Where a traced packet came from. */
    String input(final TraceRecord trace, final boolean brief) {
        return trace.input() == TraceRecord.NO_INTERFACE && trace.inject() != 0 ? "INJ." + trace.inject()
            : brief ? brief(trace.input()) : full(trace.input());
    }

    /** Where it went; one that left by no interface is shown at the one that it came in by. */
    String output(final TraceRecord trace, final boolean brief) {
        if (trace.output() == TraceRecord.NO_INTERFACE) {
            return input(trace, brief);
        }
        return brief ? brief(trace.output()) : full(trace.output());
    }

    /** FWD, PUNT, DROP or CONS. */
    static String state(final int verdict) {
        return switch (Verdict.kind(verdict)) {
            case Verdict.DROP_GLOBAL, Verdict.DROP_IPSEC -> "DROP";
            case Verdict.PUNT -> "PUNT";
            case Verdict.CONSUME -> "CONS";
            default -> "FWD";
        };
    }

    /** Code and name of a drop or punt cause, as a row has them; empty for a packet that left. */
    static String reason(final int verdict) {
        final int number = Verdict.number(verdict);
        return switch (Verdict.kind(verdict)) {
            case Verdict.DROP_GLOBAL, Verdict.DROP_IPSEC -> coded(dropId(verdict), dropName(dropId(verdict)));
            case Verdict.PUNT -> coded(number, puntName(number));
            case Verdict.CONSUME -> "Packet Consumed";
            default -> "";
        };
    }

    private static String coded(final int code, final String name) {
        return String.format(Locale.ROOT, "%-4d(%s)", code, name);
    }

    /** The global drop ID of a drop. */
    static int dropId(final int verdict) {
        final int number = Verdict.number(verdict);
        final IpsecDrop type = Verdict.kind(verdict) == Verdict.DROP_IPSEC ? IpsecDrop.byId(number) : null;
        final GlobalDrop global = type == null ? null : type.global();
        return global == null ? number : global.id();
    }

    static String dropName(final int id) {
        final GlobalDrop drop = GlobalDrop.byId(id);
        return drop == null ? "unknown" : drop.cliName();
    }

    static String puntName(final int cause) {
        final PuntCause known = PuntCause.byId(cause);
        return known == null ? "unknown" : known.cliName();
    }

    /** Type number and name of a drop of the IPsec feature; null for another verdict. */
    static @Nullable String ipsecType(final int verdict, final EngineToken token) {
        final IpsecDrop type = Verdict.kind(verdict) == Verdict.DROP_IPSEC ? IpsecDrop.byId(Verdict.number(verdict)) : null;
        return type == null ? null : type.id() + " " + type.name(token);
    }

    /** Name of an IP protocol in parentheses behind its number. */
    static String protocol(final int number) {
        final String name = switch (number) {
            case 1 -> "ICMP";
            case 2 -> "IGMP";
            case 4 -> "IPIP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 41 -> "IPV6";
            case 47 -> "GRE";
            case 50 -> "ESP";
            case 51 -> "AHP";
            case 58 -> "ICMPV6";
            case 89 -> "OSPF";
            default -> "";
        };
        return name.isEmpty() ? String.valueOf(number) : number + " (" + name + ")";
    }
}
