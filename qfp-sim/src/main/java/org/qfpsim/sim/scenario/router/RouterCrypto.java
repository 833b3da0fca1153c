package org.qfpsim.sim.scenario.router;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.sim.InputException;

/**
 * Where routers get their crypto libraries from. Opening them takes the known-answer tests and some memory, so that a thousand routers that
 * work on one thread use the same, with one lane of each: a lane is empty whenever an engine has finished a batch, and one thread works on
 * one batch at a time. Routers that have threads of their own open their own.
 */
final class RouterCrypto {
    private final boolean oneThread;
    private List<CryptoBackend> shared = List.of();
    private @Nullable CryptoBackends opened;
    private int users;

    /** Nothing is opened yet. */
    RouterCrypto(final boolean oneThread) {
        this.oneThread = oneThread;
    }

    /**
     * The libraries of one router.
     *
     * @param backends in the order of preference.
     * @param release  gives them back when the router is gone.
     */
    record Lease(List<CryptoBackend> backends, Runnable release) {
    }

    /** Libraries for one more router; the thread is that of the router. */
    Lease lease() {
        if (!oneThread) {
            final CryptoBackends own = open();
            return new Lease(own.all(), own::close);
        }
        if (users++ == 0) {
            final CryptoBackends first = open();
            opened = first;
            shared = first.all().stream().<CryptoBackend>map(OneLane::new).toList();
        }
        return new Lease(shared, this::release);
    }

    private void release() {
        if (--users == 0 && opened != null) {
            opened.close();
            opened = null;
            shared = List.of();
        }
    }

    private static CryptoBackends open() {
        try {
            return CryptoBackends.open(CryptoBackends.AUTO);
        } catch (final CryptoUnavailableException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A library all of whose users are on one thread. */
    private static final class OneLane implements CryptoBackend {
        private final CryptoBackend backend;
        private final CryptoLane lane;

        OneLane(final CryptoBackend backend) {
            this.backend = backend;
            this.lane = backend.newLane();
        }

        @Override
        public String id() {
            return backend.id();
        }

        @Override
        public String description() {
            return backend.description();
        }

        @Override
        public Set<EspSuite> suites() {
            return backend.suites();
        }

        @Override
        public long install(final EspSuite suite, final EspKeys keys) {
            return backend.install(suite, keys);
        }

        @Override
        public void release(final EspSuite suite, final long handle) {
            backend.release(suite, handle);
        }

        @Override
        public CryptoLane newLane() {
            return lane;
        }

        /** The library is closed by who has opened it. */
        @Override
        public void close() {
            // Others use it, too.
        }
    }
}
