package org.qfpsim.controlplane.supervisor;

import java.util.List;
import java.util.function.Consumer;
import org.qfpsim.controlplane.router.UdpPacket;
import org.qfpsim.controlplane.syslog.RemoteHost;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.route.InterfaceAddress;
import org.qfpsim.datapath.route.RoutedDatapath;

/** Sends messages to syslog servers, each from the address that is nearest to it. */
final class LogSender {
    private static final int SOURCE_PORT = 51_514;

    private final RoutedDatapath datapath;
    private final Consumer<byte[]> sender;
    private int identification;

    LogSender(final RoutedDatapath datapath, final Consumer<byte[]> sender) {
        this.datapath = datapath;
        this.sender = sender;
    }

    void send(final RemoteHost host, final byte[] datagram) {
        final List<InterfaceAddress> own = datapath.configuration().interfaces().stream().flatMap(each -> each.addresses().stream())
            .filter(each -> each.address().v6() == host.address().v6() && !each.isLinkLocal()).toList();
        own.stream().filter(each -> new IpPrefix(host.address(), each.prefixLength()).equals(each.prefix())).findFirst()
            .or(() -> own.stream().findFirst())
            .ifPresent(from -> sender.accept(new UdpPacket(from.address(), SOURCE_PORT, host.address(), host.port(), datagram)
                .octets(identification++ & 0xffff)));
    }
}
