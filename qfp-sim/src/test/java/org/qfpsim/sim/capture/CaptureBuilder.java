package org.qfpsim.sim.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Builds capture files of every variant, octet by octet, independently of the code under test. */
public final class CaptureBuilder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    public CaptureBuilder(final ByteOrder order) {
        this.order = order;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    public CaptureBuilder raw(final byte[] octets) {
        out.writeBytes(octets);
        return this;
    }

    public CaptureBuilder u16(final int... values) {
        for (final int value : values) {
            raw(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
        }
        return this;
    }

    public CaptureBuilder u32(final long... values) {
        for (final long value : values) {
            raw(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
        }
        return this;
    }

    public CaptureBuilder u64(final long value) {
        return raw(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    public CaptureBuilder pad() {
        while ((out.size() & 3) != 0) {
            out.write(0);
        }
        return this;
    }

    /** The header of a classic file. */
    public CaptureBuilder pcap(final boolean nanos, final int linkType) {
        return u32(nanos ? 0xa1b23c4d : 0xa1b2c3d4).u16(2, 4).u32(0, 0, 65535, linkType);
    }

    public CaptureBuilder record(final long seconds, final long fraction, final byte[] data, final int original) {
        return u32(seconds, fraction, data.length, original).raw(data);
    }

    public CaptureBuilder block(final int type, final byte[] body) {
        final int length = (body.length + 3 & ~3) + 12;
        return u32(type, length).raw(body).pad().u32(length);
    }

    public CaptureBuilder section() {
        return block(0x0a0d0d0a, part().u32(0x1a2b3c4d).u16(1, 0).u64(-1).bytes());
    }

    public CaptureBuilder describe(final int linkType, final int snapLength, final byte[] options) {
        return block(1, part().u16(linkType, 0).u32(snapLength).raw(options).bytes());
    }

    public CaptureBuilder enhanced(final int from, final long time, final byte[] data, final int original) {
        return block(6, part().u32(from, time >>> 32, time, data.length, original).raw(data).pad().bytes());
    }

    public CaptureBuilder simple(final byte[] data, final int original) {
        return block(3, part().u32(original).raw(data).bytes());
    }

    public CaptureBuilder obsolete(final int from, final long time, final byte[] data, final int original) {
        return block(2, part().u16(from, 7).u32(time >>> 32, time, data.length, original).raw(data).bytes());
    }

    public byte[] option(final int code, final byte... value) {
        return part().u16(code, value.length).raw(value).pad().bytes();
    }

    /** An empty builder of the same byte order. */
    public CaptureBuilder part() {
        return new CaptureBuilder(order);
    }
}
