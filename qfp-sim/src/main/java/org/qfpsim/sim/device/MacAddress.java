package org.qfpsim.sim.device;

/**
 * An Ethernet address.
 *
 * @param bits the 48 bits, first octet highest.
 */
public record MacAddress(long bits) {
    /**
     * Reads six octets in hex.
     *
     * @param text such as {@code 02:00:00:00:00:0b}; also with {@code -}.
     * @return the address.
     * @throws IllegalArgumentException if it is not one.
     */
    public static MacAddress parse(final String text) {
        if (!text.matches("[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}")) {
            throw new IllegalArgumentException("not six octets such as 02:00:00:00:00:0b");
        }
        return new MacAddress(Long.parseLong(text.replaceAll("[:-]", ""), 16));
    }

    @Override
    public String toString() {
        return "%012x".formatted(bits).replaceAll("(..)(?=.)", "$1:");
    }
}
