package org.qfpsim.controlplane.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class InvalidSpiLogFuzzTest {
    @FuzzTest
    void shouldReadAnything(final byte[] text) {
        final InvalidSpiLog log = InvalidSpiLog.read(new String(text, StandardCharsets.ISO_8859_1).lines().toList());
        log.keys().forEach(key -> assertThat(log.reading(key).text()).isNotEmpty());
    }
}
