package org.qfpsim.controlplane.nhrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qfpsim.controlplane.nhrp.Cloud.ip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The layout of RFC 2332 section 5, octet by octet, and what is not it. */
class NhrpCodecTest {
    private static final int SCALE = Integer.getInteger("qfp.test.scale", 1);

    /** A registration request, put together by hand from the figures of sections 5.1, 5.2.0.1, 5.2.3 and 5.3. */
    private static final String REGISTRATION = """
        0001 0800 0000000000 ff 0054 056e 0034 01 03 04 00
        04 04 8000 00000003
        c0010303 0a010103 0a010104
        00 ff 0000 45fc 1c20 00 00 00 00
        8003 0000
        8004 0000
        8005 0000
        8007 000c 00000001 6461726b73746172
        8000 0000
        """;

    static byte[] hex(final String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    static NhrpPacket registration() {
        return new NhrpPacket(NhrpPacket.Kind.REGISTRATION_REQUEST, 255, NhrpPacket.REGISTER_UNIQUE, 3, ip("192.1.3.3"), ip("10.1.1.3"),
            ip("10.1.1.4"), List.of(NhrpCie.ofSource(255, 17_916, 7_200)),
            List.of(NhrpExtension.empty(3), NhrpExtension.empty(4), NhrpExtension.empty(5),
                NhrpExtension.authentication("darkstar".getBytes(StandardCharsets.US_ASCII))), new byte[0]);
    }

    /** One packet of each kind, of both families, with all that it can have. */
    static List<NhrpPacket> samples() {
        final List<NhrpCie> both = List.of(NhrpCie.of(32, 1_400, 600, ip("10.0.0.2"), ip("172.16.0.2")), NhrpCie.refused(12),
            new NhrpCie(0, 255, 0, 0, null, ip("172.16.0.3"), 9));
        final List<NhrpCie> six = List.of(NhrpCie.of(128, 1_400, 600, ip("2001:db8::2"), ip("2001:db8:1::2")));
        final NhrpPacket.Kind[] kinds = NhrpPacket.Kind.values();
        return Arrays.stream(kinds).flatMap(kind -> kind == NhrpPacket.Kind.ERROR_INDICATION
            ? List.of(NhrpPacket.error(11, 52, ip("10.0.0.1"), ip("172.16.0.1"), ip("172.16.0.2"), hex(REGISTRATION))).stream()
            : List.of(new NhrpPacket(kind, 7, 0x8000, -2, ip("10.0.0.9"), ip("172.16.0.9"), ip("172.16.0.1"), both,
                    List.of(new NhrpExtension(true, 4, NhrpEncoder.entries(both.subList(0, 1))), new NhrpExtension(false, 9, new byte[3])),
                    new byte[0]),
                new NhrpPacket(kind, 255, 0, 0, ip("2001:db8::1"), ip("2001:db8:1::1"), ip("2001:db8:1::9"), six, List.of(), new byte[0]))
                .stream()).toList();
    }

    private static byte[] write(final NhrpPacket packet) {
        return NhrpEncoder.write(packet, packet.sourceNbma() != null && packet.sourceNbma().v6());
    }

    /** What was read and is written again says the same, and is no longer. */
    static void assertSame(final NhrpPacket packet, final byte[] octets) {
        final boolean v6 = octets[1] == 2;
        final byte[] again = NhrpEncoder.write(packet, v6);
        assertThat(again.length).isLessThanOrEqualTo(octets.length);
        final NhrpPacket reread = NhrpDecoder.read(again).orElseThrow();
        assertThat(NhrpEncoder.write(reread, v6)).isEqualTo(again);
        assertThat(reread.cies()).isEqualTo(packet.cies());
    }

    @Test
    void shouldWriteTheLayoutOfTheRfc() {
        final byte[] written = write(registration());
        assertThat(HexFormat.of().formatHex(written)).isEqualTo(REGISTRATION.replaceAll("\\s", ""));
        // The platform's own debug shows 52 as the place of the extensions of such a request.
        assertThat(NhrpEncoder.extensionOffset(registration())).isEqualTo(52);
    }

    @Test
    void shouldReadTheLayoutOfTheRfc() {
        assertThat(NhrpDecoder.read(hex(REGISTRATION)).orElseThrow()).usingRecursiveComparison().isEqualTo(registration());
        assertThat(registration().extensions().get(3).authenticates("darkstar".getBytes(StandardCharsets.US_ASCII))).isTrue();
        assertThat(registration().extensions().get(3).authenticates("darkstat".getBytes(StandardCharsets.US_ASCII))).isFalse();
        assertThat(registration().toString()).doesNotContain("darkstar");
    }

    @Test
    void shouldReadWhatItWrites() {
        for (final NhrpPacket packet : samples()) {
            final byte[] octets = write(packet);
            assertThat(NhrpEncoder.sum(octets, octets.length)).as("%s", packet).isEqualTo(0xffff);
            assertThat(NhrpDecoder.read(octets).orElseThrow()).usingRecursiveComparison().isEqualTo(packet);
            final byte[] padded = Arrays.copyOf(octets, octets.length + 3);
            assertThat(NhrpDecoder.read(padded).orElseThrow()).usingRecursiveComparison().isEqualTo(packet);
        }
    }

    @Test
    void shouldRefuseEveryTruncation() {
        for (final NhrpPacket packet : samples()) {
            final byte[] octets = write(packet);
            for (int length = 0; length < octets.length; length++) {
                assertThat(NhrpDecoder.read(Arrays.copyOf(octets, length))).as("%s cut to %d", packet, length).isEmpty();
            }
        }
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThat(changed(0, 0x00, 0x03)).as("an address family that is not IP").isEmpty();
        assertThat(changed(2, 0x08, 0x06)).as("a protocol that is not IP").isEmpty();
        assertThat(changed(16, 0)).as("version 0: MARS").isEmpty();
        assertThat(changed(17, 0)).as("no kind").isEmpty();
        assertThat(changed(17, 8)).as("a kind that we do not speak").isEmpty();
        assertThat(changed(17, 0xff)).as("a kind that we do not speak").isEmpty();
        assertThat(changed(18, 0x44)).as("an E.164 address").isEmpty();
        assertThat(changed(18, 5)).as("an IPv4 address of 5 octets").isEmpty();
        assertThat(changed(19, 4)).as("a subaddress").isEmpty();
        assertThat(changed(20, 0)).as("no source").isEmpty();
        assertThat(changed(21, 16)).as("another family as destination").isEmpty();
        assertThat(changed(14, 0, 27)).as("extensions in the mandatory part").isEmpty();
        assertThat(changed(14, 0, 85)).as("extensions behind the end").isEmpty();
        assertThat(changed(14, 0, 51)).as("half an entry").isEmpty();
        assertThat(changed(48, 4)).as("an entry longer than its part").isEmpty();
        assertThat(changed(10, 0, 0x50)).as("no end extension").isEmpty();
        assertThat(changed(64, 0x80, 0)).as("an end extension before the last one").isEmpty();
        final byte[] sum = hex(REGISTRATION);
        sum[13]++;
        assertThat(NhrpDecoder.read(sum)).as("a wrong checksum").isEmpty();
    }

    /** The registration with other octets somewhere, and the checksum made right. */
    private static Optional<NhrpPacket> changed(final int at, final int... octets) {
        final byte[] packet = hex(REGISTRATION);
        for (int i = 0; i < octets.length; i++) {
            packet[at + i] = (byte) octets[i];
        }
        return NhrpDecoder.read(checksummed(packet));
    }

    static byte[] checksummed(final byte[] packet) {
        packet[12] = 0;
        packet[13] = 0;
        final int size = Math.min(packet.length, (packet[10] & 0xff) << 8 | packet[11] & 0xff);
        final int sum = ~NhrpEncoder.sum(packet, size);
        packet[12] = (byte) (sum >> 8);
        packet[13] = (byte) sum;
        return packet;
    }

    @Test
    void shouldBoundTheListsOfAPacket() {
        final NhrpCie cie = NhrpCie.ofSource(32, 0, 1);
        final List<NhrpCie> most = Collections.nCopies(NhrpDecoder.MAX_CIES, cie);
        final List<NhrpCie> more = Collections.nCopies(NhrpDecoder.MAX_CIES + 1, cie);
        final List<NhrpExtension> extensions = Collections.nCopies(NhrpDecoder.MAX_EXTENSIONS, NhrpExtension.empty(4));
        final List<NhrpExtension> tooMany = Collections.nCopies(NhrpDecoder.MAX_EXTENSIONS + 1, NhrpExtension.empty(4));
        assertThat(NhrpDecoder.read(write(with(most, extensions)))).isPresent();
        assertThat(NhrpDecoder.read(write(with(more, extensions)))).isEmpty();
        assertThat(NhrpDecoder.read(write(with(most, tooMany)))).isEmpty();
        final byte[] huge = new byte[NhrpDecoder.MAX_BYTES];
        assertThat(NhrpDecoder.read(write(with(most, List.of(new NhrpExtension(false, 8, huge)))))).isEmpty();
    }

    private static NhrpPacket with(final List<NhrpCie> cies, final List<NhrpExtension> extensions) {
        return new NhrpPacket(NhrpPacket.Kind.PURGE_REPLY, 1, 0, 0, null, ip("1.1.1.1"), ip("2.2.2.2"), cies, extensions, new byte[0]);
    }

    @Test
    void shouldSurviveSeededMutations() {
        final RandomGenerator random = new Random(2332);
        final List<byte[]> originals = samples().stream().map(NhrpCodecTest::write).toList();
        int read = 0;
        for (int i = 0; i < 20_000 * SCALE; i++) {
            final byte[] octets = originals.get(random.nextInt(originals.size())).clone();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            final byte[] changed = checksummed(octets);
            final Optional<NhrpPacket> packet = NhrpDecoder.read(changed);
            packet.ifPresent(found -> assertSame(found, changed));
            read += packet.isPresent() ? 1 : 0;
        }
        assertThat(read).as("mutations that are packets").isPositive();
    }

    @Test
    void shouldTakePacketsOutOfTheirHeaders() {
        final byte[] nhrp = hex(REGISTRATION);
        for (final String header : List.of("00002001", "20002001 00000007", "80002001 00000000", "b0002001 000000000000000700000001")) {
            final byte[] gre = hex(header);
            final byte[] four = joined(hex("45000000 00000000 ff2f0000 0a000002 0a000001"), gre, nhrp);
            final NhrpWire.Unwrapped out = NhrpWire.unwrap(new UnsafeBuffer(four), 0, four.length);
            assertThat(out).usingRecursiveComparison().isEqualTo(new NhrpWire.Unwrapped(ip("10.0.0.2"), nhrp));
            final byte[] six = joined(hex("60000000 00002fff 20010db8000000000000000000000002 20010db8000000000000000000000001"), gre,
                nhrp);
            final NhrpWire.Unwrapped fromSix = NhrpWire.unwrap(new UnsafeBuffer(six), 0, six.length);
            assertThat(fromSix).usingRecursiveComparison().isEqualTo(new NhrpWire.Unwrapped(ip("2001:db8::2"), nhrp));
            for (int length = 0; length < four.length; length++) {
                NhrpWire.unwrap(new UnsafeBuffer(four), 0, length);
            }
        }
        final byte[] other = joined(hex("45000000 00000000 ff2f0000 0a000002 0a000001"), hex("00000800"), nhrp);
        assertThat(NhrpWire.unwrap(new UnsafeBuffer(other), 0, other.length)).isNull();
        final byte[] udp = joined(hex("45000000 00000000 ff110000 0a000002 0a000001"), hex("00002001"), nhrp);
        assertThat(NhrpWire.unwrap(new UnsafeBuffer(udp), 0, udp.length)).isNull();
    }

    private static byte[] joined(final byte[]... parts) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }
}
