package org.qfpsim.controlplane.login;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.LoginConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.terminal.TerminalLines;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * SSH as the router sees it: who may connect, who is connected, who gets a line. The protocol is somebody else's ({@link SshProtocol}).
 * Used by the control thread only.
 *
 * <p>Nobody connects unless a virtual terminal is free that lets SSH in ({@code transport input ssh} and {@code login local}), nor in quiet
 * mode, nor while so many are connected who have not logged in yet. Whoever logs in has a line kept for him.
 */
public final class SshService {
    /** Connections of people who have not logged in. */
    public static final int STRANGERS = 10;

    private final Supplier<RouterConfig> config;
    private final TerminalLines lines;
    private final LoginWatch watch;
    private final EventLog log;
    private final List<SshConnection> connections = new ArrayList<>();
    private final long[] counts = new long[Count.values().length];
    private @Nullable SshProtocol protocol;

    /** What has become of connections. */
    public enum Count {
        /** Taken. */
        ACCEPTED("accepted"),
        /** Refused: no line lets SSH in, or all that do are taken. */
        NO_LINE("refused, no terminal line is free"),
        /** Refused: quiet mode. */
        QUIET("refused, quiet mode"),
        /** Refused: so many are connected who have not logged in. */
        STRANGERS("refused, too many have not logged in");

        private final String text;

        Count(final String text) {
            this.text = text;
        }
    }

    /**
     * Makes the service, which waits for somebody who speaks the protocol.
     *
     * @param config of the router.
     * @param lines  its terminal lines.
     * @param watch  sees who logs in.
     * @param log    gets the messages.
     */
    public SshService(final Supplier<RouterConfig> config, final TerminalLines lines, final LoginWatch watch, final EventLog log) {
        this.config = config;
        this.lines = lines;
        this.watch = watch;
        this.log = log;
    }

    /**
     * Somebody speaks SSH for this router from now on; may be said more than once.
     *
     * @param what it is.
     */
    public void serve(final SshProtocol what) {
        if (!what.equals(protocol)) {
            protocol = what;
            log.message("SSH", 5, "ENABLED", "SSH 2.0 has been enabled");
        }
    }

    /**
     * Whether a connection is one of this router's, and not of one that has lost its power meanwhile.
     *
     * @param connection which.
     * @return false also when it is over.
     */
    public boolean knows(final SshConnection connection) {
        return connections.contains(connection);
    }

    /**
     * Takes a connection.
     *
     * @param address that it comes from.
     * @param port    local port that it comes to.
     * @return the connection; null if it is refused.
     */
    public @Nullable SshConnection accept(final IpAddress address, final int port) {
        final Count outcome = watch.isQuiet() ? Count.QUIET : !hasLine() ? Count.NO_LINE
            : connections.stream().filter(SshConnection::isStranger).count() >= STRANGERS ? Count.STRANGERS : Count.ACCEPTED;
        counts[outcome.ordinal()]++;
        if (outcome != Count.ACCEPTED) {
            return null;
        }
        int number = 0;
        while (isTaken(number)) {
            number++;
        }
        final LoginConfig.Ssh ssh = ssh();
        final SshConnection connection = new SshConnection(this, number, address, port,
            new SshConnection.Terms(ssh.timeoutSeconds(), ssh.retries() + 1, watch.delaySeconds()));
        connections.add(connection);
        return connection;
    }

    private boolean isTaken(final int number) {
        return connections.stream().anyMatch(each -> each.number() == number);
    }

    /** Whether there is a line for one more. */
    boolean hasLine() {
        return lines.freeForSsh() > connections.stream().filter(SshConnection::isWaiting).count();
    }

    private LoginConfig.Ssh ssh() {
        return config.get().terminal().login().ssh();
    }

    /** A connection has been refused because there is no line any more. */
    void noLine() {
        counts[Count.NO_LINE.ordinal()]++;
    }

    /** A connection is over; returns false if it was already. */
    boolean close(final SshConnection connection) {
        return connections.remove(connection);
    }

    RouterConfig config() {
        return config.get();
    }

    LoginWatch watch() {
        return watch;
    }

    /** Something for {@code ip ssh logging events}. */
    void event(final String mnemonic, final String text) {
        if (ssh().logEvents()) {
            log.message("SSH", 5, mnemonic, text);
        }
    }

    /**
     * How often something has happened.
     *
     * @param what which of them.
     * @return the count.
     */
    public long count(final Count what) {
        return counts[what.ordinal()];
    }

    /** {@code show ssh}. */
    String show() {
        final StringBuilder text = new StringBuilder();
        connections.forEach(each -> text.append(each.rows()));
        return connections.isEmpty() ? "%No SSHv2 server connections running.\n"
            : "Connection Version Mode Encryption  Hmac         State                 Username\n" + text;
    }

    /** {@code show qfp-sim ssh}. */
    String counters() {
        final StringBuilder text = new StringBuilder("SSH connections:\n");
        for (final Count each : Count.values()) {
            text.append(String.format(Locale.ROOT, "  %-40s %10d\n", each.text, counts[each.ordinal()]));
        }
        return text.toString();
    }

    /** {@code show ip ssh}. */
    String settings() {
        final SshProtocol serving = protocol;
        final StringBuilder text = new StringBuilder(serving == null ? "SSH Disabled - version 2.0\n" : "SSH Enabled - version 2.0\n");
        if (serving != null) {
            text.append("Authentication methods:password\n");
            text.append("Hostkey Algorithms:").append(String.join(",", serving.hostKeys())).append('\n');
            text.append("Encryption Algorithms:").append(String.join(",", serving.ciphers())).append('\n');
            text.append("MAC Algorithms:").append(String.join(",", serving.macs())).append('\n');
            text.append("KEX Algorithms:").append(String.join(",", serving.exchanges())).append('\n');
        }
        text.append("Authentication timeout: ").append(ssh().timeoutSeconds()).append(" secs; Authentication retries: ")
            .append(ssh().retries()).append('\n');
        if (serving != null) {
            text.append("IOS Keys in SECSH format(ssh-rsa, base64 encoded): ").append(config().hostname()).append('\n')
                .append(serving.hostKey().replaceAll("(.{72})", "$1\n")).append('\n');
        }
        return text.toString();
    }
}
