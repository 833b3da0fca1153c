package org.qfpsim.controlplane.sadb;

import java.nio.file.Path;

/** A process that reads a database again and again until it is killed. */
final class SaReaderLoop {
    private SaReaderLoop() {
    }

    /** Argument: state directory. */
    public static void main(final String[] arguments) {
        while (true) {
            System.out.println(SaDatabaseReader.read(Path.of(arguments[0])).records().size());
            System.out.flush();
        }
    }
}
