package org.qfpsim.controlplane.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A line that comes without a keyboard: octets up to a line feed, of which no more are kept than a line may have. */
final class PlainLine {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private long length;

    /** Takes an octet; returns whether the line has ended. */
    boolean add(final int octet) {
        if (octet == '\n') {
            return true;
        }
        if (octet != '\r') {
            length++;
            if (octets.size() < LineEditor.LONGEST) {
                octets.write(octet);
            }
        }
        return false;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Octets of the line, those that were not kept included. */
    long length() {
        return length;
    }

    /** Whether it is longer than a line may be. */
    boolean isTooLong() {
        return length > octets.size();
    }

    /** The line; what is not printable is a blank. The next one begins. */
    String take() {
        final boolean cut = isTooLong();
        final String line = octets.toString(StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}|\ufffd", " ");
        octets.reset();
        length = 0;
        return cut ? line.substring(0, Math.min(line.length(), 60)) + "..." : line;
    }
}
