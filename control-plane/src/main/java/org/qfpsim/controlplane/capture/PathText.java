package org.qfpsim.controlplane.capture;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.trace.TraceRecord;
import org.qfpsim.datapath.trace.TraceStep;

/**
 * The path of a traced packet, feature by feature. {@code IPV4(Input)} is laid out as the platform's was seen; the others follow it.
 * Without {@code fia-trace} only features that say something of the packet are there; with it every step, and the time that it took.
 */
final class PathText {
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final Names names;
    private final EngineToken token;
    private final boolean everyStep;

    PathText(final Names names, final EngineToken token, final boolean everyStep) {
        this.names = names;
        this.token = token;
        this.everyStep = everyStep;
    }

    void path(final TraceRecord packet, final StringBuilder text) {
        for (int i = 0; i < packet.steps(); i++) {
            final TraceRecord.Step step = packet.step(i);
            if (everyStep) {
                title("FIA_TRACE", text);
                ports(step, text);
                row("Entry", entry(step), text);
                row("Lapsed time", step.nanos() + " ns", text);
            }
            feature(step, text);
        }
        if (packet.lostSteps() != 0) {
            text.append("  ").append(packet.lostSteps()).append(" more steps did not fit into data-size\n");
        }
    }

    private static void title(final String name, final StringBuilder text) {
        text.append("  Feature: ").append(name).append('\n');
    }

    private static void row(final String name, final @Nullable Object value, final StringBuilder text) {
        text.append(String.format(Locale.ROOT, "    %-12s: %s%n", name, value));
    }

    private void ports(final TraceRecord.Step step, final StringBuilder text) {
        row("Input", step.input() == TraceRecord.NO_INTERFACE ? "internal0/0/rp:0" : names.full(step.input()), text);
        row("Output", names.full(step.output()), text);
    }

    /** Our steps, in the style of the platform's feature invocation array. */
    private static String entry(final TraceRecord.Step step) {
        final String family = step.numbers()[0] == 6 ? "IPV6" : "IPV4";
        return switch (step.kind()) {
            case IP_INPUT -> family + "_INPUT_CLASSIFY";
            case SA_LOOKUP -> "IPSEC_INPUT_SA_LOOKUP";
            case IPSEC_INPUT -> "IPSEC_INPUT_DECRYPT";
            case GRE_INPUT -> "GRE_INPUT_DECAP";
            case REASSEMBLY -> "IP_INPUT_REASSEMBLY";
            case LOOKUP -> family + "_INPUT_DST_LOOKUP";
            case NHRP -> "TUNNEL_OUTPUT_NHRP_LOOKUP";
            case GRE_OUTPUT -> "GRE_OUTPUT_ENCAP";
            case IPSEC_OUTPUT -> "IPSEC_OUTPUT_ENCRYPT";
            case L2_REWRITE -> "OUTPUT_L2_REWRITE";
            case PUNT -> "INTERNAL_TRANSMIT_PKT_PUNT";
        };
    }

    private void feature(final TraceRecord.Step step, final StringBuilder text) {
        switch (step.kind()) {
            case IP_INPUT -> ipInput(step, text);
            case IPSEC_INPUT -> ipsec(step, true, text);
            case IPSEC_OUTPUT -> ipsec(step, false, text);
            case GRE_INPUT -> greInput(step, text);
            case GRE_OUTPUT -> {
                title("GRE(Output)", text);
                ports(step, text);
                final boolean v6 = step.numbers()[0] == 6;
                row("Source", step.address(2, v6), text);
                row("Destination", step.address(4, v6), text);
                key(step.numbers()[1], text);
            }
            case NHRP -> nhrp(step, text);
            case SA_LOOKUP, REASSEMBLY, LOOKUP, L2_REWRITE, PUNT -> {
                // They have nothing to say but that they were taken.
            }
        }
    }

    private void ipInput(final TraceRecord.Step step, final StringBuilder text) {
        final boolean v6 = step.numbers()[0] == 6;
        title(v6 ? "IPV6(Input)" : "IPV4(Input)", text);
        ports(step, text);
        row("Source", step.address(2, v6), text);
        row("Destination", step.address(4, v6), text);
        final int protocol = (int) step.numbers()[1] & 0xff;
        row("Protocol", Names.protocol(protocol), text);
        final int ports = (int) (step.numbers()[1] >> 32);
        if ((protocol == TCP || protocol == UDP) && ports != -1) {
            text.append("      SrcPort   : ").append(ports & 0xffff).append("\n      DstPort   : ").append(ports >>> 16).append('\n');
        }
    }

    private void greInput(final TraceRecord.Step step, final StringBuilder text) {
        title("GRE(Input)", text);
        ports(step, text);
        row("Type", String.format(Locale.ROOT, "0x%04x", step.numbers()[0]), text);
        key(step.numbers()[1], text);
        row("Tunnel", names.full((int) step.numbers()[2]), text);
    }

    private static void key(final long key, final StringBuilder text) {
        if (key >= 0) {
            row("Key", key, text);
        }
    }

    private void nhrp(final TraceRecord.Step step, final StringBuilder text) {
        title("NHRP", text);
        ports(step, text);
        row("Next hop", step.address(2, step.numbers()[6] == 6), text);
        row("NBMA", step.numbers()[0] == 0 ? "<no mapping>" : step.address(4, step.numbers()[7] == 6), text);
    }

    private void ipsec(final TraceRecord.Step step, final boolean input, final StringBuilder text) {
        final long[] numbers = step.numbers();
        final boolean v6 = (numbers[0] & TraceStep.V6) != 0;
        final int verdict = (int) numbers[7];
        final String type = Names.ipsecType(verdict, token);
        final boolean found = input ? numbers[6] != 0 : (numbers[0] & 0xffff_ffffL) != 0;
        title("IPSec", text);
        row("Result", type != null ? "IPSEC_RESULT_DROP" : "IPSEC_RESULT_SA", text);
        row("Action", type != null ? "DROP" : input ? "DECRYPT" : "ENCRYPT", text);
        if (input) {
            row("SA Handle", numbers[6], text);
        }
        row("SPI", String.format(Locale.ROOT, "0x%08X(%d)", numbers[0] & 0xffff_ffffL, numbers[0] & 0xffff_ffffL), text);
        if (found) {
            row("Sequence", Long.toUnsignedString(numbers[1]), text);
        }
        row("Peer Addr", step.address(input ? 2 : 4, v6), text);
        row("Local Addr", step.address(input ? 4 : 2, v6), text);
        if (input) {
            row("Decrypt", decrypted((int) (numbers[0] >>> 32) & 0xff), text);
        }
        if (type != null) {
            row("Drop type", type, text);
        } else if (Verdict.kind(verdict) == Verdict.DROP_GLOBAL) {
            row("Drop", Names.reason(verdict), text);
        }
    }

    private static String decrypted(final int status) {
        return switch (status) {
            case EspTransform.OK -> "ICV good";
            case EspTransform.BAD_ICV -> "ICV bad";
            default -> "not tried";
        };
    }
}
