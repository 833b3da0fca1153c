package org.qfpsim.controlplane.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.config.edit.Arguments;
import org.qfpsim.controlplane.config.text.RunningConfig;

/**
 * {@code show running-config}, {@code show startup-config}, {@code write}, {@code copy}, {@code reload}. Only the startup configuration has
 * keys.
 */
public final class ConfigCommands {
    private static final String STARTUP = "startup-config";
    private static final String FLASH = "flash:";

    private final Box box;

    /**
     * Makes the commands.
     *
     * @param box the router.
     */
    public ConfigCommands(final Box box) {
        this.box = box;
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        final Argument<String> name = Arguments.interfaceName(false);
        final Argument<String> file = Argument.of("flash:FILE", String.class, ConfigCommands::file);
        return List.of(
            CommandNode.group("show", "Show running system information",
                CommandNode.printing("running-config", "Current operating configuration",
                    (input, out) -> out.print(RunningConfig.show(box.config(), RunningConfig.Keys.HIDDEN)),
                    CommandNode.group("interface", "Show interface configuration",
                        CommandNode.printingArgument(name, "Interface", (input, out) -> {
                            if (box.config().interfaceNamed(input.get(name)).isEmpty()) {
                                throw input.invalid(name);
                            }
                            out.print(ofInterface(input.get(name)));
                        })),
                    CommandNode.printing("keys", "With pre-shared keys (qfp-sim)",
                        (input, out) -> out.print(RunningConfig.show(box.config(), RunningConfig.Keys.SHOWN)))),
                CommandNode.printing(STARTUP, "Contents of startup configuration", (input, out) -> out.print(startup()))),
            CommandNode.group("copy", "Copy from one file to another",
                CommandNode.group("running-config", "Copy from current system configuration",
                    CommandNode.printing(STARTUP, "Copy to startup configuration", (input, out) -> {
                        out.ask("Destination filename [" + STARTUP + "]? ", "", (typed, next) -> next.print(
                            typed.isBlank() || typed.strip().equals(STARTUP) ? write() : "%Error opening nvram:/" + typed.strip()
                                + " (No such file or directory)\n"));
                    }),
                    CommandNode.printingArgument(file, "Copy to flash: file system", (input, out) -> copy(input, file, out)))),
            CommandNode.printing("reload", "Halt and perform a cold restart", (input, out) -> reload(out)),
            CommandNode.command("write", "Write running configuration to memory", this::write,
                CommandNode.command("memory", "Write to NV memory", this::write)));
    }

    private static @Nullable String file(final String text) {
        final boolean flash = text.toLowerCase(Locale.ROOT).startsWith(FLASH) && text.length() > FLASH.length();
        return flash ? text.substring(FLASH.length()) : null;
    }

    private String write() {
        try {
            box.nvram().write(RunningConfig.text(box.config(), RunningConfig.Keys.SHOWN));
            return "Building configuration...\n[OK]\n";
        } catch (final IOException e) {
            return "Building configuration...\n%Error opening nvram:/" + STARTUP + " (" + e.getMessage() + ")\n";
        }
    }

    private void reload(final Output out) {
        if (box.config().equals(ConfigFile.read(STARTUP, box.nvram().read()).config())) {
            proceed(out);
        } else {
            save(out);
        }
    }

    private void save(final Output out) {
        out.ask("System configuration has been modified. Save? [yes/no]: ", "yes", (answer, next) -> {
            final String word = answer.strip().toLowerCase(Locale.ROOT);
            if (word.isEmpty() || !"yes".startsWith(word) && !"no".startsWith(word)) {
                next.print("% Please answer 'yes' or 'no'.\n");
                save(next);
                return;
            }
            if ("yes".startsWith(word)) {
                next.print(write());
            }
            proceed(next);
        });
    }

    private void proceed(final Output out) {
        out.confirm("Proceed with reload? [confirm]", next -> {
            box.log().message("SYS", 5, "RELOAD", "Reload requested by console. Reload Reason: Reload Command.");
            box.reload().run();
        });
    }

    private void copy(final Input input, final Argument<String> file, final Output out) {
        final String name = input.get(file);
        out.ask("Destination filename [" + name + "]? ", "", (typed, next) -> next.print(copy(typed.isBlank() ? name : typed.strip())));
    }

    private String copy(final String name) {
        final byte[] text = RunningConfig.text(box.config(), RunningConfig.Keys.HIDDEN).getBytes(StandardCharsets.UTF_8);
        try {
            box.flash().write(name, text);
            return text.length + " bytes copied\n";
        } catch (final IOException e) {
            return "%Error opening flash:" + name + " (" + e.getMessage() + ")\n";
        }
    }

    private String startup() {
        final String text = box.nvram().read();
        if (text.isEmpty()) {
            return STARTUP + " is not present\n";
        }
        return "Using " + text.getBytes(StandardCharsets.UTF_8).length + " out of " + Nvram.CAPACITY + " bytes\n!\n"
            + RunningConfig.text(ConfigFile.read(STARTUP, text).config(), RunningConfig.Keys.HIDDEN);
    }

    private String ofInterface(final String name) {
        final List<String> lines = RunningConfig.text(box.config(), RunningConfig.Keys.HIDDEN).lines()
            .dropWhile(line -> !line.equals("interface " + name)).takeWhile(line -> !line.equals("!")).toList();
        final String text = String.join("\n", lines) + "\nend\n";
        return "Building configuration...\n\nCurrent configuration : " + text.getBytes(StandardCharsets.UTF_8).length + " bytes\n!\n" + text
            + "\n";
    }
}
