package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.crypto.jce.JceBackend;
import org.qfpsim.datapath.crypto.memory.NativeLibrary;

class KnownAnswersTest {
    @Test
    void shouldAcceptARightImplementation() {
        assertThatCode(() -> KnownAnswers.check(new JceBackend())).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseALibraryThatSealsWrongly() {
        final CryptoBackend wrongKey = new Broken(false, true);
        assertThatThrownBy(() -> KnownAnswers.check(wrongKey)).isInstanceOf(CryptoUnavailableException.class)
            .hasMessage("broken 1.0 fails its self-test: AES_GCM_128_16 does not seal as expected");
    }

    @Test
    void shouldRefuseALibraryThatAcceptsAForgedPacket() {
        final CryptoBackend credulous = new Broken(true, false);
        assertThatThrownBy(() -> KnownAnswers.check(credulous)).isInstanceOf(CryptoUnavailableException.class)
            .hasMessage("broken 1.0 fails its self-test: AES_GCM_128_16 does not notice a wrong ICV");
    }

    @Test
    void shouldFindNoLibraryWhereNoneIs() {
        assertThat(NativeLibrary.find(List.of("libno-such-library.so.1", "libno-such-library.so.2"))).isEmpty();
    }

    /** The JDK's ciphers with a fault. */
    private record Broken(JceBackend real, boolean credulous, boolean wrongKey) implements CryptoBackend {
        private Broken(final boolean credulous, final boolean wrongKey) {
            this(new JceBackend(), credulous, wrongKey);
        }

        @Override
        public String id() {
            return "broken";
        }

        @Override
        public String description() {
            return "broken 1.0";
        }

        @Override
        public Set<EspSuite> suites() {
            return real.suites();
        }

        @Override
        public long install(final EspSuite suite, final EspKeys keys) {
            return real.install(suite, wrongKey ? new EspKeys(new byte[keys.key().length], keys.salt(), keys.authKey()) : keys);
        }

        @Override
        public void release(final EspSuite suite, final long handle) {
            real.release(suite, handle);
        }

        @Override
        public CryptoLane newLane() {
            final CryptoLane lane = real.newLane();
            return credulous ? new CredulousLane(lane) : lane;
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private record CredulousLane(CryptoLane real) implements CryptoLane {
        @Override
        public EspTransform transform(final EspSuite suite) {
            return new CredulousTransform(real.transform(suite));
        }

        @Override
        public void flush(final int[] statusByTag) {
            real.flush(statusByTag);
        }
    }

    private record CredulousTransform(EspTransform real) implements EspTransform {
        @Override
        public int open(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh, final int tag) {
            return OK;
        }

        @Override
        public void restore(final long keyHandle, final long esp, final int length, final int status) {
            real.restore(keyHandle, esp, length, status);
        }

        @Override
        public void writeIv(final long keyHandle, final long iv, final long sequence) {
            real.writeIv(keyHandle, iv, sequence);
        }

        @Override
        public int seal(final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh) {
            return real.seal(keyHandle, esp, length, esn, seqHigh);
        }
    }
}
