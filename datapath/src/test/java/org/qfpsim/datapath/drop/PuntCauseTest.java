package org.qfpsim.datapath.drop;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

class PuntCauseTest {
    private static final int NAME_WIDTH = 28;

    @Test
    void shouldHaveUniqueAscendingIds() {
        assertThat(Arrays.stream(PuntCause.values()).map(PuntCause::id)).isSorted().doesNotHaveDuplicates().hasSize(PuntCause.COUNT);
        assertThat(Arrays.stream(PuntCause.values()).map(PuntCause::cliName)).doesNotHaveDuplicates()
            .allMatch(name -> name.length() <= NAME_WIDTH);
    }

    @Test
    void shouldFindEveryCauseByItsNumberAndNothingElse() {
        for (int id = -1; id <= PuntCause.MAX_ID + 1; id++) {
            final int wanted = id;
            assertThat(PuntCause.byId(id))
                .isSameAs(Arrays.stream(PuntCause.values()).filter(cause -> cause.id() == wanted).findFirst().orElse(null));
        }
        assertThat(PuntCause.byId(PuntCause.MAX_ID)).isSameAs(PuntCause.BFD_L2_CONTROL);
    }

    @Test
    void shouldKnowTheDefaultRates() {
        assertThat(PuntCause.FOR_US_DATA)
            .returns(11, PuntCause::id).returns(40_000, PuntCause::normalPps).returns(5_000, PuntCause::highPps);
        assertThat(PuntCause.FOR_US_CONTROL)
            .returns(55, PuntCause::id).returns(20_000, PuntCause::normalPps).returns(20_000, PuntCause::highPps);
        assertThat(PuntCause.ARP_REQUEST_OR_RESPONSE).returns(7, PuntCause::id).returns("ARP request or response", PuntCause::cliName);
        assertThat(PuntCause.STP_BPDUS).returns(73, PuntCause::id).returns("STP BPDU's", PuntCause::cliName);
    }

    @Test
    void shouldKnowFourCausesWithoutAPolicer() {
        assertThat(PuntCause.values()).filteredOn(cause -> cause.normalPps() == 0).extracting(PuntCause::id)
            .containsExactly(21, 26, 129, 130);
        assertThat(PuntCause.values()).allMatch(cause -> (cause.normalPps() == 0) == (cause.highPps() == 0));
    }
}
