package org.qfpsim.controlplane.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.recovery.InvalidSpiReading.Kind;

class InvalidSpiLogTest {
    private static final String LINE = "Sep  2 13:27:57.707: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for "
        + "destaddr=20.1.1.2, prot=50, spi=0xB761863E(3076621886), srcaddr=10.1.1.1";
    private static final String NEWER = "*Oct 24 04:31:10.058: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for "
        + "destaddr=192.0.2.1, prot=50, spi=0x3EA71AED(1051138797), srcaddr=198.51.100.1, input interface=GigabitEthernet1";

    @Test
    void shouldReadBothFormsOfTheLine() {
        final InvalidSpiLog log = InvalidSpiLog.read(List.of("something else", LINE, NEWER));
        assertThat(log.keys()).extracting(key -> key.source() + " " + key.destination() + " " + SpiKey.hex(key.spi()))
            .containsExactly("10.1.1.1 20.1.1.2 0xB761863E", "198.51.100.1 192.0.2.1 0x3EA71AED");
        assertThat(log.reading(log.keys().getFirst()).kind()).as("one line").isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void shouldSeeABlackHoleInLinesThatGoOn() {
        final InvalidSpiLog log = InvalidSpiLog.read(List.of(LINE, LINE.replace("13:27", "13:28"), LINE.replace("13:27", "13:29")));
        final InvalidSpiReading reading = log.reading(log.keys().getFirst());
        assertThat(reading.kind()).isEqualTo(Kind.BLACK_HOLE);
        assertThat(reading.text()).contains("120.0 s");
    }

    @Test
    void shouldFindInDebugLinesWhatTheSpiWas() {
        final String deleted = "Sep  2 13:20:00.000: IPSEC(delete_sa): deleting SA, (sa) sa_dest= 20.1.1.2, sa_proto= 50, "
            + "sa_spi= 0xB761863E(3076621886), sa_trans= esp-aes esp-sha-hmac , sa_conn_id= 2021 "
            + "sa_lifetime(k/sec)= (4608000/3600): cleared";
        final String created = "Sep  2 13:27:58.000: IPSEC(create_sa): sa created, (sa) sa_dest= 20.1.1.2, sa_proto= 50, "
            + "sa_spi= 0xB761863E(3076621886), sa_trans= esp-aes esp-sha-hmac , sa_conn_id= 2021 sa_lifetime(k/sec)= (4608000/3600)";
        final InvalidSpiLog hole = InvalidSpiLog.read(List.of(deleted, LINE));
        assertThat(hole.reading(hole.keys().getFirst()).kind()).isEqualTo(Kind.BLACK_HOLE);
        final InvalidSpiLog rekey = InvalidSpiLog.read(List.of(LINE, created));
        assertThat(rekey.reading(rekey.keys().getFirst()).kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(rekey.reading(rekey.keys().getFirst()).text()).contains("293 ms before");
    }

    @Test
    void shouldSurviveEveryMutation() {
        final Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            final StringBuilder line = new StringBuilder(random.nextBoolean() ? LINE : NEWER);
            for (int n = random.nextInt(4); n >= 0; n--) {
                line.setCharAt(random.nextInt(line.length()), (char) (32 + random.nextInt(95)));
            }
            final InvalidSpiLog log = InvalidSpiLog.read(List.of(line.toString()));
            assertThat(log.keys().size() + log.unreadable()).isBetween(0, 1);
        }
    }
}
