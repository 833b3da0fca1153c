package org.qfpsim.datapath.pipeline;

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.reassembly.Fragmenter;
import org.qfpsim.datapath.route.Injected;
import org.qfpsim.datapath.route.RoutedConfig;

/** What the control plane sends: from its thread into a ring, and from there, on the source's thread, into the engines like any frame. */
final class Injections {
    private static final int MESSAGE = 1;
    private static final int AT_A_TIME = 64;

    private final OneToOneRingBuffer ring;
    private final Dispatcher dispatcher;
    private final int room;
    private final Fragmenter fragmenter = new Fragmenter();
    private final ControlledMessageHandler offer = this::offer;

    Injections(final PipelineConfig config, final Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        room = config.slotBytes() - Injected.HEADER;
        ring = new OneToOneRingBuffer(new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(config.controlRingBytes() + RingBufferDescriptor.TRAILER_LENGTH, 64)));
    }

    /** Octets of the longest frame or payload that fits in a slot. */
    int room() {
        return room;
    }

    /** An IP packet of any length, to be routed by its destination; false if the ring is full. */
    boolean packet(final DirectBuffer packet, final int offset, final int length, final long nanos) {
        if (length <= room) {
            return byDestination(packet, offset, length, nanos);
        }
        // It will be cut on its way out in any case, if it may be.
        return fragmenter.cut(packet, offset, length, room, (buffer, at, bytes) -> byDestination(buffer, at, bytes, nanos)) > 0;
    }

    private boolean byDestination(final DirectBuffer packet, final int offset, final int length, final long nanos) {
        return write(Injected.BY_DESTINATION, RoutedConfig.NO_INTERFACE, RoutedConfig.NO_FLOW, 0, 0, 0, packet, offset, length, nanos);
    }

    /** A frame that leaves by an interface as it is; false if the ring is full. */
    boolean frame(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        return write(Injected.FRAME, interfaceIndex, RoutedConfig.NO_FLOW, 0, 0, 0, frame, offset, length, nanos);
    }

    /** A payload that leaves by a tunnel interface to one of its ends; false if the ring is full. */
    boolean tunnel(final int interfaceIndex, final IpAddress nbma, final int flow, final int protocolType, final DirectBuffer payload,
                   final int offset, final int length, final long nanos) {
        return write(Injected.TUNNEL, interfaceIndex, flow, protocolType, nbma.high(), nbma.low(), payload, offset, length, nanos);
    }

    private boolean write(final int kind, final int port, final int flow, final int type, final long high, final long low,
                          final DirectBuffer payload, final int offset, final int length, final long nanos) {
        final int index = ring.tryClaim(MESSAGE, Injected.HEADER + length);
        if (index < 0) {
            return false;
        }
        final MutableDirectBuffer out = ring.buffer();
        Injected.write(out, index, kind, port, flow, type, high, low, nanos);
        out.putBytes(index + Injected.HEADER, payload, offset, length);
        ring.commit(index);
        return true;
    }

    /** Takes some in, as far as there is room; source's thread. */
    int dispatch() {
        return ring.controlledRead(offer, AT_A_TIME);
    }

    private ControlledMessageHandler.Action offer(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        final long nanos = buffer.getLong(index + Injected.TIME);
        return dispatcher.offer(RoutedConfig.NO_INTERFACE, buffer, index, length, length - Injected.HEADER, nanos, LinkLayer.INJECTED)
            ? ControlledMessageHandler.Action.CONTINUE : ControlledMessageHandler.Action.ABORT;
    }

    boolean isEmpty() {
        return ring.size() == 0;
    }

    /** Octets that wait to be taken in. */
    int waiting() {
        return ring.size();
    }

    /** Octets that may wait. */
    int capacity() {
        return ring.capacity();
    }
}
