package org.qfpsim.datapath.crypto.jce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;

class JceSaTest {
    private static final EspKeys KEYS = new EspKeys(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, new byte[4], new byte[0]);

    @Test
    void shouldEraseTheKeyOnRelease() {
        try (JceBackend backend = new JceBackend()) {
            final long handle = backend.install(EspSuite.AES_GCM_128_16, KEYS);
            final JceSa sa = backend.sa(handle);
            backend.release(EspSuite.AES_GCM_128_16, handle);
            assertThat(sa.erased()).isTrue();
            assertThatThrownBy(() -> backend.sa(handle)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldEraseEveryKeyOnClose() {
        final JceBackend backend = new JceBackend();
        final JceSa sa = backend.sa(backend.install(EspSuite.AES_GCM_128_16, KEYS));
        backend.close();
        assertThat(sa.erased()).isTrue();
    }

    @Test
    void shouldOverwriteTheOctetsOfAKey() {
        final ErasableKey key = new ErasableKey("AES", KEYS.key());
        assertThat(key.getEncoded()).isEqualTo(KEYS.key());
        key.destroy();
        assertThat(key.getEncoded()).containsOnly(0);
    }
}
