package org.qfpsim.sim.live;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.sim.InputException;

/** Routers of another process, asked through its socket; one connection for each look, so that nobody holds anything between two. */
public final class SocketSource implements LookSource {
    private static final String ANY = "-";

    private final Path socket;
    private final List<String> routers;

    /**
     * Asks who is there.
     *
     * @param socket of a process.
     */
    public SocketSource(final Path socket) {
        this.socket = socket;
        try {
            routers = List.copyOf(ask(ANY).routers());
        } catch (final IOException e) {
            throw InputException.io(socket.toString(), "cannot be connected to; is the router still running?", e);
        }
        if (routers.isEmpty()) {
            throw new InputException(socket + ": has no router");
        }
    }

    @Override
    public List<String> routers() {
        return routers;
    }

    @Override
    public Optional<RouterLook> look(final String router) {
        try {
            final LookAnswer answer = ask(router);
            if (!answer.problem().isEmpty()) {
                throw new GoneException(router + ": " + answer.problem());
            }
            return Optional.ofNullable(answer.look());
        } catch (final IOException e) {
            throw new GoneException(socket + ": the process of " + router + " has ended, or gives no answer");
        }
    }

    private LookAnswer ask(final String router) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Channels.newOutputStream(channel).write((RunningRouters.HELLO + router + " " + RunningRouters.LOOK + "\n")
                .getBytes(StandardCharsets.UTF_8));
            final byte[] octets = Channels.newInputStream(channel).readNBytes(LookAnswer.MAX_BYTES);
            if (octets.length == 0) {
                throw new IOException("it gives no answer: too many ask, or it is of another version");
            }
            return LookAnswer.read(octets);
        }
    }
}
