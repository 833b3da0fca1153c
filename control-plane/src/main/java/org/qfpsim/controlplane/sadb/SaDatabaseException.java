package org.qfpsim.controlplane.sadb;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The SA database cannot be used. The message is one line that names the file, what is wrong and the fix; it never shows a key. */
public final class SaDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SaDatabaseException(final Path file, final String reason) {
        super(file + ": " + reason);
    }

    SaDatabaseException(final Path file, final String reason, final @Nullable Throwable cause) {
        super(file + ": " + reason, cause);
    }

    static SaDatabaseException io(final Path file, final IOException cause) {
        final String reason = switch (cause) {
            case NoSuchFileException _ -> "no such file or directory; check the path";
            case AccessDeniedException _ -> "permission denied; it must belong to the user that runs the router";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
        return new SaDatabaseException(file, String.valueOf(reason), cause);
    }
}
