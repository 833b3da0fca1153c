package org.qfpsim.sim.console.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.HashedSecret;
import org.qfpsim.controlplane.login.SshConnection;
import org.qfpsim.controlplane.login.SshProtocol;
import org.qfpsim.controlplane.login.SshService;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.sim.scenario.LiveScenario;

/**
 * Those who come by SSH: asks the router for each connection whether it may come in, and for each password whether it is right. MINA's
 * threads call it and wait for the router; there are more of them than connections of people who have not logged in, so that those keep
 * nobody else waiting. (MINA can take the answer later from another thread, but then the next password may overtake it.)
 */
final class SshGuests implements SessionListener, PasswordAuthenticator {
    private static final AttributeKey<Guest> GUEST = new AttributeKey<>();
    private static final long ANSWER_SECONDS = 5;
    /** What the password of a user that does not exist is compared with, so that he takes as long as others. */
    private static final HashedSecret NOBODY = HashedSecret.of("nobody");

    private final LiveScenario scenario;
    private final String router;
    private final Object hashing = new Object();
    private volatile @Nullable SshProtocol protocol;

    /** A connection that was let in, how many passwords it may still try, and whether it has had its terminal. */
    private record Guest(SshConnection connection, AtomicInteger passwords, AtomicBoolean served) {
    }

    SshGuests(final LiveScenario scenario, final String router) {
        this.scenario = scenario;
        this.router = router;
    }

    /** Tells the router what speaks SSH for it. */
    void serve(final SshProtocol what) {
        protocol = what;
        scenario.ssh(router, service -> {
            service.serve(what);
            return null;
        });
    }

    @Override
    public void sessionCreated(final Session session) {
        final SshConnection connection = accept(session);
        if (connection == null) {
            session.close(true);
            return;
        }
        final SshConnection.Terms terms = connection.terms();
        CoreModuleProperties.AUTH_TIMEOUT.set(session, Duration.ofSeconds(terms.loginSeconds()));
        session.setAttribute(GUEST, new Guest(connection, new AtomicInteger(terms.passwords()), new AtomicBoolean()));
    }

    /** The listener takes one connection after the other, so that those who come too fast wait outside. */
    private @Nullable SshConnection accept(final Session session) {
        final InetSocketAddress from = (InetSocketAddress) session.getIoSession().getRemoteAddress();
        final InetSocketAddress to = (InetSocketAddress) session.getIoSession().getLocalAddress();
        return ask(service -> {
            final SshProtocol known = protocol;
            if (known != null) {
                // The router may have been started again.
                service.serve(known);
            }
            return service.accept(IpAddress.of(from.getAddress().getAddress()), to.getPort());
        }).orElse(null);
    }

    /** Asks about a connection; null if it is none of the router's. */
    private static <T> Function<SshService, @Nullable T> about(final SshConnection connection,
                                                               final Function<SshConnection, @Nullable T> question) {
        return service -> service.knows(connection) ? question.apply(connection) : null;
    }

    /** Asks the router, and waits for the answer; empty if it does not come. */
    private <T> Optional<T> ask(final Function<SshService, @Nullable T> question) {
        try {
            return scenario.ssh(router, question).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (final ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void sessionEvent(final Session session, final Event event) {
        final Guest guest = session.getAttribute(GUEST);
        if (guest == null) {
            return;
        }
        if (event == Event.KeyEstablished) {
            final SshConnection.Algorithms in = algorithms(session, KexProposalOption.C2SENC, KexProposalOption.C2SMAC);
            final SshConnection.Algorithms out = algorithms(session, KexProposalOption.S2CENC, KexProposalOption.S2CMAC);
            scenario.ssh(router, about(guest.connection(), it -> {
                it.negotiated(in, out);
                return null;
            }));
        } else if (event == Event.Authenticated) {
            // Until the terminal is opened, which must happen soon.
            CoreModuleProperties.IDLE_TIMEOUT.set(session, Duration.ofSeconds(guest.connection().terms().loginSeconds()));
        }
    }

    private static SshConnection.Algorithms algorithms(final Session session, final KexProposalOption cipher, final KexProposalOption mac) {
        return new SshConnection.Algorithms(session.getNegotiatedKexParameter(cipher), session.getNegotiatedKexParameter(mac));
    }

    @Override
    public void sessionClosed(final Session session) {
        final Guest guest = session.getAttribute(GUEST);
        if (guest != null) {
            scenario.ssh(router, about(guest.connection(), it -> {
                it.closed();
                return null;
            }));
        }
    }

    @Override
    public boolean authenticate(final String user, final String password, final ServerSession session) {
        final Guest guest = session.getAttribute(GUEST);
        if (guest == null) {
            return false;
        }
        final SshConnection connection = guest.connection();
        final boolean right = isRight(ask(about(connection, it -> it.secret(user).orElse(null))), password);
        final boolean in = ask(about(connection, it -> it.login(user, right))).orElse(false);
        if (!in) {
            refuse(session, guest);
        }
        return in;
    }

    /** One at a time, so that guessing costs the router a part of one processor at most. */
    private boolean isRight(final Optional<HashedSecret> secret, final String password) {
        synchronized (hashing) {
            return secret.orElse(NOBODY).matches(password) && secret.isPresent();
        }
    }

    private static void refuse(final ServerSession session, final Guest guest) {
        try {
            TimeUnit.SECONDS.sleep(guest.connection().terms().delaySeconds());
            if (guest.passwords().decrementAndGet() <= 0) {
                session.disconnect(SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE, "Too many authentication failures");
            }
        } catch (final IOException e) {
            session.close(true);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens a terminal line for somebody who has logged in; the answer is empty if he has had one, or the router is off. */
    CompletableFuture<Optional<TerminalPort>> open(final ServerSession session, final Caller.Manner manner, final int columns,
                                                   final int rows) {
        final Guest guest = session.getAttribute(GUEST);
        if (guest == null || !guest.served().compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        // The line's exec-timeout counts from now on.
        CoreModuleProperties.IDLE_TIMEOUT.set(session, Duration.ZERO);
        return scenario.ssh(router, about(guest.connection(), it -> it.caller(manner, columns, rows)))
            .thenApply(caller -> caller.map(who -> scenario.terminal(router, who)));
    }
}
