package org.qfpsim.controlplane.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.platform.PlatformProfile;

/**
 * {@code show inventory} and {@code show platform}: what is plugged in, after the profile and the names of the interfaces. An ASR 1000 with
 * slots has interface processors, route processor and forwarding processor in them; a fixed box and a virtual router have them built in.
 */
public final class InventoryCommands {
    private static final Set<String> WITH_SLOTS = Set.of("ASR1002", "ASR1006", "ASR1013");
    private static final String SERIAL = "SIMULATED00";
    private static final String VERSION = "V00";

    private final Box box;

    /**
     * Makes the commands.
     *
     * @param box the router.
     */
    public InventoryCommands(final Box box) {
        this.box = box;
    }

    /** A part. */
    private record Part(String slot, String name, String description, String product, String state) {
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        return List.of(CommandNode.group("show", "Show running system information",
            CommandNode.command("inventory", "Show the physical inventory", this::inventory),
            CommandNode.command("platform", "Show platform information", this::platform)));
    }

    private List<Part> parts() {
        final PlatformProfile profile = box.atBoot().simulator().platform();
        final Hardware hardware = Hardware.of(profile);
        final boolean slots = WITH_SLOTS.contains(hardware.chassis());
        final List<Part> all = new ArrayList<>();
        final Map<String, Boolean> bays = bays();
        String slot = "";
        for (final Map.Entry<String, Boolean> bay : bays.entrySet()) {
            final String of = bay.getKey().substring(0, bay.getKey().indexOf('/'));
            if (!of.equals(slot)) {
                slot = of;
                final String product = slots ? "ASR1000-SIP40" : hardware.chassis();
                all.add(new Part(slot, "module " + slot, slots ? "Cisco ASR1000 SPA Interface Processor 40"
                    : "Cisco " + hardware.chassis() + " Interface Processor", product, "ok"));
            }
            final String ports = Hardware.ports(profile, bay.getValue());
            all.add(new Part(" " + bay.getKey(), "SPA subslot " + bay.getKey(), bay.getValue() ? "Ten Gigabit Ethernet ports"
                : "Gigabit Ethernet ports", ports, "ok"));
        }
        all.add(new Part("R0", "module R0", "Cisco " + (slots ? "ASR1000 Route Processor 2" : hardware.chassis() + " Route Processor"),
            slots ? "ASR1000-RP2" : hardware.chassis(), "ok, active"));
        all.add(new Part("F0", "module F0", "Cisco " + (slots ? "ASR1000 Embedded Services Processor, "
            + profile.hardware().megabits() / 1000 + "Gbps" : hardware.chassis() + " Embedded Services Processor"),
            slots ? "ASR1000-" + profile.key().toUpperCase(Locale.ROOT) : hardware.chassis(), "ok, active"));
        return all;
    }

    /** Each bay, which is what stands in front of the last stroke of an interface's number, and whether its ports have ten gigabits. */
    private Map<String, Boolean> bays() {
        final Map<String, Boolean> bays = new LinkedHashMap<>();
        box.config().interfaces().stream().filter(each -> each.kind().physical()).sorted(Comparator.comparing(InterfaceConfig::number))
            .forEach(each -> {
                final int stroke = each.number().lastIndexOf('/');
                final String bay = stroke < 0 ? "0/0" : each.number().substring(0, stroke);
                bays.putIfAbsent(bay.indexOf('/') < 0 ? bay + "/0" : bay, each.kind() == InterfaceConfig.Kind.TEN_GIGABIT_ETHERNET);
            });
        return bays;
    }

    private String inventory() {
        final String chassis = Hardware.of(box.atBoot().simulator().platform()).chassis();
        final StringBuilder text = new StringBuilder();
        item(text, "Chassis", "Cisco " + chassis + " Chassis", chassis);
        parts().forEach(part -> item(text, part.name(), part.description(), part.product()));
        return text.toString();
    }

    private static void item(final StringBuilder text, final String name, final String description, final String product) {
        text.append(String.format(Locale.ROOT, "NAME: \"%s\", DESCR: \"%s\"%nPID: %-18s, VID: %-4s, SN: %s%n%n", name, description, product,
            VERSION, SERIAL));
    }

    private String platform() {
        final String since = TimeText.ago(box.uptime());
        final String row = "%-9s %-19s %-21s %-17s %n";
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "Chassis type: %-20s%n%n",
            Hardware.of(box.atBoot().simulator().platform()).chassis()))
            .append(String.format(Locale.ROOT, row, "Slot", "Type", "State", "Insert time (ago)"))
            .append(String.format(Locale.ROOT, row, "-".repeat(9), "-".repeat(19), "-".repeat(21), "-".repeat(17)));
        parts().forEach(part -> text.append(String.format(Locale.ROOT, row, part.slot(), part.product(), part.state(), since)));
        final String version = "%-9s %-19s %-39s %n";
        text.append('\n').append(String.format(Locale.ROOT, version, "Slot", "CPLD Version", "Firmware Version"))
            .append(String.format(Locale.ROOT, version, "-".repeat(9), "-".repeat(19), "-".repeat(39)));
        parts().stream().filter(part -> part.slot().indexOf('/') < 0)
            .forEach(part -> text.append(String.format(Locale.ROOT, version, part.slot(), "N/A", "IOS-XE ROMMON")));
        return text.append('\n').toString();
    }
}
