package org.qfpsim.sim;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.security.Provider;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the crypto libraries of this machine for their versions, without using them. */
final class CryptoLibraries {
    private static final String NOT_FOUND = "not found";
    private static final List<String> IPSEC_MB = List.of("libIPSec_MB.so.2", "libIPSec_MB.so.1");
    private static final List<String> LIBCRYPTO = List.of("libcrypto.so.3", "libcrypto.3.dylib");
    private static final long LONGEST_VERSION = 256;
    private static final FunctionDescriptor TEXT = FunctionDescriptor.of(ValueLayout.ADDRESS);
    private static final FunctionDescriptor TEXT_OF_KIND = TEXT.appendArgumentLayouts(ValueLayout.JAVA_INT);

    private CryptoLibraries() {
    }

    static Map<String, String> versions() {
        final Map<String, String> versions = new LinkedHashMap<>();
        versions.put("ipsec-mb", version(IPSEC_MB, "imb_get_version_str", TEXT));
        versions.put("libcrypto", version(LIBCRYPTO, "OpenSSL_version", TEXT_OF_KIND, 0));
        final @Nullable Provider jce = Security.getProvider("SunJCE");
        versions.put("jce", jce == null ? NOT_FOUND : jce.getName() + " " + jce.getVersionStr());
        return versions;
    }

    @SuppressWarnings("restricted")
    private static String version(final List<String> libraries, final String function, final FunctionDescriptor type,
                                  final Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            final Optional<MemorySegment> address = libraries.stream()
                .flatMap(library -> find(library, function, arena).stream())
                .findFirst();
            if (address.isEmpty()) {
                return NOT_FOUND;
            }
            final MemorySegment text =
                (MemorySegment) Linker.nativeLinker().downcallHandle(address.get(), type).invokeWithArguments(arguments);
            return text.reinterpret(LONGEST_VERSION).getString(0);
        } catch (final Throwable e) {
            return "not usable: " + e.getMessage();
        }
    }

    @SuppressWarnings("restricted")
    private static Optional<MemorySegment> find(final String library, final String function, final Arena arena) {
        try {
            return SymbolLookup.libraryLookup(library, arena).find(function);
        } catch (final IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
