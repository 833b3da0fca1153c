package org.qfpsim.sim.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.report.DropReport;
import org.qfpsim.datapath.sa.InstalledSa;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.device.DeviceConfig;
import org.qfpsim.sim.device.DeviceFile;
import org.qfpsim.sim.replay.SmallCapture;
import org.qfpsim.sim.replay.TestFiles;
import picocli.CommandLine;

/** A router without a command around it, and the reading of what it dropped. */
class RouterTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path directory;
    private DeviceConfig device;

    @BeforeEach
    void readDevice() throws IOException {
        device = DeviceFile.read(TestFiles.copy("corpus/keys.json", directory));
    }

    private Router router(final String... options) {
        return new Router(CommandLine.populateCommand(new DatapathOptions(), options), device, (buffer, offset, length, nanos) -> true,
            CommitObserver.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoker", "dedicated"})
    void shouldWaitForRoomAndAccountForEveryFrame(final String mode) throws IOException {
        try (Router router = router("--mode", mode, "--ring-slots", "16", "--ppes", "2")) {
            for (final SmallCapture.Frame frame : SmallCapture.corpus(500)) {
                router.receive(new UnsafeBuffer(frame.octets()), frame.octets().length, frame.octets().length, frame.nanos(),
                    LinkLayer.ETHERNET);
            }
            router.finish();
            assertThat(router.counters().total(Total.RECEIVED)).isEqualTo(500);
            assertThat(router.counters().inFlight()).isZero();
            assertThat(router.counters().total(Total.FORWARDED) + router.counters().dropped() + router.counters().total(Total.PUNTED)
                + router.counters().total(Total.CONSUMED)).isEqualTo(500);
            assertThat(router.dropReport().snapshot().stream().mapToLong(DropReport.Row::packets).sum())
                .isEqualTo(router.counters().dropped());
        }
    }

    @Test
    void shouldKnowItsSettingsSasAndLibraries() {
        try (Router router = router("--crypto", "jce", "--ppes", "3")) {
            assertThat(router.config().ppes()).isEqualTo(3);
            assertThat(router.inbound()).hasSize(16).allMatch(sa -> sa.backend().equals("jce")).extracting(InstalledSa::name)
                .startsWith("t4_cbc128_sha1", "t4_cbc256_sha256");
            assertThat(router.cryptoInUse()).hasSize(1);
            assertThat(router.oversubscribed()).isFalse();
        }
    }

    @Test
    void shouldKeepCountersInAFileUnlessItCannot() {
        final Path file = directory.resolve("counters");
        router("--counters", file.toString()).close();
        assertThat(file).isNotEmptyFile();
        assertThatThrownBy(() -> router("--counters", directory.resolve("no/counters").toString())).isInstanceOf(InputException.class)
            .hasMessageStartingWith(directory + "/no/counters: cannot be used for counters: ");
    }

    @Test
    void shouldReadDropsToAPerson() {
        try (Router router = router()) {
            final List<InstalledSa> sas = new ArrayList<>(router.inbound());
            final InstalledSa known = sas.get(0);
            final InstalledSa gone = sas.get(1);
            router.pipeline().installer().retire(gone);

            assertThat(read(row(4, known.spi(), 3, SECOND / 2), sas))
                .isEqualTo("transient: the sender used t4_cbc128_sha1 500 ms before it was installed here");
            assertThat(read(row(12, gone.spi(), 3, 90 * SECOND), sas))
                .isEqualTo("black hole: t4_cbc256_sha256 was deleted here and the sender goes on with it, for 90.0 s");
            assertThat(read(row(4, 0x1234, 10, SECOND), sas)).isEqualTo("transient or stray: 10 packets within 1.0 s");
            assertThat(read(row(4, 0x1234, 1, 0), sas)).isEqualTo("transient or stray: 1 packet within 0 ms");
            assertThat(read(row(4, 0x1234, 11, SECOND), sas)).isEqualTo(
                "black hole: the same unknown SPI for 1.0 s; it lasts until the sender's SA expires or DPD clears it");
            assertThat(read(row(4, 0x1234, 2, SECOND + 1), sas)).startsWith("black hole: the same unknown SPI for 1.0 s");
        }
    }

    @Test
    void shouldReadOtherDropsByTheirType() {
        assertThat(read(row(19, 1, 1, 0), List.of())).isEqualTo("late or repeated packets; the SA itself is well");
        assertThat(read(row(62, 1, 1, 0), List.of())).isEqualTo("corrupted on the way, forged, or the two ends have different keys");
        for (final int type : new int[] {6, 8, 14, 15}) {
            assertThat(read(row(type, 0, 1, 0), List.of())).isEqualTo("clear text that the peer should have encrypted");
        }
        for (final int type : new int[] {7, 14}) {
            assertThat(read(row(type, 0x1234, 1, 0), List.of())).isEqualTo("IPsec on its way to somebody else: no SA here is for it");
        }
        assertThat(read(row(76, 1, 1, 0), List.of())).isEqualTo(IpsecDrop.PAD_MISMATCH.meaning());
        assertThat(DropReading.of(new DropReport.Row(true, null, null, 0, 0, Verdict.DROP_GLOBAL | 6, 0, 0, 1, 60), List.of()))
            .isEqualTo("not an IPsec loss");
        assertThat(DropReading.of(new DropReport.Row(false, null, null, 0, 0, Verdict.DROP_IPSEC | 4, 0, 0, 1, 60), List.of()))
            .isEqualTo("flows that the report has no room for");
    }

    private static String read(final DropReport.Row row, final List<InstalledSa> sas) {
        return DropReading.of(row, sas);
    }

    private static DropReport.Row row(final int type, final int spi, final long packets, final long lasted) {
        return new DropReport.Row(true, IpAddress.parse("10.1.1.1"), IpAddress.parse("20.1.1.2"), 50, spi, Verdict.DROP_IPSEC | type,
            7 * SECOND, 7 * SECOND + lasted, packets, packets * 100);
    }
}
