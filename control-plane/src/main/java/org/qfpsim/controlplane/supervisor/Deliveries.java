package org.qfpsim.controlplane.supervisor;

import org.agrona.DirectBuffer;
import org.qfpsim.controlplane.icmp.Echoes;
import org.qfpsim.controlplane.icmp.IcmpResponder;
import org.qfpsim.controlplane.neighbor.NeighborTable;
import org.qfpsim.controlplane.nhrp.NhrpService;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.controlplane.router.RoutedIpsec;
import org.qfpsim.controlplane.router.UdpPacket;
import org.qfpsim.datapath.route.Notification;
import org.qfpsim.datapath.route.Punt;
import org.qfpsim.datapath.route.RoutedDatapath;

/** Brings what the datapath has sent up to whom it is for: each is asked in turn. */
record Deliveries(NeighborTable neighbors, NhrpService nhrp, IcmpResponder icmp, Echoes echoes, ControlPlane controlPlane,
                  RoutedIpsec ipsec, DatapathMessages messages) {
    private static final int AT_A_TIME = 256;

    /** Empties the datapath's queues; returns how much there was. */
    int from(final RoutedDatapath datapath) {
        return datapath.drainPunts(this::punted, AT_A_TIME) + datapath.drainNotifications(this::notified, AT_A_TIME);
    }

    private void punted(final Punt punt, final DirectBuffer buffer, final int offset, final int length) {
        if (neighbors.punted(punt, buffer, offset, length) || nhrp.punted(punt, buffer, offset, length)
            || icmp.punted(punt, buffer, offset, length) || echoes.punted(punt, buffer, offset, length) || punt.frame()) {
            return;
        }
        if (UdpPacket.isIke(buffer, offset, length)) {
            final byte[] packet = new byte[length];
            buffer.getBytes(offset, packet);
            controlPlane.punted(packet);
        }
    }

    private void notified(final Notification what) {
        if (!nhrp.notified(what) && !neighbors.notified(what) && !ipsec.notified(what)) {
            messages.notified(what);
        }
    }
}
