package org.qfpsim.datapath.crypto;

/** One thread's access to a {@link CryptoBackend}: scratch memory, cipher contexts and jobs in flight. Not thread-safe. */
public interface CryptoLane {
    /** Most packets that may be pending before {@link #flush}. */
    int MAX_PENDING = 256;

    /**
     * The transform of a suite on this lane. The same object every time, so that callers may keep it.
     *
     * @param suite a member of the backend's suites.
     * @return the transform.
     */
    EspTransform transform(EspSuite suite);

    /**
     * Completes every pending {@link EspTransform#open(long, long, int, boolean, int, int)}.
     *
     * @param statusByTag receives {@link EspTransform#OK}, {@link EspTransform#BAD_ICV} or {@link EspTransform#ENGINE_ERROR} at the tag of
     *                    each completed packet; other elements stay as they are.
     */
    void flush(int[] statusByTag);
}
