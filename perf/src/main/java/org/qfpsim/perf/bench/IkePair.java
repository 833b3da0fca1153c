package org.qfpsim.perf.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.v2.Ikev2Context;
import org.qfpsim.controlplane.ike.v2.Ikev2Service;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/** Two IKEv2 services back to back: what one sends the other receives at once. One thread; its random numbers are seeded. */
final class IkePair {
    static final IpAddress ADDRESS_A = IpAddress.parse("10.0.0.1");
    static final IpAddress ADDRESS_B = IpAddress.parse("10.0.0.2");

    private static final EventLog SILENT = new EventLog() {
        @Override
        public void message(final String facility, final int severity, final String mnemonic, final String text) {
            // Lines are measured where they are read.
        }

        @Override
        public void debug(final Debug category, final @Nullable IpAddress peer, final Supplier<String> line) {
            // The line is not even made.
        }
    };

    private final Timers timers = new Timers();
    private final Deque<Runnable> wire = new ArrayDeque<>();
    private final End a;
    private final End b;

    /** A router, as far as IKE sees one. */
    private final class End {
        private final IkeBooks books;
        private final Ikev2Service service;

        End(final IpAddress address, final IpAddress peer, final int group, final long seed) {
            books = new IkeBooks(address, peer, group);
            service = new Ikev2Service(new Ikev2Context(books, books, (path, message) -> wire.add(() -> other().service.receive(
                new IkePath(path.remote(), path.remotePort(), path.local(), path.localPort()), message)), timers, SILENT,
                new SplittableRandom(seed), IkeKeyLog.NONE));
        }

        private End other() {
            return a == this ? b : a;
        }
    }

    /** Two ends with nothing between them. */
    IkePair(final int group) {
        a = new End(ADDRESS_A, ADDRESS_B, group, 1);
        b = new End(ADDRESS_B, ADDRESS_A, group, 2);
    }

    static byte[] key() {
        return "a shared key".getBytes(StandardCharsets.US_ASCII);
    }

    private void deliver() {
        while (!wire.isEmpty()) {
            wire.remove().run();
        }
    }

    /** IKE_SA_INIT and IKE_AUTH. */
    void setUp() {
        a.service.requestChild(a.books.policy(), ADDRESS_B, null);
        deliver();
        require(1);
    }

    /** CREATE_CHILD_SA for a pair in place of the one that there is, and INFORMATIONAL that deletes that. */
    void rekey() {
        final int old = a.books.pair();
        a.service.requestChild(a.books.policy(), ADDRESS_B, old);
        deliver();
        require(1);
        Traffic.require("pairs that were kept", 0, a.books.pair() == old ? 1 : 0);
    }

    /** Both ends forget everything; a moment passes, so that timers that were called off go too. */
    void clear() {
        a.service.clear(null, true);
        b.service.clear(null, true);
        a.books.clear();
        b.books.clear();
        timers.advance(timers.nanos() + TimeUnit.MILLISECONDS.toNanos(1));
    }

    private void require(final int pairs) {
        Traffic.require("pairs of A", pairs, a.books.pairs());
        Traffic.require("pairs of B", pairs, b.books.pairs());
        Traffic.require("IKE SAs", 2, a.service.ikeSas().size() + b.service.ikeSas().size());
    }
}
