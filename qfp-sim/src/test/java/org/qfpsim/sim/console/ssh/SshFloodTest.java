package org.qfpsim.sim.console.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.login.SshService;

/** Two hundred connections at once: bounded, counted, and no packet is lost meanwhile. */
class SshFloodTest {
    private static final int CONNECTIONS = 200;
    private static final Pattern PACKETS = Pattern.compile("([0-9]+) packets (?:in|out)put");

    @TempDir
    private Path folder;

    private static long packets(final SshRig rig, final String number, final String way) throws InterruptedException {
        final Matcher matcher = PACKETS.matcher(rig.console("show interfaces GigabitEthernet0/0/" + number + " | include packets " + way));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static long count(final String counters, final String row) {
        final Matcher matcher = Pattern.compile(Pattern.quote(row) + " +([0-9]+)").matcher(counters);
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void shouldRefuseAllButAFewAndForwardEveryPacket() throws Exception {
        final Random random = new Random(1);
        final List<Socket> sockets = new ArrayList<>();
        try (SshRig rig = new SshRig(folder, SshRig.USERS + SshRig.LINES)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                final Socket socket = new Socket();
                sockets.add(socket);
                socket.connect(new InetSocketAddress("127.0.0.1", rig.port()));
                talk(socket, i % 4, random);
            }
            SshRig.await("all are counted", () -> {
                try {
                    final String seen = rig.console("show qfp-sim ssh");
                    return count(seen, "accepted") + count(seen, "too many have not logged in") == CONNECTIONS;
                } catch (final InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            final String counters = rig.console("show qfp-sim ssh");
            // Those who talk nonsense are let go and make room for others.
            assertThat(count(counters, "accepted")).isBetween((long) SshService.STRANGERS, (long) CONNECTIONS);
            assertThat(rig.console("show ssh").lines().count()).isLessThanOrEqualTo(1 + 2L * SshService.STRANGERS);
            for (final Socket socket : sockets) {
                socket.close();
            }
            SshRig.await("somebody can log in again", () -> {
                try {
                    return rig.run("show privilege").contains("15");
                } catch (final IOException e) {
                    return false;
                }
            });
            assertThat(packets(rig, "0", "input")).isPositive();
            final String drops = rig.console("show platform hardware qfp active statistics drop");
            assertThat(drops.lines().filter(line -> line.matches("\\S+ +[0-9]+ +[0-9]+ *")))
                .allMatch(line -> line.matches("\\S+ +0 +0 *"));
        }
    }

    private static void talk(final Socket socket, final int manner, final Random random) throws IOException {
        try {
            switch (manner) {
                case 0 -> socket.getOutputStream().write("SSH-2.0-somebody\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                case 1 -> {
                    final byte[] noise = new byte[20_000];
                    random.nextBytes(noise);
                    socket.getOutputStream().write(noise);
                }
                case 2 -> socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                default -> {
                }
            }
        } catch (final IOException e) {
            // Refused already.
            return;
        }
    }
}
