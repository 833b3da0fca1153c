package org.qfpsim.sim.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.outside.FarEnd;
import org.qfpsim.sim.outside.OutsideNode;

/** strongSwan and a ping in a namespace, by commands of a scenario. */
public final class PeerConsole implements FarEnd {
    private static final Pattern PING = Pattern.compile("ping (\\S{1,64}) from (\\S{1,64}) every (\\d{1,5})ms");
    private static final int PING_OCTETS = 56;
    private static final String HELP = "% knows 'initiate CHILD', 'list-sas', 'ping ADDRESS from ADDRESS every 100ms', 'ping stop'\n";

    private final StrongSwan daemon;
    private final NetworkNamespace namespace;
    private volatile Consumer<String> listener = line -> { };
    private @Nullable Ping ping;

    private PeerConsole(final NetworkNamespace namespace, final StrongSwan daemon) {
        this.namespace = namespace;
        this.daemon = daemon;
    }

    /**
     * Starts strongSwan in a new namespace, as a node.
     *
     * @param name          of the node.
     * @param configuration as in {@code swanctl.conf}.
     * @param addresses     of its machine, as in {@link NetworkNamespace#create}.
     * @param gateway       where everything goes that is not on its own networks.
     * @return the node.
     * @throws InputException if that cannot be on this machine; says what to do.
     */
    public static OutsideNode open(final String name, final String configuration, final List<String> addresses, final String gateway) {
        StrongSwan.missing().ifPresent(reason -> {
            throw new InputException(name + " is a strongSwan of this machine: " + reason);
        });
        final NetworkNamespace namespace = NetworkNamespace.create(addresses, gateway);
        try {
            final PeerConsole console = new PeerConsole(namespace, StrongSwan.start(namespace, configuration));
            return OutsideNode.open(name, "eth:" + namespace.hostSide(), console);
        } catch (final InputException e) {
            namespace.close();
            throw e;
        }
    }

    @Override
    public String execute(final String commandLine) {
        final String line = commandLine.strip();
        final Matcher ping = PING.matcher(line);
        if (line.startsWith("initiate ")) {
            tell(daemon.controlLater("--initiate", "--child", line.substring(9).strip(), "--timeout", "10"));
            return "";
        }
        if (line.equals("list-sas")) {
            return daemon.control("--list-sas");
        }
        if (line.equals("ping stop")) {
            stop();
            return "";
        }
        if (ping.matches()) {
            stop();
            this.ping = Ping.start(namespace, ping.group(2), ping.group(1), Integer.parseInt(ping.group(3)), PING_OCTETS);
            return "";
        }
        return HELP;
    }

    private void stop() {
        final Ping running = ping;
        if (running != null) {
            running.close();
        }
    }

    /** Its last words, when it has some. */
    private void tell(final Process process) {
        Thread.ofPlatform().daemon().name("swanctl").start(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                lines.lines().filter(line -> line.contains("established") || line.contains("completed") || line.contains("failed"))
                    .forEach(listener);
            } catch (final IOException e) {
                listener.accept("swanctl: " + e.getMessage());
            }
        });
    }

    @Override
    public OptionalLong counter(final String counter) {
        final Ping running = ping;
        return switch (counter) {
            case "ping-replies" -> OptionalLong.of(running == null ? 0 : running.replies());
            case "ping-missed" -> OptionalLong.of(running == null ? 0 : running.missed());
            case "ping-outage-ms" -> OptionalLong.of(running == null ? 0 : running.outageMillis());
            default -> OptionalLong.empty();
        };
    }

    @Override
    public void onLog(final Consumer<String> to) {
        listener = to;
    }

    @Override
    public void close() {
        stop();
        daemon.close();
        namespace.close();
    }
}
