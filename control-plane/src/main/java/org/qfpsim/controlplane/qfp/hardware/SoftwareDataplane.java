package org.qfpsim.controlplane.qfp.hardware;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.qfp.load.CoreLoads;
import org.qfpsim.controlplane.qfp.load.LoadCommands;
import org.qfpsim.datapath.route.PacketBuffers;

/**
 * {@code datapath infrastructure sw-cio|sw-distrib|sw-pktmem|time basic} (qfp-reference 3.3), which only a software dataplane has. A credit
 * is a slot of an engine's ring, or of the ring from the control plane an octet; a packet processing core is an engine.
 */
final class SoftwareDataplane {
    private static final int PERCENT = 100;
    private static final int OTHER_CORES = 3;
    private static final long NANOS_A_MILLI = 1_000_000;

    private final PlatformProfile profile;
    private final HardwareState state;
    private final LoadCommands loads;

    SoftwareDataplane(final PlatformProfile profile, final HardwareState state, final LoadCommands loads) {
        this.profile = profile;
        this.state = state;
        this.loads = loads;
    }

    List<CommandNode> commands() {
        return List.of(CommandNode.group("show", "Show running system information",
            CommandNode.group("platform", "Show platform information",
                CommandNode.group("hardware", "Show platform hardware information",
                    CommandNode.group("qfp", "Quantum Flow Processor",
                        CommandNode.group("active", "Active instance",
                            CommandNode.group("datapath", "QFP datapath information",
                                CommandNode.group("infrastructure", "Infrastructure of the datapath",
                                    CommandNode.command("sw-cio", "Credits and cores", this::credits),
                                    CommandNode.command("sw-distrib", "Distribution of packets", this::distribution),
                                    CommandNode.command("sw-pktmem", "Packet memory", this::memory),
                                    CommandNode.group("time", "Time of the datapath",
                                        CommandNode.command("basic", "Timers and heartbeat", this::time))))))))));
    }

    /** Engines first, then the cores that send, receive and encrypt. */
    private String credits() {
        final PacketBuffers buffers = state.buffers();
        final StringBuilder text = new StringBuilder("Credits Usage:\n\n  ID      Port  Wght  Global");
        IntStream.range(0, buffers.engines()).forEach(each -> text.append(String.format(Locale.ROOT, " %-6s", "WRKR" + each)));
        text.append(" Total\n");
        port(text, 1, "vxe_punti", buffers.injectionOctets(), buffers.injectionOctets() - buffers.injectionUsed(),
            buffers.used().stream().map(each -> 0L).toList());
        port(text, 2, "fpe", buffers.allSlots(), buffers.allSlots() - buffers.allUsed(), buffers.used());
        return text.append(cores()).toString();
    }

    private static void port(final StringBuilder text, final int id, final String name, final long total, final long free,
                             final List<Long> held) {
        text.append(String.format(Locale.ROOT, "%4d%10s%7s%7d", id, name, "1:", free));
        held.forEach(each -> text.append(String.format(Locale.ROOT, "%6d ", each)));
        text.append(String.format(Locale.ROOT, "%6d%n", total));
    }

    private String cores() {
        final CoreLoads cores = loads.cores();
        final int engines = state.buffers().engines();
        final String title = String.format(Locale.ROOT, "Core Utilization over preceding %.4f seconds", (double) cores.seconds());
        final StringBuilder text = new StringBuilder("\n").append(title).append('\n').append("-".repeat(title.length())).append('\n');
        final int all = engines + OTHER_CORES;
        text.append("      ID:").append(IntStream.range(0, all).mapToObj(each -> String.format(Locale.ROOT, "%8d", each))
            .collect(Collectors.joining())).append('\n');
        final long packets = IntStream.range(0, engines).mapToLong(state::enginePackets).sum();
        final double[] working = new double[all];
        for (int engine = 0; engine < engines; engine++) {
            // What all engines together had to do, by the packets that each has taken.
            working[engine] = packets == 0 ? 0 : Math.min(PERCENT, cores.engines() * engines * state.enginePackets(engine) / packets);
        }
        final double[] receiving = one(all, engines + 1, cores.receiving());
        final double[] sending = one(all, engines, cores.sending());
        final double[] crypto = one(all, engines + 2, cores.crypto());
        core(text, "    % PP:", working);
        core(text, "    % RX:", receiving);
        core(text, "    % TM:", sending);
        core(text, "  % COFF:", crypto);
        core(text, "  % IDLE:", IntStream.range(0, all)
            .mapToDouble(core -> PERCENT - working[core] - receiving[core] - sending[core] - crypto[core]).toArray());
        return text.toString();
    }

    private static double[] one(final int cores, final int which, final double value) {
        final double[] all = new double[cores];
        all[which] = value;
        return all;
    }

    private static void core(final StringBuilder text, final String label, final double[] values) {
        text.append(label);
        for (final double value : values) {
            text.append(String.format(Locale.ROOT, "%8.2f", value));
        }
        text.append('\n');
    }

    private String distribution() {
        final PacketBuffers buffers = state.buffers();
        final int engines = profile.hardware().ppes();
        final StringBuilder text = new StringBuilder("Dist Mode: ").append(buffers.hashed() ? "FBD" : "NSFBD").append('\n');
        if (buffers.engines() < engines) {
            text.append("Inactive PPEs: ").append(buffers.engines()).append('-').append(engines - 1).append('\n');
        }
        text.append("\nSource: DST, LSMPI   Classifier: ").append(buffers.hashed() ? "L4TUPLE" : "NONE").append('\n')
            .append(String.format(Locale.ROOT, "%6s%16s%16s%16s%16s%16s%n", "PP", "Flushes", "Flushed", "SW Hash", "Directed", "Total"));
        long sum = 0;
        for (int engine = 0; engine < buffers.engines(); engine++) {
            final long packets = state.enginePackets(engine);
            sum += packets;
            text.append(String.format(Locale.ROOT, "%6d%16d%16d%16d%16d%16d%n", engine, state.engineBatches(engine), packets,
                buffers.hashed() ? packets : 0, buffers.hashed() ? 0 : packets, packets));
        }
        return text.append(String.format(Locale.ROOT, "%nTotal: %d, LSMPI: %d%n", sum, state.injected())).toString();
    }

    private String memory() {
        final PacketBuffers buffers = state.buffers();
        final long total = buffers.allSlots();
        final long free = total - buffers.allUsed();
        return "Packet memory free count " + free + "\nPacket burst buffer free count " + (long) buffers.batch() * buffers.engines()
            + "\n\n\nEgress buffer pool OOR (out of resources) state:\n        PMD : " + (free == 0 ? "OOR." : "No OOR.")
            + " Buffer egress pool " + (free == 0 ? "" : "not ") + "stressed.\n\nPMD pool buffer size " + buffers.slotOctets() + ", free "
            + free + " of " + total + ", util " + (total - free) * PERCENT / total + "%\n";
    }

    /** Timers are those of the control plane; engines have none. */
    private String time() {
        return "Time Information\ntimers active " + state.timersActive() + "\nsysup time " + state.uptimeNanos() / NANOS_A_MILLI + "\n";
    }
}
