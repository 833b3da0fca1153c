package org.qfpsim.controlplane.recovery;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.SimulatorConfig;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ipsec.IpsecManager;
import org.qfpsim.controlplane.ipsec.UnknownSpi;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Decides what is done about packets with an unknown SPI. With an IKE SA to the sender it is told by a DELETE, always. Without one, and
 * only if the command is configured, IKE is begun, and only with a peer that the configuration names: a forger does not choose whom
 * this router talks to. One {@link RecoveryRun} for a peer at a time, a number of IKE exchanges in negotiation, tables that do not grow.
 */
public final class InvalidSpiRecovery {
    private static final int ESP = 50;
    private static final long SECOND = 1_000_000_000L;
    private static final int MAX_DOUBLINGS = 5;

    private final Timers timers;
    private final EventLog log;
    private final IpsecManager manager;
    private final KnownPeers peers;
    private final List<IkeService> services;
    private final Supplier<RecoverySettings> settings;
    private final InvalidSpiMessages messages;
    private final SpiEntries entries = new SpiEntries();
    private final Map<Peer, RecoveryRun> runs = new HashMap<>();
    private final Map<Peer, Pause> pauses = new HashMap<>();
    private final Map<Decision, Long> decisions = new EnumMap<>(Decision.class);
    private long packets;
    private long started;

    /**
     * Between whom a recovery is.
     *
     * @param local our address.
     * @param peer  the sender's.
     */
    record Peer(IpAddress local, IpAddress peer) {
    }

    /**
     * A peer that nothing is tried with for a while.
     *
     * @param until    when it ends.
     * @param failures in a row.
     * @param reason   why.
     */
    private record Pause(long until, int failures, String reason) {
    }

    /**
     * A recovery that has seen nothing.
     *
     * @param timers   the control plane's.
     * @param log      for messages and debug lines.
     * @param manager  knows SPIs that are in use, and asks for new SAs.
     * @param peers    whom the configuration names.
     * @param services versions of IKE, the preferred one first.
     * @param settings asked anew each time.
     * @param simulator release and defects; asked anew each time.
     */
    public InvalidSpiRecovery(final Timers timers, final EventLog log, final IpsecManager manager, final KnownPeers peers,
                              final List<IkeService> services, final Supplier<RecoverySettings> settings,
                              final Supplier<SimulatorConfig> simulator) {
        this.timers = timers;
        this.log = log;
        this.manager = manager;
        this.peers = peers;
        this.services = List.copyOf(services);
        this.settings = settings;
        messages = new InvalidSpiMessages(log, simulator);
    }

    /**
     * The datapath has seen packets with an unknown SPI.
     *
     * @param what who and how many.
     */
    public void unknownSpi(final UnknownSpi what) {
        final long now = timers.nanos();
        final SpiKey key = SpiKey.of(what);
        final KnownPeers.Answer known = peers.find(what.destination(), what.source());
        final IkeService over = withIkeSa(what.destination(), what.source());
        final SpiEntry entry = entries.get(key, known.policy() != null || over != null, now);
        packets += what.packets();
        entry.seen(what.packets(), now);
        if (messages.report(what, key, settings.get(), now)) {
            entry.line();
        }
        decide(what, entry, known, over);
    }

    private void decide(final UnknownSpi what, final SpiEntry entry, final KnownPeers.Answer known, final @Nullable IkeService over) {
        final Peer peer = new Peer(what.destination(), what.source());
        final RecoveryRun run = runs.get(peer);
        final Pause pause = pauses.get(peer);
        if (what.protocol() != ESP) {
            note(entry, Decision.NOT_ESP, "protocol " + what.protocol() + " has no SA here");
        } else if (manager.isInUse(what.spi())) {
            note(entry, Decision.NEGOTIATING, "IKE has given this SPI to the peer and is about to install its SA");
        } else if (run != null) {
            if (run.seen(what.spi())) {
                note(entry, Decision.UNDER_WAY, "the next DELETE names this SPI");
            }
        } else if (pause != null && pause.until() > timers.nanos()) {
            note(entry, Decision.LIMITED, pause.reason());
        } else if (over != null) {
            note(entry, Decision.DELETE, "there is an IKE SA with the sender");
            begin(peer, entry, new RecoveryRun(this, over, peer, known.policy(), what.spi())).withIkeSa();
        } else if (!settings.get().enabled()) {
            // Has no effect but the debug line about a notify that cannot be sent.
            Objects.requireNonNullElseGet(service(1), services::getLast)
                .sendDelete(what.destination(), what.source(), List.of(what.spi()), false);
            note(entry, Decision.OFF, "no IKE SA with the sender, and crypto isakmp invalid-spi-recovery is not configured");
        } else {
            withoutIkeSa(what, entry, known, peer);
        }
    }

    private void withoutIkeSa(final UnknownSpi what, final SpiEntry entry, final KnownPeers.Answer known, final Peer peer) {
        if (!known.applicable()) {
            note(entry, Decision.NOT_APPLICABLE, known.reason());
            return;
        }
        final IkeService service = known.policy() == null ? null : service(known.policy().version());
        if (known.policy() == null || service == null) {
            note(entry, Decision.UNKNOWN_PEER, known.reason());
        } else if (runs.values().stream().filter(RecoveryRun::waitsForIke).count() >= settings.get().inNegotiation()) {
            note(entry, Decision.LIMITED, settings.get().inNegotiation() + " IKE exchanges of recovery are in negotiation");
        } else {
            started++;
            note(entry, Decision.START_IKE, known.reason());
            begin(peer, entry, new RecoveryRun(this, service, peer, known.policy(), what.spi())).withoutIkeSa();
        }
    }

    private RecoveryRun begin(final Peer peer, final SpiEntry entry, final RecoveryRun run) {
        runs.put(peer, run);
        entry.seen(0, timers.nanos());
        return run;
    }

    /** A run is over. */
    void ended(final Peer peer, final @Nullable String failure) {
        runs.remove(peer);
        final Pause before = pauses.remove(peer);
        pauses.values().removeIf(pause -> pause.until() + MinuteLimit.MINUTE < timers.nanos());
        if (failure != null) {
            final int failures = before == null ? 0 : Math.min(before.failures() + 1, MAX_DOUBLINGS);
            final long length = (10 * SECOND) << failures;
            pauses.put(peer, new Pause(timers.nanos() + length, failures, failure + "; nothing for " + length / SECOND + " s"));
        }
    }

    void note(final SpiEntry entry, final Decision decision, final String reason) {
        if (entry.decided(decision, reason)) {
            decisions.merge(decision, 1L, Long::sum);
            final SpiKey key = entry.key();
            log.debug(Debug.CRYPTO_IPSEC, key.source(), () -> "IPSEC(invalid_spi): " + SpiKey.hex(key.spi()) + " from " + key.source()
                + " to " + key.destination() + ": " + decision.text() + ": " + reason);
        }
    }

    void note(final Peer peer, final int spi, final Decision decision, final String reason) {
        final SpiEntry entry = entries.find(new SpiKey(peer.peer(), peer.local(), spi));
        if (entry != null) {
            note(entry, decision, reason);
        }
    }

    private @Nullable IkeService withIkeSa(final IpAddress local, final IpAddress peer) {
        return services.stream().filter(service -> service.hasIkeSa(local, peer)).findFirst().orElse(null);
    }

    private @Nullable IkeService service(final int version) {
        return services.stream().filter(service -> service.version() == version).findFirst().orElse(null);
    }

    Timers timers() {
        return timers;
    }

    IpsecManager manager() {
        return manager;
    }

    RecoverySettings settings() {
        return settings.get();
    }

    /** What was seen, peers first. */
    public List<SpiEntry> entries() {
        return entries.all();
    }

    /** Packets with an unknown SPI that the datapath has told of. */
    public long packets() {
        return packets;
    }

    /** Packets of entries that had to make room for others. */
    public long forgottenPackets() {
        return entries.forgottenPackets();
    }

    /** IKE exchanges that were begun. */
    public long started() {
        return started;
    }

    /** System messages that were written. */
    public long written() {
        return messages.written();
    }

    /** System messages that the limits have suppressed. */
    public long suppressed() {
        return messages.suppressed();
    }

    /**
     * How often something was decided.
     *
     * @param decision what.
     * @return decisions that differed from the one before about the same packets.
     */
    public long decisions(final Decision decision) {
        return decisions.getOrDefault(decision, 0L);
    }

    /**
     * What may be read from an entry.
     *
     * @param entry one of {@link #entries}.
     * @return the reading.
     */
    public InvalidSpiReading reading(final SpiEntry entry) {
        final SpiKey key = entry.key();
        return InvalidSpiReading.of(new InvalidSpiReading.Sighting(key, entry.packets(), entry.firstNanos(), entry.lastNanos()),
            manager.past(key.spi()).orElse(null), peers.find(key.destination(), key.source()).policy() != null
                || withIkeSa(key.destination(), key.source()) != null);
    }
}
