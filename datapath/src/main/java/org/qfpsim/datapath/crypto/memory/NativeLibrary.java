package org.qfpsim.datapath.crypto.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** A shared library and handles to its functions. Pointers are declared as {@code long}, so that a call makes no objects. */
public final class NativeLibrary {
    private static final Linker LINKER = Linker.nativeLinker();

    private final SymbolLookup symbols;

    private NativeLibrary(final SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /**
     * Loads the first of some libraries that the system's loader finds; it stays loaded.
     *
     * @param names file names, such as {@code libcrypto.so.3}.
     * @return the library, or nothing if none is installed.
     */
    @SuppressWarnings("restricted")
    public static Optional<NativeLibrary> find(final List<String> names) {
        for (final String name : names) {
            try {
                return Optional.of(new NativeLibrary(SymbolLookup.libraryLookup(name, Arena.global())));
            } catch (final IllegalArgumentException e) {
                continue;
            }
        }
        return Optional.empty();
    }

    /** The address of an exported function, or nothing if the library has none of this name. */
    public Optional<Long> address(final String name) {
        return symbols.find(name).map(MemorySegment::address);
    }

    /** A handle for calls from the control thread, which may take long or allocate. */
    @SuppressWarnings("restricted")
    public static MethodHandle bind(final long address, final FunctionDescriptor type) {
        return LINKER.downcallHandle(MemorySegment.ofAddress(address), type);
    }

    /** A handle for calls per packet: short ones that do not block, because the thread stays visible to the JVM as running Java. */
    @SuppressWarnings("restricted")
    public static MethodHandle bindCritical(final long address, final FunctionDescriptor type) {
        return LINKER.downcallHandle(MemorySegment.ofAddress(address), type, Linker.Option.critical(false));
    }
}
