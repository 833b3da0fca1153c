package org.qfpsim.datapath.crypto.libcrypto;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.memory.NativeLibrary;

/** The shared library: finds it and refuses what is not OpenSSL 3. */
final class LibcryptoLibrary {
    private static final int KNOWN_MAJOR = 3;

    private static @Nullable LibcryptoLibrary loaded;

    private final NativeLibrary library;
    private final long version;

    private LibcryptoLibrary(final NativeLibrary library) throws CryptoUnavailableException {
        this.library = library;
        version = version(NativeLibrary.bind(require("OpenSSL_version_num"), FunctionDescriptor.of(ValueLayout.JAVA_LONG)));
        if (version >>> 28 != KNOWN_MAJOR) {
            throw new CryptoUnavailableException(description() + " is not a known version (known: 3.x)");
        }
        for (final String name : LibcryptoFunctions.NAMES) {
            require(name);
        }
    }

    /**
     * Loads the library once per process.
     *
     * @throws CryptoUnavailableException if it is missing or not OpenSSL 3.
     */
    static synchronized LibcryptoLibrary load() throws CryptoUnavailableException {
        LibcryptoLibrary result = loaded;
        if (result == null) {
            result = new LibcryptoLibrary(NativeLibrary.find(List.of("libcrypto.so.3")).orElseThrow(() ->
                new CryptoUnavailableException("libcrypto: libcrypto.so.3 not found; Debian and Ubuntu: apt install libssl3")));
            loaded = result;
        }
        return result;
    }

    /** The address of a function that must be there. */
    long require(final String name) throws CryptoUnavailableException {
        return library.address(name)
            .orElseThrow(() -> new CryptoUnavailableException("libcrypto: the library has no function " + name));
    }

    /** Name and version, such as {@code libcrypto 3.0.19}; the number is laid out as 0xMNN00PP0. */
    String description() {
        return "libcrypto " + (version >>> 28) + "." + (version >>> 20 & 0xff) + "." + (version >>> 4 & 0xff);
    }

    private static long version(final MethodHandle getVersion) {
        try {
            return (long) getVersion.invokeExact();
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
