package org.qfpsim.sim.net.host;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.net.Wire;

/**
 * A router that can do little: it forwards IPv4 packets between the networks that its configuration connects it to
 * ({@code interface NAME ADDRESS/LENGTH}, {@code route GATEWAY}), counts what it has no route for and logs a line a second while it does.
 */
public final class TestRouter implements Node {
    private static final long SECOND = 1_000_000_000;

    private final String name;
    private final List<String> interfaces = new ArrayList<>();
    private final List<HostAddress> addresses = new ArrayList<>();
    private final List<Neighbours> neighbours = new ArrayList<>();
    private IpAddress gateway;
    private Wire wire;
    private Consumer<String> log = line -> { };
    private boolean running = true;
    private long noRoute;
    private long forwarded;
    private long nextLine;
    private long now;

    public TestRouter(final String name, final String configuration, final String file) {
        this.name = name;
        int number = 0;
        for (final String line : configuration.lines().toList()) {
            number++;
            final String[] words = line.strip().split(" ");
            if (words[0].equals("interface") && words.length == 3) {
                interfaces.add(words[1]);
                addresses.add(HostAddress.parse(words[2], null));
            } else if (words[0].equals("route") && words.length == 2) {
                gateway = IpAddress.parse(words[1]);
            } else if (!line.isBlank()) {
                throw new InputException(file + ": line " + number + ": '" + line + "' is not known");
            }
        }
        boot();
    }

    private void boot() {
        neighbours.clear();
        for (int i = 0; i < interfaces.size(); i++) {
            final int index = i;
            final long mac = 0x0200_0100_0000L + ((long) name.hashCode() & 0xffff) * 256 + i;
            neighbours.add(new Neighbours(mac, List.of(addresses.get(i)),
                frame -> wire.send(index, new UnsafeBuffer(frame), 0, frame.length)));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> interfaces() {
        return interfaces;
    }

    @Override
    public void connect(final Wire toNetwork) {
        wire = toNetwork;
    }

    @Override
    public void receive(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        now = nanos;
        if (!running || neighbours.get(interfaceIndex).receive(frame, offset, length)) {
            return;
        }
        final IpView packet = IpView.of(frame, offset, length);
        if (packet != null && !packet.v6()) {
            final byte[] copy = new byte[length];
            frame.getBytes(offset, copy);
            final UnsafeBuffer buffer = new UnsafeBuffer(copy);
            buffer.putByte(14 + 8, (byte) (packet.ttl() - 1));
            Checksum.write(buffer, 14, 20);
            forward(packet.destination(), copy);
        }
    }

    private void forward(final IpAddress destination, final byte[] frame) {
        for (final IpAddress hop : gateway == null ? List.of(destination) : List.of(destination, gateway)) {
            for (int i = 0; i < addresses.size(); i++) {
                if (addresses.get(i).nextHop(hop) != null) {
                    forwarded++;
                    neighbours.get(i).send(hop, frame, now);
                    return;
                }
            }
        }
        noRoute++;
        if (now >= nextLine) {
            nextLine = now + SECOND;
            log.accept("%TEST-4-NOROUTE: no route to " + destination);
        }
    }

    @Override
    public long nextDeadline() {
        return running ? neighbours.stream().mapToLong(Neighbours::nextDeadline).min().orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
    }

    @Override
    public int advance(final long nanos) {
        now = nanos;
        return running ? neighbours.stream().mapToInt(each -> each.advance(nanos)).sum() : 0;
    }

    @Override
    public String execute(final String commandLine) {
        if (!running) {
            return "";
        }
        if (commandLine.startsWith("route ")) {
            gateway = IpAddress.parse(commandLine.substring(6));
            return "";
        }
        return commandLine.equals("show drops") ? "NoRoute " + noRoute + "\n" : "% Unknown command\n";
    }

    @Override
    public void crash() {
        running = false;
        noRoute = 0;
        forwarded = 0;
    }

    @Override
    public void restart(final long nanos) {
        now = nanos;
        boot();
        running = true;
        log.accept("%TEST-5-RESTART: System restarted");
    }

    @Override
    public void onLog(final Consumer<String> listener) {
        log = listener;
    }

    @Override
    public OptionalLong counter(final String counter) {
        return switch (counter) {
            case "NoRoute" -> OptionalLong.of(noRoute);
            case "Forwarded" -> OptionalLong.of(forwarded);
            default -> OptionalLong.empty();
        };
    }

    @Override
    public void close() {
        running = false;
    }
}
