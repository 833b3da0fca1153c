package org.qfpsim.controlplane.cli;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/**
 * A place in a command where a value stands. The object is also the key by which {@link Input} gives the value out.
 *
 * @param <T> of the value.
 */
public final class Argument<T> {
    private final String form;
    private final Class<T> type;
    private final Extent extent;
    private final Reader<T> reader;

    /** How much of a line an argument takes. */
    private enum Extent {
        WORD, JOINED, TEXT, LINE
    }

    /** Reads a value. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Reads a value.
         *
         * @param text what was typed.
         * @return the value; null if it is not one.
         */
        @Nullable T read(String text);
    }

    private Argument(final String form, final Class<T> type, final Extent extent, final Reader<T> reader) {
        this.form = form;
        this.type = type;
        this.extent = extent;
        this.reader = reader;
    }

    /** What was read: where it ends, and the value, or null. */
    record Taken<T>(int end, @Nullable T value) {
    }

    /**
     * Any word.
     *
     * @return a new argument.
     */
    public static Argument<String> word() {
        return new Argument<>("WORD", String.class, Extent.WORD, text -> text);
    }

    /**
     * A word of a form of its own.
     *
     * @param <T>    of the value.
     * @param form   for help.
     * @param type   of the value.
     * @param reader returns null for what it does not know.
     * @return a new argument.
     */
    public static <T> Argument<T> of(final String form, final Class<T> type, final Reader<T> reader) {
        return new Argument<>(form, type, Extent.WORD, reader);
    }

    /**
     * A word of a form of its own, or letters and a number with a blank between them: {@code gi 0/0/0}.
     *
     * @param <T>    of the value.
     * @param form   for help.
     * @param type   of the value.
     * @param reader gets the text without the blank; returns null for what it does not know.
     * @return a new argument.
     */
    public static <T> Argument<T> joined(final String form, final Class<T> type, final Reader<T> reader) {
        return new Argument<>(form, type, Extent.JOINED, reader);
    }

    /**
     * A text in double quotes, or a word without them.
     *
     * @return a new argument.
     */
    public static Argument<String> text() {
        return new Argument<>("WORD", String.class, Extent.TEXT, text -> text);
    }

    /**
     * The rest of the line.
     *
     * @return a new argument.
     */
    public static Argument<String> line() {
        return new Argument<>("LINE", String.class, Extent.LINE, text -> text);
    }

    /**
     * The words in the rest of the line.
     *
     * @param most how many there may be.
     * @return a new argument; its value is a list of strings.
     */
    @SuppressWarnings("unchecked")
    public static Argument<List<String>> words(final int most) {
        return new Argument<>("WORD", (Class<List<String>>) (Class<?>) List.class, Extent.LINE, text -> {
            final List<String> words = Word.split(text, 0, text.length()).stream().map(Word::text).toList();
            return words.size() > most ? null : words;
        });
    }

    /**
     * A number.
     *
     * @param low  the smallest.
     * @param high the largest.
     * @return a new argument.
     */
    public static Argument<Long> number(final long low, final long high) {
        return new Argument<>("<" + low + "-" + high + ">", Long.class, Extent.WORD, text -> {
            if (!text.matches("-?[0-9]{1,18}")) {
                return null;
            }
            final long value = Long.parseLong(text);
            return value < low || value > high ? null : value;
        });
    }

    /**
     * A number with a fraction of up to three digits.
     *
     * @param low  the smallest.
     * @param high the largest.
     * @return a new argument.
     */
    public static Argument<Double> decimal(final long low, final long high) {
        return new Argument<>("<" + low + "-" + high + ">", Double.class, Extent.WORD, text -> {
            if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,3})?")) {
                return null;
            }
            final double value = new BigDecimal(text).doubleValue();
            return value < low || value > high ? null : value;
        });
    }

    /**
     * An IPv4 address.
     *
     * @return a new argument.
     */
    public static Argument<IpAddress> ipv4() {
        return new Argument<>("A.B.C.D", IpAddress.class, Extent.WORD, text -> address(text, false));
    }

    /**
     * An IPv6 address.
     *
     * @return a new argument.
     */
    public static Argument<IpAddress> ipv6() {
        return new Argument<>("X:X:X:X::X", IpAddress.class, Extent.WORD, text -> address(text, true));
    }

    /**
     * An IPv6 prefix: {@code 2001:db8::/32}; host bits are cleared.
     *
     * @return a new argument.
     */
    public static Argument<IpPrefix> ipv6Prefix() {
        return new Argument<>("X:X:X:X::X/<0-128>", IpPrefix.class, Extent.WORD, text -> {
            final int slash = text.indexOf('/');
            final IpAddress address = slash < 0 ? null : address(text.substring(0, slash), true);
            final String length = text.substring(slash + 1);
            return address == null || !length.matches("[0-9]{1,3}") || Integer.parseInt(length) > address.bits()
                ? null : new IpPrefix(address, Integer.parseInt(length));
        });
    }

    private static @Nullable IpAddress address(final String text, final boolean v6) {
        try {
            final IpAddress address = IpAddress.parse(text);
            return address.v6() == v6 ? address : null;
        } catch (final IllegalArgumentException e) {
            return null;
        }
    }

    /** What help prints. */
    public String form() {
        return form;
    }

    Class<T> type() {
        return type;
    }

    /** Whether every word will do. */
    boolean free() {
        return type != Long.class && type != Double.class && "WORD".equals(form) || extent == Extent.LINE;
    }

    /**
     * Reads the value that begins at a column.
     *
     * @param line the line.
     * @param at   column of its first character, not a blank.
     * @return where it ends, and the value or null.
     */
    Taken<T> take(final String line, final int at) {
        if (extent == Extent.LINE) {
            final String rest = line.substring(at).stripTrailing();
            return new Taken<>(line.length(), reader.read(rest));
        }
        if (extent == Extent.TEXT && line.charAt(at) == '"') {
            final StringBuilder text = new StringBuilder();
            for (int i = at + 1; i < line.length(); i++) {
                if (line.charAt(i) == '"' && (i + 1 == line.length() || Character.isWhitespace(line.charAt(i + 1)))) {
                    return new Taken<>(i + 1, reader.read(text.toString()));
                }
                text.append(line.charAt(i));
            }
            return new Taken<>(line.length(), null);
        }
        final int end = wordEnd(line, at);
        final String word = line.substring(at, end);
        int number = end;
        while (number < line.length() && Character.isWhitespace(line.charAt(number))) {
            number++;
        }
        if (extent == Extent.JOINED && word.matches("[A-Za-z]+") && number < line.length() && Character.isDigit(line.charAt(number))) {
            final int numberEnd = wordEnd(line, number);
            return new Taken<>(numberEnd, reader.read(word + line.substring(number, numberEnd)));
        }
        return new Taken<>(end, reader.read(word));
    }

    private static int wordEnd(final String line, final int at) {
        int end = at;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return end;
    }
}
