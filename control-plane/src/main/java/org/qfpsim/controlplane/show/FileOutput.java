package org.qfpsim.controlplane.show;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.cli.OutputEnded;

/**
 * Output that goes into a file, and on to somebody else. The file is opened when there is something to write; when it fails, the command
 * ends.
 */
final class FileOutput implements Output {
    private final Opener opener;
    private final Output next;
    private FlashFiles.@Nullable Sink sink;
    private @Nullable String failure;
    private boolean held;

    /** Opens the file. */
    @FunctionalInterface
    interface Opener {
        FlashFiles.Sink open() throws IOException;
    }

    FileOutput(final Opener opener, final Output next) {
        this.opener = opener;
        this.next = next;
    }

    @Override
    public void print(final String text) {
        if (failure != null) {
            throw new OutputEnded();
        }
        try {
            FlashFiles.Sink open = sink;
            if (open == null) {
                open = opener.open();
                sink = open;
            }
            open.write(text);
        } catch (final IOException e) {
            failure = String.valueOf(e.getMessage());
            throw new OutputEnded();
        }
        next.print(text);
    }

    @Override
    public boolean hold() {
        held = true;
        return next.hold();
    }

    @Override
    public void release() {
        held = false;
        close();
        next.release();
    }

    /** Why the file could not be written, in the platform's words; null if it could. */
    @Nullable String failure() {
        return failure;
    }

    /** The command has returned: unless it goes on, nothing comes any more. */
    void close() {
        final FlashFiles.Sink open = sink;
        if (open != null && !held) {
            try {
                open.close();
            } catch (final IOException e) {
                failure = failure == null ? String.valueOf(e.getMessage()) : failure;
            }
        }
    }
}
