package org.qfpsim.sim.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.qfpsim.sim.InputException;

/**
 * A second machine for the price of none: a network namespace with an interface {@code eth0}, whose cable ends at an interface here. It is
 * named after this process; what a process that was killed has left behind is removed by the next one.
 */
public final class NetworkNamespace implements AutoCloseable {
    private static final String PREFIX = "qfp-sim-";
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final String name;
    private final String hostSide;

    private NetworkNamespace(final String name, final String hostSide) {
        this.name = name;
        this.hostSide = hostSide;
    }

    /**
     * Makes a namespace; needs root.
     *
     * @param addresses of {@code eth0}, with lengths; those of loopback begin with {@code lo:}.
     * @param gateway   where everything else goes.
     * @return the namespace.
     */
    public static NetworkNamespace create(final List<String> addresses, final String gateway) {
        sweep();
        final long pid = ProcessHandle.current().pid();
        final int number = NEXT.getAndIncrement();
        final String name = PREFIX + pid + "-" + number;
        ip("netns", "add", name);
        final NetworkNamespace made = new NetworkNamespace(name, "qfp" + Long.toString(pid, 36) + "n" + Integer.toString(number, 36));
        try {
            made.connect(addresses, gateway);
        } catch (final InputException e) {
            made.close();
            throw e;
        }
        return made;
    }

    /** Makes the cable: at the beginning, and again when it has been deleted. */
    void plug() {
        ip("link", "add", hostSide, "type", "veth", "peer", "name", "eth0", "netns", name);
        // Nobody here speaks on our end of the cable but the router.
        ip("link", "set", hostSide, "addrgenmode", "none", "up");
        // One frame is one packet: the peer's TCP must not leave cutting to a network card that is not there.
        inside("link", "set", "eth0", "gso_max_segs", "1", "up");
    }

    private void connect(final List<String> addresses, final String gateway) {
        plug();
        inside("link", "set", "lo", "up");
        for (final String address : addresses) {
            final boolean loopback = address.startsWith("lo:");
            final List<String> add = new ArrayList<>(List.of("addr", "add", loopback ? address.substring(3) : address, "dev",
                loopback ? "lo" : "eth0"));
            if (address.indexOf(':', 3) >= 0) {
                add.add("nodad");
            }
            inside(add.toArray(String[]::new));
        }
        inside(gateway.contains(":") ? "-6" : "-4", "route", "add", "default", "via", gateway);
    }

    private static void ip(final String... arguments) {
        final List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Tool.run(command);
    }

    private void inside(final String... arguments) {
        final List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments));
        Tool.run(command);
    }

    /**
     * What this machine lacks for it.
     *
     * @return the reason and the fix; empty if there can be namespaces.
     */
    public static Optional<String> missing() {
        if (Tool.find("ip").isEmpty()) {
            return Optional.of("needs iproute2, which is missing: apt-get install iproute2");
        }
        return System.getProperty("user.name").equals("root") ? Optional.empty()
            : Optional.of("needs root: it makes network namespaces and opens packet sockets; run it with sudo");
    }

    /** The file by which the kernel knows it. */
    public Path file() {
        return Path.of("/run/netns", name);
    }

    /** The interface here at which its cable ends. */
    public String hostSide() {
        return hostSide;
    }

    /**
     * A command line that runs within the namespace.
     *
     * @param words program and arguments.
     * @return with what leads into the namespace in front.
     */
    public List<String> command(final String... words) {
        final List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
        command.addAll(List.of(words));
        return command;
    }

    /**
     * Starts a program within the namespace; its output is one stream.
     *
     * @param words program and arguments.
     * @return the process; ended at the latest when the namespace is closed.
     */
    public Process start(final String... words) {
        try {
            return new ProcessBuilder(command(words)).redirectErrorStream(true).start();
        } catch (final IOException e) {
            throw InputException.io(words[0], "cannot be run", e);
        }
    }

    /**
     * Runs a program within the namespace to its end.
     *
     * @param words program and arguments.
     * @return what it wrote to its standard output.
     */
    public String run(final String... words) {
        return Tool.run(command(words));
    }

    /** Namespaces of processes that are no more. */
    private static void sweep() {
        for (final String line : Tool.run(List.of("ip", "netns", "list")).lines().toList()) {
            final String other = line.split(" ", 2)[0];
            if (other.matches(PREFIX + "\\d{1,9}-\\d{1,9}")
                && ProcessHandle.of(Long.parseLong(other.substring(PREFIX.length(), other.lastIndexOf('-')))).isEmpty()) {
                remove(other);
            }
        }
    }

    private static void remove(final String name) {
        Tool.run(List.of("ip", "netns", "pids", name)).lines().map(String::strip).filter(pid -> !pid.isEmpty())
            .forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
        ip("netns", "delete", name);
    }

    @Override
    public void close() {
        remove(name);
        // Its cable goes when the last process in it has gone, which may take a moment.
        try {
            ip("link", "delete", hostSide);
        } catch (final InputException e) {
            // It has gone already.
            return;
        }
    }
}
