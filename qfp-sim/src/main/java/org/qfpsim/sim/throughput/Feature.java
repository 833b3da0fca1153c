package org.qfpsim.sim.throughput;

import java.util.Arrays;
import java.util.List;
import org.qfpsim.sim.InputException;

/**
 * What the SAs of a point have beside what the other options say.
 *
 * @param window replay window.
 * @param esn    extended sequence numbers.
 * @param natT   ESP in UDP.
 */
record Feature(int window, boolean esn, boolean natT) {
    private static final String NAMES = "none, esn, replay-off, window-64 to window-4096, nat-t; several with + between them";
    private static final String WINDOW = "window-";

    /** Checks what cannot be together. */
    Feature {
        if (window != 0 && (window < 64 || window > 4096 || Integer.bitCount(window) != 1)) {
            throw new InputException("--replay-window " + window + " is not 0 or a power of two within 64 to 4096");
        }
        if (esn && window == 0) {
            throw new InputException("--esn needs a --replay-window (RFC 4303 section 3.3.3)");
        }
    }

    /**
     * Reads a list.
     *
     * @param text such as {@code none,esn,window-1024+nat-t}.
     * @param base what the other options say.
     * @return one for each member.
     */
    static List<Feature> parse(final String text, final Feature base) {
        return Arrays.stream(text.split(",", -1)).map(one -> {
            Feature feature = base;
            for (final String name : one.split("\\+", -1)) {
                feature = feature.with(name);
            }
            return feature;
        }).toList();
    }

    private Feature with(final String name) {
        return switch (name) {
            case "none" -> this;
            case "esn" -> new Feature(window, true, natT);
            case "replay-off" -> new Feature(0, esn, natT);
            case "nat-t" -> new Feature(window, esn, true);
            default -> new Feature(window(name), esn, natT);
        };
    }

    private static int window(final String name) {
        try {
            final int value = name.startsWith(WINDOW) ? Integer.parseInt(name.substring(WINDOW.length())) : 0;
            if (value >= 64 && value <= 4096 && Integer.bitCount(value) == 1) {
                return value;
            }
        } catch (final NumberFormatException _) {
            // Said below.
        }
        throw new InputException("--feature: '" + name + "' is none of " + NAMES);
    }
}
