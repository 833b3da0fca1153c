package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.crypto.jce.JceBackend;
import org.qfpsim.datapath.crypto.memory.KeySlab;
import org.qfpsim.datapath.crypto.memory.RawMemory;

class KeyLifecycleTest {
    private static final long SEED = 0x4b455953L;
    private static final int MANY_SAS = 10_000;
    /** Less than the smallest entry of any native backend; all key octets of these suites lie within. */
    private static final int ENTRY_BYTES = 640;

    @Test
    void shouldEraseKeysOnRelease() throws Exception {
        try (CryptoBackends backends = CryptoBackends.open("auto")) {
            for (final CryptoBackend backend : backends.all()) {
                if (backend.id().equals(JceBackend.ID)) {
                    continue;
                }
                for (final EspSuite suite : EspSuite.values()) {
                    final long handle = backend.install(suite, new RandomEsp(SEED).keys(suite));
                    assertThat(nonZeroOctets(handle)).as("%s %s", backend.id(), suite).isPositive();
                    backend.release(suite, handle);
                    assertThat(nonZeroOctets(handle)).as("%s %s", backend.id(), suite).isZero();
                }
            }
        }
    }

    @Test
    void shouldUseReleasedEntriesAgainWithTheNewKeys() throws Exception {
        try (CryptoBackends backends = CryptoBackends.open("auto"); EspPacketMemory memory = new EspPacketMemory()) {
            for (final CryptoBackend backend : backends.all()) {
                final BackendFixture fixture = new BackendFixture(backend);
                for (final EspSuite suite : backend.suites()) {
                    final RandomEsp random = new RandomEsp(SEED + suite.ordinal());
                    final byte[] plain = random.packet(suite, 64);
                    final BackendFixture.Sa first = fixture.install(suite, random.keys(suite));
                    final byte[] sealedFirst = seal(first, memory, plain);
                    first.close();
                    final BackendFixture.Sa second = fixture.install(suite, random.keys(suite));
                    assertThat(second.handle).as("%s reuses the entry", second).isEqualTo(first.handle);
                    assertThat(seal(second, memory, plain)).as("%s has other keys", second).isNotEqualTo(sealedFirst);
                    if (suite.authenticated()) {
                        assertThat(second.open(memory.put(sealedFirst), true, 1)).as("%s", second).isEqualTo(EspTransform.BAD_ICV);
                    }
                    second.close();
                }
            }
        }
    }

    @Test
    void shouldInstallManySasWithHandlesOfTheirOwn() throws Exception {
        try (CryptoBackends backends = CryptoBackends.open("auto"); EspPacketMemory memory = new EspPacketMemory()) {
            for (final CryptoBackend backend : backends.all()) {
                final BackendFixture fixture = new BackendFixture(backend);
                final RandomEsp random = new RandomEsp(SEED);
                final BackendFixture.Sa[] sas = new BackendFixture.Sa[MANY_SAS];
                final Set<Long> handles = new HashSet<>();
                final long start = System.nanoTime();
                for (int i = 0; i < MANY_SAS; i++) {
                    sas[i] = fixture.install(EspSuite.AES_GCM_128_16, random.keys(EspSuite.AES_GCM_128_16));
                    handles.add(sas[i].handle);
                }
                System.out.printf("%s: %d SAs installed in %d ms%n", backend.id(), MANY_SAS, (System.nanoTime() - start) / 1_000_000);
                assertThat(handles).hasSize(MANY_SAS).doesNotContain(0L);
                final byte[] sealed = seal(sas[0], memory, random.packet(EspSuite.AES_GCM_128_16, 64));
                assertThat(sas[MANY_SAS - 1].open(memory.put(sealed), true, 1)).isEqualTo(EspTransform.BAD_ICV);
                assertThat(sas[0].open(memory.put(sealed), true, 1)).isEqualTo(EspTransform.OK);
                for (final BackendFixture.Sa sa : sas) {
                    sa.close();
                }
            }
        }
    }

    @Test
    void shouldHoldAHundredThousandGcmKeysIn128Megabytes() {
        try (KeySlab slab = new KeySlab(1280)) {
            for (int i = 0; i < 100_000; i++) {
                final long entry = slab.allocate();
                assertThat(entry % 64).isZero();
                RawMemory.putLong(entry, -1);
            }
            assertThat(slab.reservedBytes()).isLessThanOrEqualTo(128 << 20);
        }
    }

    @Test
    void shouldHandOutZeroedEntries() {
        try (KeySlab slab = new KeySlab(100)) {
            final long entry = slab.allocate();
            RawMemory.putLong(entry + 92, -1);
            slab.release(entry);
            assertThat(slab.allocate()).isEqualTo(entry);
            assertThat(RawMemory.getLong(entry + 92)).isZero();
            assertThat(slab.allocate() - entry).as("whole cache lines").isEqualTo(128);
        }
    }

    private static byte[] seal(final BackendFixture.Sa sa, final EspPacketMemory memory, final byte[] plain) {
        memory.put(plain);
        sa.seal(memory, true, 1);
        return memory.get();
    }

    private static int nonZeroOctets(final long entry) {
        int count = 0;
        for (int i = 0; i < ENTRY_BYTES; i++) {
            count += RawMemory.getByte(entry + i) != 0 ? 1 : 0;
        }
        return count;
    }
}
