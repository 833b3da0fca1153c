package org.qfpsim.controlplane.supervisor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.Notification;

/**
 * What the QFP has to say about packets that it could not use, as the platform prints it (qfp-reference 4.2): at most one line a minute for
 * a flow and reason, and never more than {@value #MOST} flows are remembered; beyond that a line a minute speaks for all of them.
 */
final class DatapathMessages {
    private static final int MOST = 1024;
    private static final long MINUTE = 60_000_000_000L;
    /** QFP ticks are nanoseconds here; the platform prints 20 digits. */
    private static final String PREFIX = "R0/0: cpp_cp: QFP:0.0 Thread:000 TS:%020d %s";

    private final Timers timers;
    private final EventLog log;
    private final Map<Key, Long> last = new LinkedHashMap<>();
    private long suppressed;

    private record Key(Notification.Kind kind, IpAddress source, IpAddress destination, int spi) {
    }

    DatapathMessages(final Timers timers, final EventLog log) {
        this.timers = timers;
        this.log = log;
    }

    /** Messages that were held back. */
    long suppressed() {
        return suppressed;
    }

    /** Says it, if it is something to say and was not said within the last minute; false if it is something else. */
    boolean notified(final Notification what) {
        return switch (what.kind()) {
            case REPLAY -> {
                iosxe(what, "%IPSEC-3-REPLAY_ERROR: IPSec SA receives anti-replay error");
                yield true;
            }
            case BAD_ICV -> {
                iosxe(what, "%IPSEC-3-HMAC_ERROR: IPSec SA receives HMAC error");
                yield true;
            }
            case NOT_PROTECTED -> {
                if (mayBeSaid(what)) {
                    log.message("CRYPTO", 4, "RECVD_PKT_NOT_IPSEC", "Rec'd packet not an IPSEC packet. (ip) vrf/dest_addr= /"
                        + what.destination() + ", src_addr= " + what.source() + ", prot= " + what.protocol());
                }
                yield true;
            }
            default -> false;
        };
    }

    private void iosxe(final Notification what, final String message) {
        if (mayBeSaid(what)) {
            log.message("IOSXE", 3, "PLATFORM", String.format(Locale.ROOT, PREFIX, what.lastNanos(), message)
                + ", DP Handle " + Math.max(what.flow(), 0) + ", src_addr " + what.source() + ", dest_addr " + what.destination()
                + ", SPI 0x" + Integer.toHexString(what.spi()));
        }
    }

    private boolean mayBeSaid(final Notification what) {
        final long now = timers.nanos();
        if (last.size() >= MOST) {
            last.values().removeIf(time -> now - time >= MINUTE);
        }
        Key key = new Key(what.kind(), what.source(), what.destination(), what.spi());
        if (last.size() >= MOST && !last.containsKey(key)) {
            final IpAddress any = IpAddress.v4(0);
            key = new Key(what.kind(), any, any, 0);
        }
        final Long before = last.get(key);
        if (before != null && now - before < MINUTE) {
            suppressed++;
            return false;
        }
        last.put(key, now);
        return true;
    }
}
