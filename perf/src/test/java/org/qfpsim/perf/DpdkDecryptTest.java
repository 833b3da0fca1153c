package org.qfpsim.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.sim.InputException;

class DpdkDecryptTest {
    private static final String HEADER = "#lcore id,Buffer Size(B),Burst Size,Enqueued,Dequeued,Failed Enq,Failed Deq,Ops(Millions),"
        + "Throughput(Gbps),Cycles/Buf\n\n";

    @Test
    void shouldReadTheFigureAmongWhatTheLibrarySays() {
        final String output = "EAL: Detected CPU lcores: 2\nipsec_mb_create() line 168: version used: 1.3.0\n\n" + HEADER
            + "1,64,32,3000000,3000000,0,0,27.541,14.1,97.508\n\n";

        assertThat(DpdkDecrypt.megaOperations(output, 3_000_000)).isEqualTo(27.541);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1,64,32,3000000,2999999,0,0,27.5,14.1,97.5   | printed what cannot be: 1,64,32,3000000,2999999",
        "1,64,32,3000000,3000000,0,0,0.0,14.1,97.5    | printed what cannot be",
        "1,64,32,3000000,3000000,0,0,1.2.3,14.1,97.5  | printed what cannot be",
        "1,64,32,3000000,3000000,0,0,99999.0,1.1,97.5 | printed what cannot be",
        "1,64,32,3000000,3000000,0,0,27.5             | printed what cannot be",
        "EAL: Cannot get hugepage information.        | gave no figure: EAL: Cannot get hugepage information.",
    })
    void shouldBelieveNothingElse(final String line, final String message) {
        assertThatThrownBy(() -> DpdkDecrypt.megaOperations(HEADER + line, 3_000_000)).isInstanceOf(InputException.class)
            .hasMessageContaining(message);
    }

    @Test
    void shouldSayThatNothingWasPrinted() {
        assertThatThrownBy(() -> DpdkDecrypt.megaOperations("\n", 1)).hasMessageEndingWith("gave no figure: it printed nothing");
    }
}
