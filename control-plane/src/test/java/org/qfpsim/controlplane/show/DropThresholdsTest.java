package org.qfpsim.controlplane.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DropThresholdsTest {
    @Test
    void shouldPrintThePublishedSample() {
        assertThat(DropThresholds.text(40, Map.of(19, 30, 94, 10, 140, 40))).isEqualTo("""
            -------------------------------
             Drop ID             Threshold
            -------------------------------
               total             40
                19               30
                94               10
                140              40
            """);
    }
}
