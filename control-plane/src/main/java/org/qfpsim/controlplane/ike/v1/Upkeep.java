package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.time.Timers;

/** What an ISAKMP SA does while it is up: it ends in time, is replaced before, asks whether the peer lives, and keeps a NAT's mapping. */
final class Upkeep {
    private static final int TENTH = 10;

    private final IsakmpSa sa;
    private final Ikev1Context context;
    private final List<Timers.Timer> timers = new ArrayList<>();
    private Timers.@Nullable Timer probeTimer;
    private Timers.@Nullable Timer keepaliveTimer;
    private int sequence;
    private int unanswered;
    private long checkedNanos;

    Upkeep(final IsakmpSa sa) {
        this.sa = sa;
        context = sa.context();
    }

    /**
     * Phase 1 is complete.
     *
     * @param seconds how long it holds.
     */
    void start(final long seconds) {
        sa.debug(() -> "Starting SA life timer: " + seconds);
        timers.add(context.after(seconds, () -> context.control().close(sa, "IKE SA Lifetime Exceeded", true)));
        if (sa.initiator()) {
            final long margin = Math.min(context.settings().rekeyMarginSeconds(), seconds / TENTH);
            timers.add(context.after(seconds - margin, this::rekey));
        }
        checkedNanos = context.timers().nanos();
        final IkeConfig.Dpd dpd = dpd();
        if (sa.peer().dpd() && dpd.seconds() > 0) {
            probeTimer = context.after(dpd.seconds(), this::check);
        }
        keepaliveLater();
    }

    /** Nobody needs a new SA if nothing has gone on under the old one. */
    private void rekey() {
        if (context.engine().heardSince(sa.path(), sa.createdNanos()) || context.engine().sentSince(sa.path(), sa.createdNanos())) {
            context.control().rekey(sa);
        }
    }

    private IkeConfig.Dpd dpd() {
        return context.config().dpd(1, sa.path().remote());
    }

    /** Time to see whether to ask (RFC 3706 section 5.5): the newest SA with the peer asks for all. */
    private void check() {
        final IkeConfig.Dpd dpd = dpd();
        final boolean silent = !context.engine().heardSince(sa.path(), checkedNanos);
        final boolean wanted = dpd.periodic() || silent && context.engine().sentSince(sa.path(), checkedNanos);
        checkedNanos = context.timers().nanos();
        if (wanted && context.table().usable(sa.path().local(), sa.path().remote()) == sa) {
            unanswered = 0;
            probe();
        } else {
            probeTimer = context.after(Math.max(1, dpd.seconds()), this::check);
        }
    }

    /** The peer has come anew: does it still have this SA? */
    void doubt() {
        if (sa.peer().dpd() && unanswered == 0) {
            if (probeTimer != null) {
                probeTimer.cancel();
            }
            probe();
        }
    }

    private void probe() {
        // RFC 3706 section 5.4: begins at random, and the first bit is 0.
        sequence = sequence == 0 ? context.entropy().messageId() & 0x7fff_ffff : sequence + 1;
        sa.debug(() -> "DPD/R_U_THERE sent to peer " + sa.path().remote() + " with sequence " + sequence);
        Informational.send(sa, List.of(notify(Isakmp.R_U_THERE, sequence)));
        probeTimer = context.after(Math.max(1, dpd().retry()), this::unanswered);
    }

    private void unanswered() {
        unanswered++;
        if (unanswered > context.settings().dpdAttempts()) {
            if (context.table().usable(sa.path().local(), sa.path().remote()) == sa) {
                context.control().dead(sa);
            } else {
                context.control().close(sa, "Peers alive timer", false);
            }
            return;
        }
        sa.debug(() -> "DPD incrementing error counter (" + unanswered + "/" + context.settings().dpdAttempts() + ")");
        probe();
    }

    /** An R-U-THERE came: it is answered. */
    void asked(final int number) {
        sa.debug(() -> "DPD/R_U_THERE received from peer " + sa.path().remote() + ", sequence " + number);
        sa.debug(() -> "DPD/R_U_THERE_ACK sent to peer " + sa.path().remote() + ", sequence " + number);
        Informational.send(sa, List.of(notify(Isakmp.R_U_THERE_ACK, number)));
    }

    /** An R-U-THERE-ACK came. */
    void answered(final int number) {
        if (number == sequence) {
            sa.debug(() -> "DPD/R_U_THERE_ACK received from peer " + sa.path().remote() + ", sequence " + number);
            heard();
        }
    }

    /** A message of the peer's that only it can have made: it lives, whatever we are waiting for. */
    void heard() {
        if (probeTimer != null && !sa.gone()) {
            probeTimer.cancel();
            unanswered = 0;
            probeTimer = dpd().seconds() > 0 ? context.after(dpd().seconds(), this::check) : null;
        }
    }

    private Payload notify(final int type, final int number) {
        return new NotifyBody(Isakmp.PROTO_ISAKMP, type, Octets.join(Octets.of(sa.cookieI()), Octets.of(sa.cookieR())), Octets.of(number))
            .payload();
    }

    /** RFC 3948 section 4: who is behind a NAT keeps its mapping. */
    private void keepaliveLater() {
        final int seconds = context.config().natKeepaliveSeconds(1);
        if (sa.peer().natLocal() && seconds > 0) {
            keepaliveTimer = context.after(seconds, () -> {
                context.keepalive(sa.path());
                keepaliveLater();
            });
        }
    }

    /** The SA is gone. */
    void stop() {
        timers.forEach(Timers.Timer::cancel);
        if (probeTimer != null) {
            probeTimer.cancel();
        }
        if (keepaliveTimer != null) {
            keepaliveTimer.cancel();
        }
    }
}
