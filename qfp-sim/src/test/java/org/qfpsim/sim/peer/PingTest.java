package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PingTest {
    /** At 50 requests a second it happens every 22 minutes. */
    @Test
    void shouldGoOnCountingWhenTheNumberBeginsAgain() {
        assertThat(Ping.continued(0, 1)).isEqualTo(1);
        assertThat(Ping.continued(65_535, 0)).isEqualTo(65_536);
        assertThat(Ping.continued(65_536, 65_535)).isEqualTo(65_535);
        assertThat(Ping.continued(131_071, 3)).isEqualTo(131_075);
        assertThat(Ping.continued(40_000, 39_990)).isEqualTo(39_990);
    }
}
