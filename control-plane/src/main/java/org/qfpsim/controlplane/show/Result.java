package org.qfpsim.controlplane.show;

/**
 * What a command line came to.
 *
 * @param ok   false when the line was refused; the text then says why, in the platform's words.
 * @param text the output: lines that each end in a line feed, or empty.
 */
public record Result(boolean ok, String text) {
}
