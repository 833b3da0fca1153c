package org.qfpsim.controlplane.qfp.hardware;

import java.util.ArrayList;
import java.util.List;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.qfp.load.LoadCommands;

/** Commands that describe the hardware. Those of the other kind of dataplane are known, and refused. */
public final class HardwareCommands {
    private final PlatformProfile profile;
    private final DropSummary drops;
    private final ExmemTable memory;
    private final ResourcesTable resources;
    private final EngineTexts engines;
    private final SoftwareDataplane dataplane;

    /**
     * The commands of one router.
     *
     * @param profile the hardware.
     * @param state   what the tables are filled with.
     * @param loads   of QFP and crypto engine.
     */
    public HardwareCommands(final PlatformProfile profile, final HardwareState state, final LoadCommands loads) {
        this.profile = profile;
        drops = new DropSummary(state::interfaces);
        memory = new ExmemTable(profile, state);
        resources = new ResourcesTable(profile, state, loads);
        engines = new EngineTexts(profile, state);
        dataplane = new SoftwareDataplane(profile, state, loads);
    }

    /** {@code interface all statistics drop_summary}. */
    public String dropSummary() {
        return drops.text();
    }

    /** Looks how much memory is taken now, for the low water mark; to be called now and then. */
    public void sample() {
        memory.sample();
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        final List<CommandNode> hardware = new ArrayList<>(List.of(CommandNode.group("qfp", "Quantum Flow Processor",
            CommandNode.group("active", "Active instance", active()))));
        if (profile.software()) {
            hardware.add(CommandNode.group("throughput", "Throughput",
                CommandNode.command("crypto", "Crypto throughput", engines::throughput)));
        }
        final List<CommandNode> all = new ArrayList<>();
        if (profile.software()) {
            all.addAll(dataplane.commands());
        }
        all.add(CommandNode.group("show", "Show running system information",
            CommandNode.group("crypto", "Encryption module",
                CommandNode.command("eli", "Encryption Layer Interface", engines::eli,
                    CommandNode.command("all", "All engines", engines::eliAll))),
            CommandNode.group("platform", "Show platform information",
                CommandNode.command("cerm-information", "Crypto export restrictions manager", engines::cerm),
                CommandNode.group("hardware", "Show platform hardware information", hardware.toArray(CommandNode[]::new)),
                CommandNode.command("resources", "Platform resources", resources::text))));
        return all;
    }

    private CommandNode[] active() {
        return new CommandNode[] {
            CommandNode.group("infrastructure", "QFP infrastructure information",
                CommandNode.group("exmem", "External memory",
                    CommandNode.command("statistics", "Usage", memory::text))),
            CommandNode.group("interface", "QFP interface information",
                CommandNode.group("all", "All interfaces",
                    CommandNode.group("statistics", "QFP interface statistics",
                        CommandNode.command("drop_summary", "Drops of all interfaces", drops::text)))),
            CommandNode.group("system", "QFP system information",
                CommandNode.command("state", "State of the QFP complex", engines::systemState))};
    }
}
