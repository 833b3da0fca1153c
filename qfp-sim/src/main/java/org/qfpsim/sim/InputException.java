package org.qfpsim.sim;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/**
 * What the user gave us cannot be used: a file, an option, an output that cannot be written. The message alone must be enough: it names
 * the file, the place in it, the value and the fix, and never shows a key. A command that meets it prints the message and ends with
 * exit code 2.
 */
public class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message only.
     *
     * @param message one line: file, place, value, fix.
     */
    public InputException(final String message) {
        super(message);
    }

    /**
     * With the failure that it explains.
     *
     * @param message one line: file, place, value, fix.
     * @param cause   what went wrong underneath.
     */
    public InputException(final String message, final Throwable cause) {
        super(message, cause);
    }

    /**
     * A file that the operating system does not let us use.
     *
     * @param file  what the user called it.
     * @param what  what was tried, such as {@code "cannot be read"}.
     * @param cause what the operating system said.
     * @return the exception to throw.
     */
    public static InputException io(final String file, final String what, final IOException cause) {
        return new InputException(file + ": " + what + ": " + reason(cause), cause);
    }

    private static String reason(final IOException cause) {
        return switch (cause) {
            case NoSuchFileException _, FileNotFoundException _ -> "no such file or directory; check the path";
            case AccessDeniedException _ -> "permission denied; check the owner and mode of the file and its directory";
            default -> reason(detail(cause));
        };
    }

    private static String detail(final IOException cause) {
        final String reason = cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason.lines().findFirst().orElse("");
    }

    private static String reason(final String detail) {
        if (detail.equals("Not a directory")) {
            return "a part of the path is not a directory; check the path";
        }
        final String lower = detail.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota")) {
            return detail + "; free some space or choose another directory";
        }
        if (lower.contains("read-only file system")) {
            return detail + "; choose another directory";
        }
        if (lower.contains("broken pipe")) {
            return detail + "; the program that reads it has ended";
        }
        if (lower.contains("is a directory")) {
            return detail + "; name a file";
        }
        return detail;
    }
}
