package org.qfpsim.sim.outside;

import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.sim.net.host.MacAddress;

/**
 * A port that carries IPv4 packets, as one that carries Ethernet frames: it has the Ethernet address of everybody the router asks for
 * (proxy ARP), and everything else but IPv4 is lost.
 */
final class EthernetOverIp implements OutsidePort {
    private static final long MAC = 0x0200_5e00_5301L;
    private static final int ARP_BYTES = 28;
    private static final int ETHERNET_BYTES = IpPort.ROOM;
    private static final int REQUEST = 1;

    private final IpPort port;
    private volatile long router = MacAddress.BROADCAST;
    private @Nullable FrameSink answers;
    private long drops;

    EthernetOverIp(final IpPort port) {
        this.port = port;
    }

    @Override
    public void answers(final FrameSink sink) {
        answers = sink;
    }

    @Override
    public int receive(final FrameSink sink) throws IOException {
        return port.receive((packet, offset, length) -> {
            final MutableDirectBuffer frame = (MutableDirectBuffer) packet;
            final int start = offset - ETHERNET_BYTES;
            MacAddress.put(frame, start, router);
            MacAddress.put(frame, start + 6, MAC);
            frame.putShort(start + 12, (short) Net.ETHERTYPE_IPV4, ByteOrder.BIG_ENDIAN);
            sink.frame(frame, start, length + ETHERNET_BYTES);
        });
    }

    @Override
    public boolean send(final DirectBuffer frame, final int offset, final int length) {
        if (length < ETHERNET_BYTES || !carried(frame, offset, length)) {
            drops++;
        }
        return true;
    }

    private boolean carried(final DirectBuffer frame, final int offset, final int length) {
        final long sender = MacAddress.get(frame, offset + 6);
        if (sender != router) {
            router = sender;
        }
        final int type = Net.u16(frame, offset + 12);
        if (type == Net.ETHERTYPE_ARP && length >= ETHERNET_BYTES + ARP_BYTES) {
            arp(frame, offset + ETHERNET_BYTES);
            return true;
        }
        return type == Net.ETHERTYPE_IPV4 && port.send(frame, offset + ETHERNET_BYTES, length - ETHERNET_BYTES);
    }

    private void arp(final DirectBuffer frame, final int at) {
        final int sender = Net.i32(frame, at + 14);
        final int target = Net.i32(frame, at + 24);
        final FrameSink to = answers;
        // Who asks for himself wants to know whether somebody else has his address.
        if (to == null || Net.u16(frame, at + 6) != REQUEST || sender == target) {
            return;
        }
        final UnsafeBuffer reply = new UnsafeBuffer(new byte[ETHERNET_BYTES + ARP_BYTES]);
        MacAddress.put(reply, 0, router);
        MacAddress.put(reply, 6, MAC);
        reply.putShort(12, (short) Net.ETHERTYPE_ARP, ByteOrder.BIG_ENDIAN);
        // Hardware Ethernet, protocol IPv4, their address lengths, reply (RFC 826).
        reply.putLong(14, 0x0001_0800_0604_0002L, ByteOrder.BIG_ENDIAN);
        MacAddress.put(reply, 22, MAC);
        reply.putInt(28, target, ByteOrder.BIG_ENDIAN);
        MacAddress.put(reply, 32, router);
        reply.putInt(38, sender, ByteOrder.BIG_ENDIAN);
        to.frame(reply, 0, reply.capacity());
    }

    @Override
    public void flush() {
        // Packets leave at once.
    }

    @Override
    public long receiveDrops() {
        return 0;
    }

    @Override
    public long sendDrops() {
        return drops;
    }

    @Override
    public void close() {
        port.close();
    }
}
