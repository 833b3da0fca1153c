package org.qfpsim.datapath.route;

import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.trace.CaptureBuffer;
import org.qfpsim.datapath.trace.TraceBuffer;

/**
 * What the control plane of a router asks of its datapath, while packets flow. One control thread; every change has one position in the
 * order of arrival: packets that arrive from then on see it, packets before it do not.
 */
public interface RoutedDatapath {
    /**
     * Replaces interfaces, routes and all the rest.
     *
     * @param next what holds from now on. Interfaces keep their indexes for as long as the router runs.
     */
    void configure(RoutedConfig next);

    /**
     * Sets how many packets of a punt cause a second go up ({@code platform punt-policer}); the rest is PuntPerCausePolicerDrops.
     *
     * @param cause     the cause.
     * @param high      its high priority queue, which has the packets of IP precedence 6 and 7; otherwise the normal one.
     * @param perSecond packets a second; 0: as many as come.
     */
    void policer(PuntCause cause, boolean high, int perSecond);

    /**
     * What an interface has counted.
     *
     * @param interfaceIndex of the configuration, or {@link RoutedConfig#NO_INTERFACE} for the way from and to the control plane.
     * @return counters that go on counting.
     */
    PortCounters portCounters(int interfaceIndex);

    /**
     * Watches packets, instead of what was watched before: from now on they are traced and captured, or no longer.
     *
     * @param trace    where traced packets go, or null.
     * @param captures where captured packets go, each with a filter of its own.
     * @throws IllegalArgumentException if copies of the packets in flight would take too much memory.
     */
    void watch(@Nullable TraceBuffer trace, List<CaptureBuffer> captures);

    /** What was configured last. */
    RoutedConfig configuration();

    /**
     * Installs an inbound SA. One with the same SPI and destination is replaced.
     *
     * @param spec           the SA.
     * @param flow           that it belongs to, or {@link RoutedConfig#NO_FLOW}.
     * @param interfaceIndex where its packets come out: the tunnel interface, which takes nothing else; or, for a crypto map, the
     *                       interface with the map, or {@link RoutedConfig#NO_INTERFACE} for the one that they came in by.
     * @return its handle.
     * @throws IllegalArgumentException if no crypto library has the suite.
     */
    RoutedSa installInbound(SaSpec spec, int flow, int interfaceIndex);

    /**
     * Marks an inbound SA invalid: packets hit it and are lost (types 1 and 9) until it is retired.
     *
     * @param sa from {@link #installInbound}, not retired.
     */
    void invalidate(RoutedSa sa);

    /**
     * Installs an outbound SA: packets of the flow leave through it from now on, and no longer through the one before, which is still to be
     * retired.
     *
     * @param spec the SA.
     * @param flow 0 to {@link RoutedConfig#MAX_FLOW}.
     * @return its handle.
     * @throws IllegalArgumentException if no crypto library has the suite.
     */
    RoutedSa installOutbound(SaSpec spec, int flow);

    /**
     * Retires an SA of either direction. Packets of the flow of an outbound SA find none from now on, unless another one was installed
     * after it.
     *
     * @param sa from an install method, retired once.
     */
    void retire(RoutedSa sa);

    /**
     * Frees retired SAs as far as packets have come; to be called now and then.
     *
     * @return how many steps were made.
     */
    int reclaim();

    /**
     * Sends an IP packet of the router's own by its destination (inject cause 2): through tunnels and SAs like any other, except that
     * crypto maps let IKE pass, and that its TTL stays.
     *
     * @param packet where it is; copied.
     * @param offset first octet of its IP header.
     * @param length octets.
     * @param nanos  time.
     * @return false if there is no room at the moment.
     */
    boolean inject(DirectBuffer packet, int offset, int length, long nanos);

    /**
     * Sends an Ethernet frame of the router's own (ARP: inject cause 12, otherwise 1).
     *
     * @param interfaceIndex an Ethernet interface.
     * @param frame          where it is; copied.
     * @param offset         first octet of its Ethernet header.
     * @param length         octets.
     * @param nanos          time.
     * @return false if there is no room at the moment.
     */
    boolean injectFrame(int interfaceIndex, DirectBuffer frame, int offset, int length, long nanos);

    /**
     * Sends something through a GRE tunnel that need not be IP (NHRP): it is wrapped, and protected if the tunnel is (inject cause 3).
     *
     * @param interfaceIndex a GRE tunnel.
     * @param nbma           the outer destination.
     * @param flow           of the protection, or {@link RoutedConfig#NO_FLOW} for the tunnel's own.
     * @param protocolType   Ethertype of the payload, such as 0x2001.
     * @param payload        where it is; copied.
     * @param offset         its first octet.
     * @param length         octets.
     * @param nanos          time.
     * @return false if there is no room at the moment.
     */
    boolean injectTunnel(int interfaceIndex, IpAddress nbma, int flow, int protocolType, DirectBuffer payload, int offset, int length,
                         long nanos);

    /**
     * Hands over packets that were sent up.
     *
     * @param handler takes them.
     * @param limit   most packets.
     * @return how many.
     */
    int drainPunts(PuntHandler handler, int limit);

    /**
     * Hands over what the datapath has to tell.
     *
     * @param handler takes it.
     * @param limit   most notifications.
     * @return how many.
     */
    int drainNotifications(Consumer<Notification> handler, int limit);

    /** What there is for packets, and what of it is in use; source's thread, or at rest. */
    PacketBuffers buffers();
}
