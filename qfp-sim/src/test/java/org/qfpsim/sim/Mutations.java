package org.qfpsim.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** Damages files at random, reproducibly: bits, lengths, cuts, repeated and inserted pieces. */
public final class Mutations {
    private static final int[] EXTREMES = {0, 1, -1, 0x7fff_ffff, 0x8000_0000, 0xffff, 0x10000, 0x4_0000, 0x4_0001, 12, 16, 27, 28, 32};
    private static final byte[] SYNTAX = {'"', '{', '}', '[', ']', ',', ':', '\\', '#', '\n', '*', '/', '.', '0', '-', 'x', (byte) 0xff};

    private Mutations() {
    }

    /** How many rounds a test makes, by the system property qfp.test.scale. */
    public static int rounds(final int atScaleOne) {
        return atScaleOne * Integer.getInteger("qfp.test.scale", 1);
    }

    /**
     * Gives damaged copies of a file to a test; a failure names seed and round.
     *
     * @param original the file.
     * @param seed     of the random numbers.
     * @param rounds   how many copies.
     * @param test     throws if the code under test misbehaves.
     */
    public static void each(final byte[] original, final long seed, final int rounds, final Consumer<byte[]> test) {
        for (int round = 0; round < rounds; round++) {
            final Random random = new Random(seed * 31 + round);
            byte[] damaged = original;
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged = once(damaged, random);
            }
            try {
                test.accept(damaged);
            } catch (final RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + e, e);
            }
        }
    }

    private static byte[] once(final byte[] file, final Random random) {
        if (file.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        final int at = random.nextInt(file.length);
        final int length = Math.min(file.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 64));
        final byte[] copy = file.clone();
        switch (random.nextInt(7)) {
            case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> copy[at] = SYNTAX[random.nextInt(SYNTAX.length)];
            case 2 -> {
                final ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
                final byte[] word = ByteBuffer.allocate(4).order(order).putInt(EXTREMES[random.nextInt(EXTREMES.length)]).array();
                System.arraycopy(word, 0, copy, at, Math.min(4, file.length - at));
            }
            case 3 -> {
                return Arrays.copyOf(file, at);
            }
            case 4 -> {
                return splice(file, at + length, file, at, length);
            }
            case 5 -> {
                final byte[] noise = new byte[length];
                random.nextBytes(noise);
                return splice(file, at, noise, 0, length);
            }
            default -> {
                final byte[] shorter = Arrays.copyOf(file, file.length - length);
                System.arraycopy(file, at + length, shorter, at, file.length - at - length);
                return shorter;
            }
        }
        return copy;
    }

    private static byte[] splice(final byte[] file, final int at, final byte[] from, final int start, final int length) {
        final byte[] longer = Arrays.copyOf(file, file.length + length);
        System.arraycopy(file, at, longer, at + length, file.length - at);
        System.arraycopy(from, start, longer, at, length);
        return longer;
    }
}
