package org.qfpsim.controlplane.capture;

import java.util.HexFormat;
import java.util.Locale;

/** Octets as hexadecimal text. */
final class HexText {
    private static final int WORD = 4;
    private static final int WORDS = 8;
    private static final int DUMP = 16;
    private static final HexFormat HEX = HexFormat.of();

    private HexText() {
    }

    /** In words of four octets, eight on a line, two blanks in front. */
    static void words(final byte[] octets, final StringBuilder text) {
        for (int i = 0; i < octets.length; i += WORD) {
            text.append(i % (WORD * WORDS) == 0 ? "  " : " ").append(HEX.formatHex(octets, i, Math.min(octets.length, i + WORD)));
            if ((i + WORD) % (WORD * WORDS) == 0 || i + WORD >= octets.length) {
                text.append('\n');
            }
        }
    }

    /** With offsets and characters, 16 octets on a line. */
    static void dump(final byte[] octets, final StringBuilder text) {
        for (int i = 0; i < octets.length; i += DUMP) {
            final int end = Math.min(octets.length, i + DUMP);
            final StringBuilder hex = new StringBuilder();
            final StringBuilder characters = new StringBuilder();
            for (int j = i; j < end; j++) {
                hex.append((j - i) % WORD == 0 && j != i ? " " : "").append(HEX.toHexDigits(octets[j]));
                characters.append(octets[j] >= ' ' && octets[j] < 127 ? (char) octets[j] : '.');
            }
            text.append(String.format(Locale.ROOT, "  %04X: %-35s  %s%n", i, hex.toString().toUpperCase(Locale.ROOT), characters));
        }
    }
}
