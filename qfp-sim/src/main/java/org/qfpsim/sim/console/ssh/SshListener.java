package org.qfpsim.sim.console.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.login.SshProtocol;
import org.qfpsim.controlplane.login.SshService;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.scenario.LiveScenario;

/**
 * Listens for SSH and brings those who log in to a router's terminal lines. Passwords only; a terminal or a command, once a connection;
 * no forwarding, no files.
 */
public final class SshListener implements AutoCloseable {
    private static final Duration NEVER = Duration.ZERO;
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final long WINDOW = 1 << 16;
    /** One for each who has not logged in, who may wait in it, one that accepts, one for all others. */
    private static final int IO_THREADS = SshService.STRANGERS + 2;

    private final SshServer server;

    private SshListener(final SshServer server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param scenario has the router, and must run for anybody to get in.
     * @param router   its name.
     * @param address  where to listen.
     * @param hostKey  file of the host key, made if it is missing; null: the usual one of this user.
     * @return the listener, until it is closed.
     * @throws InputException if it cannot listen there, or there is something about the key.
     */
    public static SshListener open(final LiveScenario scenario, final String router, final ListenAddress address,
                                   final @Nullable Path hostKey) {
        final KeyPair key = HostKey.load(hostKey == null ? HostKey.standard() : hostKey);
        final SshServer server = SshServer.setUpDefaultServer();
        final SshGuests guests = new SshGuests(scenario, router);
        server.setHost(address.socket().getAddress().getHostAddress());
        server.setPort(address.socket().getPort());
        server.setSignatureFactories(List.of(BuiltinSignatures.rsaSHA512, BuiltinSignatures.rsaSHA256));
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));
        server.setPasswordAuthenticator(guests);
        server.addSessionListener(guests);
        server.setShellFactory(channel -> new SshTerminal(guests, null));
        server.setCommandFactory((channel, command) -> new SshTerminal(guests, command));
        server.setSubsystemFactories(List.of());
        server.setChannelFactories(List.of(ChannelSessionFactory.INSTANCE));
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setGlobalRequestHandlers(List.of(new KeepAliveHandler()));
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "qfp-sim");
        CoreModuleProperties.NIO_WORKERS.set(server, IO_THREADS);
        CoreModuleProperties.WINDOW_SIZE.set(server, WINDOW);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, 1);
        // The line's own exec-timeout counts; a connection without a session is ended by its guests.
        CoreModuleProperties.IDLE_TIMEOUT.set(server, NEVER);
        try {
            server.start();
        } catch (final IOException e) {
            throw InputException.io("--ssh " + address.socket().getAddress().getHostAddress() + ":" + address.socket().getPort(),
                "cannot listen there", e);
        }
        final SshListener listener = new SshListener(server);
        guests.serve(new SshProtocol(PublicKeyEntry.toString(key.getPublic()),
            NamedResource.getNameList(server.getSignatureFactories()), NamedResource.getNameList(server.getKeyExchangeFactories()),
            NamedResource.getNameList(server.getCipherFactories()), NamedResource.getNameList(server.getMacFactories())));
        return listener;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        final SocketAddress bound = server.getBoundAddresses().iterator().next();
        return (InetSocketAddress) Objects.requireNonNull(bound);
    }

    @Override
    public void close() {
        try {
            // First those who are connected: MINA takes its threads away without waiting for what they do.
            for (final Session session : server.getActiveSessions()) {
                session.close(true).await(CLOSING);
            }
            server.stop(true);
        } catch (final IOException e) {
            throw InputException.io("SSH", "cannot be closed", e);
        }
    }
}
