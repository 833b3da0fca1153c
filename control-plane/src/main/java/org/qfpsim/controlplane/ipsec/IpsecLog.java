package org.qfpsim.controlplane.ipsec;

import java.util.function.Supplier;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.log.Debug;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.datapath.packet.IpAddress;

/** The lines of {@code debug crypto ipsec}. The words of create_sa and delete_sa follow the platform's event trace. */
final class IpsecLog {
    private final EventLog log;

    IpsecLog(final EventLog log) {
        this.log = log;
    }

    void created(final SaPair pair) {
        final IpAddress local = pair.path().local();
        line(pair, () -> "IPSEC(create_sa): sa created, " + sa(pair, local, pair.inboundSpi(), pair.connection()));
    }

    void outbound(final SaPair pair) {
        final IpAddress remote = pair.path().remote();
        line(pair, () -> "IPSEC(create_sa): sa created, " + sa(pair, remote, pair.outboundSpi(), pair.connection() + 1));
    }

    void deleted(final SaPair pair, final String reason) {
        line(pair, () -> "IPSEC(delete_sa): deleting SA, " + sa(pair, pair.path().local(), pair.inboundSpi(), pair.connection())
            + ": " + reason);
    }

    void say(final IpAddress peer, final String text) {
        log.debug(Debug.CRYPTO_IPSEC, peer, () -> text);
    }

    private void line(final SaPair pair, final Supplier<String> text) {
        log.debug(Debug.CRYPTO_IPSEC, pair.path().remote(), text);
    }

    private static String sa(final SaPair pair, final IpAddress destination, final int spi, final int connection) {
        final ChildSa child = pair.child();
        return "(sa) sa_dest= " + destination + ", sa_proto= 50, sa_spi= " + SaSpecs.hex(spi) + "(" + Integer.toUnsignedString(spi)
            + "), sa_trans= " + TransformNames.of(child.suite()) + " , sa_conn_id= " + connection + " sa_lifetime(k/sec)= ("
            + child.kilobytes() + "/" + child.seconds() + ")";
    }
}
