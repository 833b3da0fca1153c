package org.qfpsim.controlplane.kmi;

import java.util.Locale;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.IkeTransport;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.controlplane.ipsec.SaObserver;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.ipsec.TransformNames;
import org.qfpsim.controlplane.kmi.EventTraces.Source;
import org.qfpsim.controlplane.kmi.KmiCounts.Kmi;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;

/** Stands between IKE and IPsec of one control plane and notes what passes. */
public final class KmiWatch implements SaObserver {
    private static final int ESP = 50;

    private final EventTraces traces;
    private final KmiCounts counts = new KmiCounts();

    /**
     * For one control plane.
     *
     * @param timers its clock.
     */
    public KmiWatch(final Timers timers) {
        traces = new EventTraces(timers);
    }

    /** The events. */
    public EventTraces traces() {
        return traces;
    }

    /** The counts. */
    public KmiCounts counts() {
        return counts;
    }

    /**
     * The IPsec manager as IKE is to see it.
     *
     * @param engine the manager.
     * @return the same, watched.
     */
    public IpsecEngine over(final IpsecEngine engine) {
        return new WatchedEngine(engine, this);
    }

    /**
     * A version of IKE as IPsec is to see it.
     *
     * @param service IKE.
     * @return the same, watched.
     */
    public IkeService over(final IkeService service) {
        return new WatchedIke(service, this);
    }

    /**
     * Counts what IKE sends.
     *
     * @param transport sends it.
     * @return the same, watched.
     */
    public IkeTransport over(final IkeTransport transport) {
        return (path, message) -> {
            counts.count(Kmi.MESSAGES_OUT, 1);
            counts.count(Kmi.OCTETS_OUT, message.length);
            transport.send(path, message);
        };
    }

    /** A message from IPsec to IKE. */
    void toIke(final int version, final String message, final IpAddress local, final IpAddress remote) {
        traces.add(Source.IPSEC, () -> "IPSEC-EVENT:IPSEC-SEND-KMI:  sending message " + message + " to " + name(version) + ", local: "
            + local + ", remote: " + remote);
        traces.ike(version, () -> "KMI Received: " + message + ", source: IPSEC key engine, local: " + local + ", remote: " + remote,
            () -> "IKEV2-RECV-KMI: KMI Received: " + message + ", KMI source: IPSEC key engine, KMI dest: Crypto IKEv2, local: " + local
                + ", remote: " + remote);
    }

    /** A message from IKE to IPsec. */
    void toIpsec(final int version, final String message, final IpAddress local, final IpAddress remote) {
        traces.ike(version, () -> "KMI Sent: " + message + ", dest: IPSEC key engine, local: " + local + ", remote: " + remote,
            () -> "IKEV2-SEND-KMI: KMI Sent: " + message + ", KMI source: Crypto IKEv2, KMI dest: IPSEC key engine, local: " + local
                + ", remote: " + remote);
        traces.add(Source.IPSEC, () -> "IPSEC-EVENT:IPSEC-RECV-KMI:  received message " + message + " from " + name(version) + ", local: "
            + local + ", remote: " + remote);
    }

    /** A message from either version of IKE to IPsec. */
    void toIpsec(final String message, final IkePath path) {
        traces.add(Source.IPSEC, () -> "IPSEC-EVENT:IPSEC-RECV-KMI:  received message " + message + ", local: " + path.local()
            + ", remote: " + path.remote());
    }

    private static String name(final int version) {
        return version == 2 ? "Crypto IKEv2" : "Crypto IKMP";
    }

    @Override
    public void created(final SaPair pair, final boolean inbound) {
        sa("CREATE", "create", "= ", pair, inbound);
    }

    @Override
    public void deleted(final SaPair pair, final String reason) {
        counts.ended(pair);
        sa("DELETE", "delete", " = ", pair, true);
        if (pair.hasOutbound()) {
            sa("DELETE", "delete", " = ", pair, false);
        }
    }

    /** The platform writes {@code sa_dest= } when an SA comes and {@code sa_dest = } when it goes. */
    private void sa(final String event, final String word, final String is, final SaPair pair, final boolean inbound) {
        final ChildSa child = pair.child();
        final int spi = inbound ? pair.inboundSpi() : pair.outboundSpi();
        final IkePath path = pair.path();
        final int connection = pair.connection() + (inbound ? 0 : 1);
        final String head = "IPSEC-EVENT:IPSEC-" + event + "-SA:  sa " + word + " : (sa)";
        traces.add(Source.IPSEC, () -> head + " sa_dest" + is + (inbound ? path.local() : path.remote()) + ", sa_proto" + is + ESP
            + ", sa_spi" + is + String.format(Locale.ROOT, "0x%X", spi) + "(" + Integer.toUnsignedString(spi) + "), sa_trans" + is
            + TransformNames.of(child.suite()) + " , sa_conn_id" + is + connection + ", sa_lifetime(k/sec)" + is + "(" + child.kilobytes()
            + "/" + child.seconds() + ")");
        traces.add(Source.IPSEC, () -> head + ",  loc: " + path.local() + ", rem: " + path.remote() + ", l_proxy: "
            + proxy(child.selector().source(), child.selector().protocol()) + ", r_proxy: "
            + proxy(child.selector().destination(), child.selector().protocol()));
    }

    /** As the platform writes it, 256 stands for any protocol (seen). */
    private static String proxy(final IpPrefix prefix, final int protocol) {
        return prefix.address() + "/" + prefix.length() + "/" + (protocol < 0 ? 256 : protocol);
    }
}
