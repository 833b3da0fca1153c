package org.qfpsim.datapath.drop;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

class IpsecDropTest {
    @Test
    void shouldHaveExactlyTheRowsOfThePlatform() throws IOException {
        assertThat(Arrays.stream(IpsecDrop.values()).map(IpsecDropTest::asReferenceRow)).containsExactlyElementsOf(referenceRows());
        assertThat(IpsecDrop.values()).hasSize(IpsecDrop.COUNT);
    }

    @Test
    void shouldFindEveryRowByItsNumberAndNothingInTheGaps() {
        for (int id = -1; id <= IpsecDrop.MAX_ID + 1; id++) {
            final int wanted = id;
            assertThat(IpsecDrop.byId(id))
                .isSameAs(Arrays.stream(IpsecDrop.values()).filter(drop -> drop.id() == wanted).findFirst().orElse(null));
        }
        assertThat(IpsecDrop.byId(IpsecDrop.MAX_ID)).isSameAs(IpsecDrop.CD_IN_PKT_OUT_OF_WINDOW);
    }

    @Test
    void shouldPutTheEngineTokenIntoTheName() {
        assertThat(IpsecDrop.IN_ANTI_REPLAY_FAIL.name(EngineToken.OCT)).isEqualTo("IN_OCT_ANTI_REPLAY_FAIL");
        assertThat(IpsecDrop.OUT_HARD_EXPIRY.name(EngineToken.OCT)).isEqualTo("OUT_OCT_HARD_EXPIRY");
        assertThat(IpsecDrop.OUT_DETECT_SEQ_OVEFLOW.name(EngineToken.OCT)).isEqualTo("OUT_OCT_DETECT_SEQ_OVEFLOW");
        assertThat(IpsecDrop.PKT_HIT_INVALID_SA.name(EngineToken.OCT)).isEqualTo("OCT_PKT_HIT_INVALID_SA");
        assertThat(IpsecDrop.GEN_NOTIFY_SOFT_EXPIRY.name(EngineToken.OCT)).isEqualTo("OCT_GEN_NOTIFY_SOFT_EXPIRY");
        assertThat(IpsecDrop.IN_MAC_EXCEPTION.name(EngineToken.N2)).isEqualTo("IN_N2_MAC_EXCEPTION");
        assertThat(IpsecDrop.PAD_MISMATCH.name(EngineToken.N2)).isEqualTo("N2_PAD_MISMATCH");
        assertThat(IpsecDrop.IN_MAC_EXCEPTION.name(EngineToken.ICE)).isEqualTo("IN_ICE_MAC_EXCEPTION");
        assertThat(IpsecDrop.IN_UNEXP_EXCEPTION.name(EngineToken.OVLD)).isEqualTo("IN_UNEXP_OVLD_EXCEPTION");
        assertThat(IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI.name(EngineToken.OCT)).isEqualTo("IN_US_V4_PKT_SA_NOT_FOUND_SPI");
    }

    @Test
    void shouldCountEveryLossInAnIpsecRowOfTheGlobalTable() {
        assertThat(IpsecDrop.values()).filteredOn(drop -> drop.global() == null).containsExactly(IpsecDrop.GEN_NOTIFY_SOFT_EXPIRY);
        assertThat(Arrays.stream(IpsecDrop.values()).map(IpsecDrop::global).filter(Objects::nonNull).distinct())
            .allMatch(global -> global.cliName().startsWith("Ipsec"));
    }

    @Test
    void shouldNameAnEventForEveryGlobalRowThatAFeatureRowCanRaise() {
        assertThat(Arrays.stream(IpsecDrop.values()).filter(drop -> !drop.event().isEmpty())
            .map(IpsecDrop::global).filter(Objects::nonNull))
            .allMatch(global -> !global.event().isEmpty());
    }

    @Test
    void shouldLeaveOutTheHardwareEnginesRowsOnASoftwareImage() {
        assertThat(IpsecDrop.values()).filteredOn(drop -> !drop.printedBy(EngineToken.CD_SW_IPSEC))
            .containsExactly(IpsecDrop.GEN_NOTIFY_SOFT_EXPIRY, IpsecDrop.PAD_MISMATCH);
        assertThat(IpsecDrop.values()).allMatch(drop -> drop.printedBy(EngineToken.OCT));
    }

    private static String asReferenceRow(final IpsecDrop drop) {
        final EngineToken token = drop.printedBy(EngineToken.CD_SW_IPSEC) ? EngineToken.CD_SW_IPSEC : EngineToken.OCT;
        final GlobalDrop global = drop.global();
        return drop.id() + " " + drop.name(token) + " " + (global == null ? "none" : global.cliName());
    }

    private static List<String> referenceRows() throws IOException {
        try (InputStream in = Objects.requireNonNull(IpsecDropTest.class.getResourceAsStream("ipsec-drops.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).toList();
        }
    }
}
