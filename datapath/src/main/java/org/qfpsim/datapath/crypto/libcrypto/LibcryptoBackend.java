package org.qfpsim.datapath.crypto.libcrypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;

/** OpenSSL 3: all suites whose algorithms its build and policy allow. */
public final class LibcryptoBackend implements CryptoBackend {
    /** The name for {@code --crypto}. */
    public static final String ID = "libcrypto";

    private final LibcryptoLibrary library;
    private final LibcryptoKeys keys = new LibcryptoKeys();
    private final List<LibcryptoLane> lanes = new ArrayList<>();

    private LibcryptoBackend(final LibcryptoLibrary library) {
        this.library = library;
    }

    /**
     * Loads the library.
     *
     * @return a backend without keys or lanes.
     * @throws CryptoUnavailableException if the library is missing or not OpenSSL 3.
     */
    public static LibcryptoBackend load() throws CryptoUnavailableException {
        return new LibcryptoBackend(LibcryptoLibrary.load());
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String description() {
        return library.description();
    }

    @Override
    public Set<EspSuite> suites() {
        return Algorithms.supported();
    }

    @Override
    public long install(final EspSuite suite, final EspKeys material) {
        if (!suites().contains(suite)) {
            throw new IllegalArgumentException("libcrypto cannot do " + suite.text() + " here");
        }
        material.validate(suite);
        return keys.install(material);
    }

    @Override
    public void release(final EspSuite suite, final long handle) {
        keys.release(handle);
    }

    @Override
    public CryptoLane newLane() {
        if (lanes.size() == LibcryptoKeys.MAX_LANES) {
            throw new IllegalStateException("libcrypto has at most " + LibcryptoKeys.MAX_LANES + " lanes");
        }
        final LibcryptoLane lane = new LibcryptoLane(lanes.size());
        lanes.add(lane);
        return lane;
    }

    @Override
    public void close() {
        keys.close();
        lanes.forEach(LibcryptoLane::close);
        lanes.clear();
    }
}
