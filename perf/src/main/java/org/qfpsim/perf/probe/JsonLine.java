package org.qfpsim.perf.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object in one line. */
public final class JsonLine {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
    };

    private JsonLine() {
    }

    /**
     * Writes.
     *
     * @param value maps, lists, strings, numbers and booleans.
     * @return the text, without a line feed.
     */
    public static String of(final Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass(), e);
        }
    }

    /**
     * Makes a record of what was read.
     *
     * @param map  of {@link #parse}.
     * @param type the record's.
     * @param <T>  the record's.
     * @return the record.
     * @throws IllegalArgumentException if it is not one.
     */
    public static <T> T convert(final Map<String, Object> map, final Class<T> type) {
        return MAPPER.convertValue(map, type);
    }

    /**
     * Reads.
     *
     * @param text one line.
     * @return the object's members, or null if it is not a JSON object.
     */
    public static @Nullable Map<String, Object> parse(final String text) {
        try {
            return MAPPER.readValue(text, OBJECT);
        } catch (final JsonProcessingException _) {
            return null;
        }
    }
}
