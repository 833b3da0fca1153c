package org.qfpsim.controlplane.supervisor;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.show.FlashFiles;

/** Commands for the files in {@code flash:}, which output filters have written. Files have no dates here. */
final class FileCommands {
    private static final String DEVICE = "flash:";

    private final FlashFiles flash;

    FileCommands(final FlashFiles flash) {
        this.flash = flash;
    }

    List<CommandNode> commands() {
        final Argument<String> file = Argument.of("flash:FILE", String.class, FileCommands::name);
        return List.of(
            CommandNode.command("dir", "List files on a filesystem", this::directory,
                CommandNode.command(DEVICE, "Directory or file name", this::directory)),
            CommandNode.group("more", "Display the contents of a file",
                CommandNode.argument(file, "File to display", input -> content(input.get(file)))));
    }

    private static @Nullable String name(final String text) {
        return text.toLowerCase(Locale.ROOT).startsWith(DEVICE) ? text.substring(DEVICE.length()) : null;
    }

    private String content(final String name) {
        try {
            return flash.read(name);
        } catch (final IOException e) {
            return error(name, e);
        }
    }

    private String directory() {
        final StringBuilder text = new StringBuilder("Directory of flash:/\n\n");
        try {
            final Map<String, Long> files = flash.list();
            int number = 0;
            long used = 0;
            for (final Map.Entry<String, Long> file : files.entrySet()) {
                text.append(String.format(Locale.ROOT, "%5d  -rw-  %12d  %s%n", ++number, file.getValue(), file.getKey()));
                used += file.getValue();
            }
            if (files.isEmpty()) {
                text.append("No files in directory\n");
            }
            return text.append(String.format(Locale.ROOT, "%n%d bytes total (%d bytes free)%n", flash.capacity(),
                flash.capacity() - used)).toString();
        } catch (final IOException e) {
            return error("", e);
        }
    }

    private static String error(final String name, final IOException e) {
        return "%Error opening flash:" + name + " (" + e.getMessage() + ")\n";
    }
}
