package org.qfpsim.controlplane.show;

import java.io.IOException;

/** The router's {@code flash:}, as far as output filters need it. */
@FunctionalInterface
public interface FlashFiles {
    /**
     * Writes output into a file.
     *
     * @param name   behind {@code flash:}; anything that a person may type.
     * @param text   what to write.
     * @param append whether what is there stays in front of it.
     * @throws IOException if the name is not allowed or the file cannot be written; the message is what the platform says in parentheses.
     */
    void write(String name, String text, boolean append) throws IOException;
}
