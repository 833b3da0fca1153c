package org.qfpsim.sim.outside;

import org.qfpsim.sim.InputException;
import org.qfpsim.sim.device.Shown;

/** Opens what a user has named. */
final class Ports {
    private Ports() {
    }

    static OutsidePort open(final String text) {
        final int colon = text.indexOf(':');
        final String rest = text.substring(colon + 1);
        return switch (colon <= 0 || rest.isEmpty() ? "" : text.substring(0, colon)) {
            case "eth" -> PacketSocket.open(rest);
            case "tun" -> new EthernetOverIp(TunSocket.open(rest));
            case "udp" -> new EthernetOverIp(UdpPort.open(rest));
            default -> throw new InputException(Shown.value(text) + " is not an interface of this machine; write eth:NAME,"
                + " tun:NAME or udp:ADDRESS:PORT");
        };
    }
}
