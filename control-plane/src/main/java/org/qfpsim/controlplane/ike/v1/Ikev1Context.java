package org.qfpsim.controlplane.ike.v1;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.IkeTransport;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/** What all exchanges of a router share. */
final class Ikev1Context {
    private final IkeConfig config;
    private final IpsecEngine engine;
    private final IkeTransport transport;
    private final Timers timers;
    private final EventLog log;
    private final Entropy entropy;
    private final IkeKeyLog keyLog;
    private final Ikev1Settings settings;
    private final MessageLimiter limiter;
    private final SaTable table = new SaTable();
    private final SaControl control;
    private final Departed departed;
    private final Map<Ikev1Counter, Long> counters = new EnumMap<>(Ikev1Counter.class);

    Ikev1Context(final IkeConfig config, final IpsecEngine engine, final IkeTransport transport, final Timers timers, final EventLog log,
                 final Entropy entropy, final IkeKeyLog keyLog, final Ikev1Settings settings) {
        this.config = config;
        this.engine = engine;
        this.transport = transport;
        this.timers = timers;
        this.log = log;
        this.entropy = entropy;
        this.keyLog = keyLog;
        this.settings = settings;
        limiter = new MessageLimiter(timers);
        control = new SaControl(this);
        departed = new Departed(timers);
    }

    Departed departed() {
        return departed;
    }

    SaControl control() {
        return control;
    }

    IkeConfig config() {
        return config;
    }

    IpsecEngine engine() {
        return engine;
    }

    Timers timers() {
        return timers;
    }

    Entropy entropy() {
        return entropy;
    }

    IkeKeyLog keyLog() {
        return keyLog;
    }

    Ikev1Settings settings() {
        return settings;
    }

    SaTable table() {
        return table;
    }

    void count(final Ikev1Counter counter) {
        counters.merge(counter, 1L, Long::sum);
    }

    long counted(final Ikev1Counter counter) {
        return counters.getOrDefault(counter, 0L);
    }

    void send(final IkePath path, final byte[] message) {
        count(Ikev1Counter.SENT);
        transport.send(path, message);
    }

    /** A NAT-T keepalive (RFC 3948 section 2.3); it is no message. */
    void keepalive(final IkePath path) {
        transport.send(path, new byte[] {(byte) 0xff});
    }

    Timers.Timer after(final long seconds, final Runnable action) {
        return timers.after(TimeUnit.SECONDS.toNanos(seconds), action);
    }

    void debug(final @Nullable IpAddress peer, final Supplier<String> line) {
        log.debug(Debug.CRYPTO_ISAKMP, peer, line);
    }

    /** A system message that a stranger can cause. */
    void limited(final int severity, final String mnemonic, final String text) {
        if (limiter.allows(mnemonic + text)) {
            log.message("CRYPTO", severity, mnemonic, text);
        }
    }
}
