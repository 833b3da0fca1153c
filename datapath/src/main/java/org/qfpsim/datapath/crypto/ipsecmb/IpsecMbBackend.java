package org.qfpsim.datapath.crypto.ipsecmb;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;

/** Intel's multi-buffer library: all suites, the fastest backend. */
public final class IpsecMbBackend implements CryptoBackend {
    /** The name for {@code --crypto}. */
    public static final String ID = "ipsec-mb";

    private final IpsecMbLibrary library;
    private final boolean bursts;
    private final IpsecMbKeys keys = new IpsecMbKeys();
    private final List<IpsecMbLane> lanes = new ArrayList<>();

    private IpsecMbBackend(final IpsecMbLibrary library, final boolean bursts) {
        this.library = library;
        this.bursts = bursts;
    }

    /**
     * Loads the library.
     *
     * @return a backend without keys or lanes.
     * @throws CryptoUnavailableException if the library is missing or its version is not known.
     */
    public static IpsecMbBackend load() throws CryptoUnavailableException {
        final IpsecMbLibrary library = IpsecMbLibrary.load();
        return new IpsecMbBackend(library, library.hasBursts());
    }

    /** The backend as it is with versions before 1.3, for tests. */
    static IpsecMbBackend loadWithoutBursts() throws CryptoUnavailableException {
        return new IpsecMbBackend(IpsecMbLibrary.load(), false);
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
        return EnumSet.allOf(EspSuite.class);
    }

    @Override
    public long install(final EspSuite suite, final EspKeys material) {
        material.validate(suite);
        return keys.install(suite, material);
    }

    @Override
    public void release(final EspSuite suite, final long handle) {
        keys.release(suite, handle);
    }

    @Override
    public CryptoLane newLane() {
        try {
            final IpsecMbLane lane = new IpsecMbLane(library, bursts);
            lanes.add(lane);
            return lane;
        } catch (final CryptoUnavailableException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        lanes.forEach(IpsecMbLane::close);
        lanes.clear();
        keys.close();
    }
}
