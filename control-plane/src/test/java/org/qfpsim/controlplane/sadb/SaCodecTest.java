package org.qfpsim.controlplane.sadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** A record comes back as it went in, and nothing else comes back at all. */
class SaCodecTest {
    private static final SaRecord EXAMPLE = new SaRecord(SaRecord.Direction.INBOUND,
        new IkePath(IpAddress.parse("20.1.1.2"), 4500, IpAddress.parse("10.1.1.1"), 1024), true, 0xB761863E, 0x01020304,
        EspSuite.AES_GCM_128_16, SaSpec.Mode.TUNNEL, false, 64, new EspKeys(new byte[16], new byte[] {1, 2, 3, 4}, new byte[0]),
        TrafficSelector.between(IpPrefix.parse("172.16.0.0/16"), IpPrefix.parse("172.17.0.0/24")),
        new SaRecord.Life(3600, 4_608_000, 1, 2, 3), IkeIdentity.of(IpAddress.parse("10.1.1.1")),
        new SaRecord.Origin(1, true, 0x0A0B0C0D), "VPN 10", new SaRecord.Status(SaRecord.State.REKEYED, 4, "new SA"), 5, 6);

    @Test
    void shouldKeepTheLayoutThatIsOnDisk() {
        final String selectorNumbers = "ffff" + "0000ffff0000ffff" + "1018";
        final String record = "02" + "00" + "3a" + "00" + "02" + "01" + "b761863e" + "01020304" + "1194" + "0400" + "00141000" + "0040"
            + "0000000000000e10" + "0000000000465000" + "0000000000000001" + "0000000000000002" + "0000000000000003" + "0000000000000004"
            + "0000000000000005" + "0000000000000006" + "0a0b0c0d" + selectorNumbers + "14010102" + "0a010101" + "ac100000" + "ac110000"
            + "00".repeat(16) + "01020304" + "01040a010101" + "0656504e203130" + "066e6577205341";
        final byte[] encoded = SaCodec.encode(EXAMPLE);
        assertThat(HexFormat.of().formatHex(encoded, 0, encoded.length - 4)).isEqualTo(record);
        final java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(encoded, 0, encoded.length - 4);
        assertThat(ByteBuffer.wrap(encoded).getInt(encoded.length - 4)).isEqualTo((int) crc.getValue());
    }

    @Test
    void shouldBringBackWhatWentIn() {
        for (int number = 0; number < 500; number++) {
            final SaRecord sa = TestRecords.any(41, number);
            final byte[] encoded = SaCodec.encode(sa);
            final SaRecord back = SaCodec.decode(encoded);
            assertThat(encoded).hasSizeLessThanOrEqualTo(SaCodec.MAX_BYTES);
            assertThat(back).as("seed 41, record %d", number).usingRecursiveComparison().isEqualTo(sa);
        }
    }

    @Test
    void shouldHaveRoomForTheLongestRecord() {
        final EspSuite suite = EspSuite.AES_CBC_256_SHA512_256;
        final IpAddress address = IpAddress.parse("2001:db8::1");
        final SaRecord longest = new SaRecord(SaRecord.Direction.OUTBOUND, IkePath.between(address, address), true, -1, -1, suite,
            SaSpec.Mode.ANY, true, SaSpec.MAX_REPLAY_WINDOW, new EspKeys(new byte[32], new byte[0], new byte[64]),
            TrafficSelector.between(IpPrefix.any(true), IpPrefix.any(true)), EXAMPLE.life(),
            new IkeIdentity(255, new byte[SaRecord.MAX_IDENTITY]), EXAMPLE.origin(), "é".repeat(SaRecord.MAX_TEXT / 2),
            new SaRecord.Status(SaRecord.State.EXPIRED, Long.MIN_VALUE, "x".repeat(SaRecord.MAX_TEXT)), -1, -1);
        assertThat(SaCodec.decode(SaCodec.encode(longest))).usingRecursiveComparison().isEqualTo(longest);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKnowEverySuite(final EspSuite suite) {
        final ByteBuffer buffer = ByteBuffer.allocate(4);
        SuiteCode.put(buffer, suite);
        assertThat(SuiteCode.get(buffer.flip())).isEqualTo(suite);
    }

    @Test
    void shouldNoticeEveryChangedBitAndEveryCut() {
        final byte[] encoded = SaCodec.encode(EXAMPLE);
        for (int bit = 0; bit < encoded.length * 8; bit++) {
            final byte[] damaged = encoded.clone();
            damaged[bit >> 3] ^= (byte) (1 << (bit & 7));
            assertThatIllegalArgumentException().as("bit %d", bit).isThrownBy(() -> SaCodec.decode(damaged)).withMessage("wrong checksum");
        }
        for (int length = 0; length < encoded.length; length++) {
            final byte[] cut = Arrays.copyOf(encoded, length);
            assertThatIllegalArgumentException().isThrownBy(() -> SaCodec.decode(cut));
        }
    }

    @Test
    void shouldSurviveDamageThatHasARightChecksum() {
        final int rounds = 4_000 * Integer.getInteger("qfp.test.scale", 1);
        for (int round = 0; round < rounds; round++) {
            final Random random = new Random(7_000_003L * round);
            final byte[] octets = SaCodec.encode(TestRecords.any(43, random.nextInt(1_000)));
            for (int i = random.nextInt(4); i >= 0; i--) {
                octets[random.nextInt(random.nextBoolean() ? 96 : octets.length)] = (byte) random.nextInt();
            }
            SaCodecFuzzTest.check(Arrays.copyOf(octets, octets.length - random.nextInt(3)), "round " + round);
        }
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        assertThatThrownBy(() -> new SaRecord.Status(SaRecord.State.ACTIVE, 0, "x".repeat(129)))
            .hasMessage("reason has 129 octets, at most 128 are kept");
        assertThatThrownBy(() -> new SaRecord.Origin(3, true, null)).hasMessage("IKE version 3 is not within 0 to 2");
        assertThatThrownBy(() -> EXAMPLE.withPath(new IkePath(IpAddress.parse("20.1.1.2"), 70_000, IpAddress.parse("10.1.1.1"), 0)))
            .hasMessage("a port is not within 0 to 65535");
    }

    @Test
    void shouldNeverPrintAKey() {
        assertThat(EXAMPLE.toString()).contains("hidden").doesNotContain("1, 2, 3, 4");
    }
}
