package org.qfpsim.datapath.crypto;

import java.util.Set;

/**
 * A crypto library and the keys installed in it. Keys are installed and released by one control thread; lanes are made before the
 * threads that use them start. A handle is valid on every lane from the moment {@link #install} returns (the caller publishes it to
 * the lane threads with release semantics) until {@link #release}, which the caller may only call after every lane has stopped using it.
 */
public interface CryptoBackend extends AutoCloseable {
    /** The name that {@code --crypto} takes: {@code ipsec-mb}, {@code libcrypto} or {@code jce}. */
    String id();

    /** Library and version for reports, such as {@code ipsec-mb 1.3.0 (avx512)}. */
    String description();

    /** The suites that this library can compute here. */
    Set<EspSuite> suites();

    /**
     * Installs the keys of one SA.
     *
     * @param suite a member of {@link #suites()}.
     * @param keys  keys of the lengths that the suite asks for.
     * @return a handle, never 0: an address or an index, only meaningful to this backend.
     * @throws IllegalArgumentException if the suite is not supported or a length is wrong.
     */
    long install(EspSuite suite, EspKeys keys);

    /**
     * Erases and frees the keys of one SA.
     *
     * @param suite  the suite given to {@link #install}.
     * @param handle what {@link #install} returned.
     */
    void release(EspSuite suite, long handle);

    /**
     * Makes the lane of one thread.
     *
     * @return a lane that shares this backend's keys.
     * @throws IllegalStateException if there are no more lanes: libcrypto and jce have 64.
     */
    CryptoLane newLane();

    /** Releases the library's own memory; every lane is dead after this. */
    @Override
    void close();
}
