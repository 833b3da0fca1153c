package org.qfpsim.controlplane.login;

import java.util.Locale;
import java.util.Optional;
import org.qfpsim.controlplane.config.model.AccessConfig;
import org.qfpsim.controlplane.config.model.HashedSecret;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.datapath.packet.IpAddress;

/** One SSH connection, from its first octet to its last. Used by the control thread only. */
public final class SshConnection {
    private final SshService service;
    private final int number;
    private final IpAddress address;
    private final int port;
    private final Terms terms;
    private State state = State.KEYS;
    private Algorithms inward = Algorithms.NONE;
    private Algorithms outward = Algorithms.NONE;
    private Attempt attempt;
    private int privilege;

    /** How far it has come. */
    private enum State {
        KEYS("Keys exchanged"), LOGIN("Authenticating"), WAITING("Authenticated"), SESSION("Session started");

        private final String text;

        State(final String text) {
            this.text = text;
        }
    }

    /**
     * What holds for a connection; of the configuration when it came.
     *
     * @param loginSeconds until whoever has not logged in is let go.
     * @param passwords    that he may try.
     * @param delaySeconds that he waits after a wrong one.
     */
    public record Terms(int loginSeconds, int passwords, int delaySeconds) {
    }

    /**
     * What protects one direction.
     *
     * @param cipher name of the cipher.
     * @param mac    name of the MAC.
     */
    public record Algorithms(String cipher, String mac) {
        private static final Algorithms NONE = new Algorithms("", "");
    }

    SshConnection(final SshService service, final int number, final IpAddress address, final int port, final Terms terms) {
        this.service = service;
        this.number = number;
        this.address = address;
        this.port = port;
        this.terms = terms;
        attempt = new Attempt("", address.toString(), port);
    }

    int number() {
        return number;
    }

    /** What holds for it. */
    public Terms terms() {
        return terms;
    }

    /** Whether nobody has logged in yet. */
    boolean isStranger() {
        return state == State.KEYS || state == State.LOGIN;
    }

    /** Whether a line is kept for it. */
    boolean isWaiting() {
        return state == State.WAITING;
    }

    /**
     * Keys were exchanged.
     *
     * @param in  protects what the client sends.
     * @param out protects what the router sends.
     */
    public void negotiated(final Algorithms in, final Algorithms out) {
        inward = in;
        outward = out;
        if (state == State.KEYS) {
            state = State.LOGIN;
            service.event("SSH2_SESSION", "SSH2 Session request from " + where() + " Succeeded");
        }
    }

    /**
     * The hash that a user's password must have; hashing takes some time, so it is not for the control thread.
     *
     * @param user his name.
     * @return the hash; empty if there is no such user, or he has only a password in clear, which is not good enough for a network.
     */
    public Optional<HashedSecret> secret(final String user) {
        return service.config().access().user(user).map(AccessConfig.User::hash);
    }

    /**
     * Somebody has given a password.
     *
     * @param user  his name.
     * @param right whether it has the right hash.
     * @return whether he is in: not in quiet mode, nor if the line that was free for him is not any more.
     */
    public boolean login(final String user, final boolean right) {
        attempt = new Attempt(user, address.toString(), port);
        if (service.watch().isQuiet()) {
            return false;
        }
        final boolean known = right && service.config().access().user(user).isPresent();
        final boolean in = known && service.hasLine();
        if (known && !in) {
            service.noLine();
        } else {
            service.watch().done(attempt, in);
        }
        service.event("SSH2_USERAUTH", "User '" + attempt.user() + "' authentication for SSH2 Session from " + where()
            + (in ? " Succeeded" : " Failed"));
        if (in) {
            privilege = service.config().access().user(user).map(AccessConfig.User::privilege).orElse(0);
            state = State.WAITING;
        }
        return in;
    }

    /**
     * The user opens his terminal; it must be opened at once.
     *
     * @param manner  what is at the far end.
     * @param columns of its screen, or 0.
     * @param rows    of its screen, or 0.
     * @return who he is for {@link org.qfpsim.controlplane.terminal.TerminalLines#open}.
     */
    public Caller caller(final Caller.Manner manner, final int columns, final int rows) {
        state = State.SESSION;
        return new Caller(Caller.Way.SSH, manner, address.toString(), attempt.user(), privilege, columns, rows);
    }

    /** It is over; may be said more than once. */
    public void closed() {
        if (service.close(this) && state != State.KEYS) {
            service.event("SSH2_CLOSE", "SSH2 Session from " + where() + " for user '" + attempt.user() + "' closed");
        }
    }

    private String where() {
        return address + " (tty = " + number + ") using crypto cipher '" + inward.cipher() + "', hmac '" + inward.mac() + "'";
    }

    /** Its rows of {@code show ssh}. */
    String rows() {
        return row("IN", inward) + row("OUT", outward);
    }

    private String row(final String mode, final Algorithms algorithms) {
        return String.format(Locale.ROOT, "%-10d %-7s %-4s %-11s %-12s %-21s %s\n", number, "2.0", mode, algorithms.cipher(),
            algorithms.mac(), state.text, attempt.user()).replaceAll(" +\n", "\n");
    }
}
