package org.qfpsim.controlplane.supervisor;

import org.agrona.DirectBuffer;
import org.qfpsim.controlplane.exec.ProcessTimes;
import org.qfpsim.controlplane.icmp.Echoes;
import org.qfpsim.controlplane.icmp.IcmpResponder;
import org.qfpsim.controlplane.icmp.Probes;
import org.qfpsim.controlplane.neighbor.NeighborTable;
import org.qfpsim.controlplane.nhrp.NhrpService;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.controlplane.router.RoutedIpsec;
import org.qfpsim.controlplane.router.UdpPacket;
import org.qfpsim.datapath.route.Notification;
import org.qfpsim.datapath.route.Punt;
import org.qfpsim.datapath.route.RoutedDatapath;

/** Brings what the datapath has sent up to whom it is for: each is asked in turn. */
record Deliveries(NeighborTable neighbors, NhrpService nhrp, IcmpResponder icmp, Echoes echoes, Probes probes,
                  ControlPlane controlPlane, RoutedIpsec ipsec, DatapathMessages messages) {
    private static final int AT_A_TIME = 256;

    /** Empties the datapath's queues and notes who has worked; returns how much there was. */
    int from(final RoutedDatapath datapath, final ProcessTimes times) {
        return times.did(ProcessTimes.Process.PACKETS, datapath.drainPunts(this::punted, AT_A_TIME))
            + times.did(ProcessTimes.Process.NOTIFICATIONS, datapath.drainNotifications(this::notified, AT_A_TIME));
    }

    private void punted(final Punt punt, final DirectBuffer buffer, final int offset, final int length) {
        if (neighbors.punted(punt, buffer, offset, length) || nhrp.punted(punt, buffer, offset, length)
            || icmp.punted(punt, buffer, offset, length) || echoes.punted(punt, buffer, offset, length)
            || probes.punted(punt, buffer, offset, length) || punt.frame()) {
            return;
        }
        if (UdpPacket.isIke(buffer, offset, length)) {
            final byte[] packet = new byte[length];
            buffer.getBytes(offset, packet);
            controlPlane.punted(packet);
        } else if (UdpPacket.isUdp(buffer, offset, length)) {
            icmp.portUnreachable(punt.interfaceIndex(), buffer, offset, length);
        }
    }

    private void notified(final Notification what) {
        if (!nhrp.notified(what) && !neighbors.notified(what) && !ipsec.notified(what)) {
            messages.notified(what);
        }
    }
}
