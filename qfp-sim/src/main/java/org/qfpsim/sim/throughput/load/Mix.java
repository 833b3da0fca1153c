package org.qfpsim.sim.throughput.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.qfpsim.sim.InputException;

/** Shares of the kinds of packets. The rest to 100 % is good. */
public final class Mix {
    /** Nothing but good packets. */
    public static final Mix GOOD = new Mix("good", Map.of());

    private final String name;
    private final Map<PacketKind, Double> percent;

    private Mix(final String name, final Map<PacketKind, Double> percent) {
        this.name = name;
        this.percent = new EnumMap<>(PacketKind.class);
        this.percent.putAll(percent);
        this.percent.put(PacketKind.GOOD, 100 - percent.values().stream().mapToDouble(Double::doubleValue).sum());
    }

    /**
     * A mix with one kind beside the good packets.
     *
     * @param kind    which.
     * @param percent its share.
     * @return the mix.
     */
    public static Mix of(final PacketKind kind, final double percent) {
        return percent == 0 ? GOOD : new Mix(kind.key() + "=" + percent, Map.of(kind, percent));
    }

    /**
     * Reads a mix.
     *
     * @param text such as {@code unknown-spi=10+bad-icv=0.5}, percent; or {@code good}.
     * @return the mix.
     * @throws InputException naming what is wrong.
     */
    public static Mix parse(final String text) {
        if (text.equals("good")) {
            return GOOD;
        }
        final Map<PacketKind, Double> shares = new EnumMap<>(PacketKind.class);
        for (final String part : text.split("\\+", -1)) {
            final int equals = part.indexOf('=');
            if (equals < 0) {
                throw new InputException("--mix: '" + part + "' is not KIND=PERCENT");
            }
            final PacketKind kind = PacketKind.parse(part.substring(0, equals));
            if (kind == PacketKind.GOOD) {
                throw new InputException("--mix: good is what the other kinds leave; name those");
            }
            if (shares.put(kind, percent(part, part.substring(equals + 1))) != null) {
                throw new InputException("--mix: " + kind.key() + " is there twice");
            }
        }
        final double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum > 100) {
            throw new InputException("--mix: the shares add up to " + sum + " %, more than 100 %");
        }
        return new Mix(text, shares);
    }

    private static double percent(final String part, final String text) {
        try {
            final double value = Double.parseDouble(text);
            if (value > 0 && value <= 100) {
                return value;
            }
        } catch (final NumberFormatException e) {
            throw new InputException("--mix: '" + part + "' is not KIND=PERCENT", e);
        }
        throw new InputException("--mix: " + part + ": the share is not above 0 and at most 100 %");
    }

    /** What reports call it. */
    public String name() {
        return name;
    }

    /**
     * Whether there is any of a kind.
     *
     * @param kind the kind.
     * @return true if its share is not 0.
     */
    public boolean has(final PacketKind kind) {
        return percent.getOrDefault(kind, 0.0) > 0;
    }

    /**
     * Draws a kind.
     *
     * @param random where from.
     * @return a kind of this mix.
     */
    PacketKind draw(final RandomGenerator random) {
        if (percent.size() == 1) {
            return PacketKind.GOOD;
        }
        double lot = random.nextDouble() * 100;
        for (final Map.Entry<PacketKind, Double> entry : percent.entrySet()) {
            lot -= entry.getValue();
            if (lot < 0 && entry.getValue() > 0) {
                return entry.getKey();
            }
        }
        return PacketKind.GOOD;
    }
}
