package org.qfpsim.sim.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.live.RouterLook;

/**
 * What a router's process says to one that watches from outside, as one JSON document.
 *
 * @param routers all routers of the process.
 * @param router  which one was looked at.
 * @param look    null if it is down.
 * @param problem why there is no answer; empty if there is one.
 */
public record LookAnswer(List<String> routers, String router, @Nullable RouterLook look, String problem) {
    /** An answer that is longer is none. */
    static final int MAX_BYTES = 4 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Answers a question.
     *
     * @param source of looks.
     * @param router empty: the first one.
     * @return the answer, as it goes over the wire.
     */
    public static byte[] to(final LookSource source, final String router) {
        final List<String> routers = source.routers();
        final String name = router.isEmpty() ? routers.getFirst() : router;
        if (!routers.contains(name)) {
            return new LookAnswer(routers, name, null, "there is no router of that name").octets();
        }
        try {
            return new LookAnswer(routers, name, source.look(name).orElse(null), "").octets();
        } catch (final GoneException e) {
            return new LookAnswer(routers, name, null, String.valueOf(e.getMessage())).octets();
        }
    }

    byte[] octets() {
        try {
            return MAPPER.writeValueAsBytes(this);
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static LookAnswer read(final byte[] octets) throws IOException {
        return MAPPER.readValue(octets, LookAnswer.class);
    }
}
