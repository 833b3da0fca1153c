package org.qfpsim.sim.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reader says about files that are not what they claim to be. */
class CaptureDamageTest {
    private static final byte[] DATA = {1, 2, 3, 4};

    @Test
    void shouldDeliverTheFramesBeforeTheCut() throws IOException {
        final byte[] whole = Frames.resource("captures/invspi/v1-unauth-notifies/wire.pcap");
        final List<Frames.Copy> frames = Frames.all(whole);
        int end = 24;
        for (final Frames.Copy frame : frames) {
            end += 16 + frame.hex().length() / 2;
            final CaptureReader reader = reader(Arrays.copyOf(whole, end - 1));
            for (int i = 1; i < frame.number(); i++) {
                assertThat(reader.next()).isTrue();
                assertThat(Frames.copy(reader)).isEqualTo(frames.get(i - 1));
            }
            final int captured = frame.hex().length() / 2;
            assertThatThrownBy(reader::next).isInstanceOf(CaptureException.class)
                .hasMessage("x.pcap: frame " + frame.number() + " at offset " + (end - 16 - captured) + ": record claims " + captured
                    + " octets, " + (captured - 1) + " are left: the file is cut off; what was before it was read");
            assertThatThrownBy(reader::next).as("the same again").isInstanceOf(CaptureException.class).hasMessageContaining("cut off");
        }
    }

    @Test
    void shouldNameTheClaimAndWhatIsLeft() {
        final byte[] file = pcap().record(1, 1, DATA, 4).u32(1, 1, 90_000, 90_000).raw(new byte[312]).bytes();

        assertThat(damage(file)).isEqualTo("x.pcap: frame 2 at offset 44: record claims 90000 octets, 312 are left: "
            + "the file is cut off; what was before it was read");
    }

    @Test
    void shouldNameACutRecordHeader() {
        final byte[] file = pcap().record(1, 1, DATA, 4).u32(1).raw(DATA).raw(new byte[1]).bytes();

        assertThat(damage(file)).isEqualTo("x.pcap: frame 2 at offset 44: record header claims 4 octets, 1 is left: "
            + "the file is cut off; what was before it was read");
    }

    @Test
    void shouldBoundTheFrame() {
        final String message = damage(pcap().u32(1, 1, 0xffff_fff0L, 60).raw(new byte[100]).bytes());

        assertThat(message).isEqualTo("x.pcap: frame 1 at offset 24: record claims 4294967280 octets, more than 262144: "
            + "the file is damaged here; what was before it was read");
    }

    @Test
    void shouldNotTrustTheOriginalLength() {
        assertThat(Frames.all(pcap().record(1, 1, DATA, 0).bytes()).getFirst().original()).isEqualTo(4);
        assertThat(Frames.all(pcap().record(1, 1, DATA, -1).bytes()).getFirst().original()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void shouldRefuseWhatIsNoCapture() {
        assertThat(damage(new byte[0])).isEqualTo("x.pcap: the file is empty; give a pcap or pcapng file");
        assertThat(damage(new byte[] {1, 2})).contains("claims 4 octets, 2 are left");
        assertThat(damage("#!/bin/sh\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
            .isEqualTo("x.pcap: starts with 0x23212f62: neither a pcap nor a pcapng file; convert it with editcap");
        assertThat(damage(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0})).contains("compressed; unpack it first");
        assertThat(damage(new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).u32(0xa1b2c3d4).u16(3, 0).raw(new byte[16]).bytes()))
            .contains("pcap version 3 is not supported");
        assertThat(damage(new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).pcap(false, 147).bytes()))
            .contains("link type 147 is not supported").contains("ETHERNET (1)");
    }

    @Test
    void shouldNameDamagedBlocks() {
        assertThat(damage(ng().u32(6, 13).bytes())).contains("frame 1 at offset 48: block length 13 is not a multiple of 4");
        assertThat(damage(ng().u32(6, 8).bytes())).contains("block length 8 is not a multiple of 4 and at least 12");
        assertThat(damage(ng().u32(77, 0xffff_fff0L).bytes())).contains("block claims 4294967268 octets, 0 are left");
        assertThat(damage(ng().enhanced(1, 0, DATA, 4).bytes())).contains("interface 1 is not described, there are 1");
        assertThat(damage(ng().block(6, new byte[16]).bytes())).contains("enhanced packet block has 28 octets, at least 32");
        assertThat(damage(ng().block(6, new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).u32(0, 0, 0, 9, 9).raw(DATA).bytes()).bytes()))
            .contains("record claims 9 octets, its block has 4");
        assertThat(damage(ng().enhanced(0, 0, DATA, 4).u32(77, 16).raw(DATA).u32(20).bytes()))
            .contains("frame 2 at offset 84: block length 16 is repeated as 20 at its end");
        assertThat(damage(ng().block(0x0a0d0d0a, new byte[16]).bytes())).contains("byte-order magic 0x0 instead of 0x1a2b3c4d");
        assertThat(damage(ng().describe(147, 0, new byte[0]).enhanced(1, 0, DATA, 4).bytes())).contains("link type 147 is not supported");
        assertThat(damage(ng().describe(1, 0, new byte[] {2, 0, 9, 0}).bytes())).contains("option 2 claims 9 octets, the block has 0 left");
    }

    @Test
    void shouldReportAReadErrorWithTheFrame() {
        final InputStream broken = new InputStream() {
            private final InputStream first = new ByteArrayInputStream(pcap().record(1, 1, DATA, 4).bytes());

            @Override
            public int read() throws IOException {
                final int octet = first.read();
                if (octet < 0) {
                    throw new IOException("Input/output error");
                }
                return octet;
            }
        };
        try (CaptureReader reader = new CaptureReader(broken, "x.pcap")) {
            assertThat(reader.next()).isTrue();
            assertThatThrownBy(reader::next).isInstanceOf(CaptureException.class)
                .hasMessage("x.pcap: frame 2 at offset 44: cannot be read: Input/output error");
        }
    }

    private static CaptureBuilder pcap() {
        return new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).pcap(false, 1);
    }

    private static CaptureBuilder ng() {
        return new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).section().describe(1, 0, new byte[0]);
    }

    private static CaptureReader reader(final byte[] file) {
        return new CaptureReader(new ByteArrayInputStream(file), "x.pcap");
    }

    private static String damage(final byte[] file) {
        try {
            Frames.all(file);
        } catch (final CaptureException e) {
            return e.getMessage();
        }
        throw new AssertionError("no error");
    }
}
