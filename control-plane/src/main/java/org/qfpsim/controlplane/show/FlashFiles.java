package org.qfpsim.controlplane.show;

import java.io.IOException;
import java.util.SortedMap;

/** The router's {@code flash:}, as far as output filters and the commands for files need it. */
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

    /**
     * Writes a file that is not text, instead of what is there.
     *
     * @param name   as in {@link #write(String, String, boolean)}.
     * @param octets its content.
     * @throws IOException as there.
     */
    void write(String name, byte[] octets) throws IOException;

    /**
     * Reads a file.
     *
     * @param name as in {@link #write(String, String, boolean)}.
     * @return the whole content.
     * @throws IOException if the name is not allowed or there is no such file; the message is as in
     *                     {@link #write(String, String, boolean)}.
     */
    String read(String name) throws IOException;

    /**
     * The files.
     *
     * @return sizes in octets by name.
     * @throws IOException if they cannot be listed.
     */
    SortedMap<String, Long> list() throws IOException;

    /** Octets that fit, of all files together. */
    long capacity();
}
