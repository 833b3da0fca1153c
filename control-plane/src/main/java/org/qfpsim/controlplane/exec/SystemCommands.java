package org.qfpsim.controlplane.exec;

import java.util.List;
import java.util.Locale;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;

/** {@code show version}, {@code show clock}. */
public final class SystemCommands {
    private final Box box;

    /**
     * Makes the commands.
     *
     * @param box the router.
     */
    public SystemCommands(final Box box) {
        this.box = box;
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        return List.of(CommandNode.group("show", "Show running system information",
            CommandNode.command("clock", "Display the system clock", this::clock,
                CommandNode.command("detail", "Display detailed information", () -> clock()
                    + (box.clock().isSet() ? "Time source is user configuration\n" : "No time source\n"))),
            CommandNode.printing("version", "System hardware and software status", (input, out) -> out.print(version()))));
    }

    private String clock() {
        return TimeText.clock(box.clock(), box.config().logging().zone().name()) + "\n";
    }

    private String version() {
        final RouterConfig config = box.config();
        final Hardware hardware = Hardware.of(config.simulator().platform());
        final StringBuilder text = new StringBuilder(hardware.software(config.simulator().release()))
            .append("Simulated by qfp-sim: this is not Cisco's software\n\n\nROM: IOS-XE ROMMON\n\n")
            .append(config.hostname()).append(" uptime is ").append(TimeText.words(box.uptime()))
            .append("\nUptime for this control processor is ").append(TimeText.words(box.uptime()))
            .append("\nSystem returned to ROM by ").append(box.reloaded() ? "reload" : "power-on")
            .append("\nSystem image file is \"bootflash:packages.conf\"\nLast reload reason: ")
            .append(box.reloaded() ? "Reload Command" : "PowerOn").append("\n\n\n\n")
            .append(String.format(Locale.ROOT, "cisco %s (%s) processor (revision %s) with %s bytes of memory.\n", hardware.chassis(),
                hardware.processor(), hardware.processor(), hardware.memory()))
            .append("Processor board ID SIMULATED00\n");
        ports(text, config, InterfaceConfig.Kind.GIGABIT_ETHERNET, "Gigabit Ethernet");
        ports(text, config, InterfaceConfig.Kind.TEN_GIGABIT_ETHERNET, "Ten Gigabit Ethernet");
        return text.append(Nvram.CAPACITY >> 10).append("K bytes of non-volatile configuration memory.\n")
            .append(hardware.physical()).append("K bytes of physical memory.\n")
            .append(box.flash().capacity() >> 10).append("K bytes of eUSB flash at bootflash:.\n")
            .append("\nConfiguration register is 0x2102\n\n").toString();
    }

    private static void ports(final StringBuilder text, final RouterConfig config, final InterfaceConfig.Kind kind, final String name) {
        final long count = config.interfaces().stream().filter(each -> each.kind() == kind).count();
        if (count > 0) {
            text.append(count).append(' ').append(name).append(count == 1 ? " interface\n" : " interfaces\n");
        }
    }
}
