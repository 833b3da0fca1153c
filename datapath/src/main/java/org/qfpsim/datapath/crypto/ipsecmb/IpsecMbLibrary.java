package org.qfpsim.datapath.crypto.ipsecmb;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.memory.NativeLibrary;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/**
 * The shared library: finds it, refuses versions whose structures are not known, makes multi-buffer managers. The algorithms are function
 * pointers inside a manager; their addresses are the same in all managers of a process.
 */
final class IpsecMbLibrary {
    private static final Set<String> X86_64 = Set.of("amd64", "x86_64");
    private static final String PACKAGE_HINT = "Debian and Ubuntu: apt install libipsec-mb1";
    private static final int VERSION_1_3 = 0x010300;
    private static final int VERSION_1_4 = 0x010400;
    private static final int VERSION_2_0 = 0x020000;
    private static final int FEATURES_OFFSET = 8;
    private static final long FEATURE_AESNI = 1L << 1;
    private static final long FEATURE_AVX2 = 1L << 6;
    private static final long FEATURE_AVX512F = 1L << 7;
    private static final long FEATURE_VAES = 1L << 12;

    private static @Nullable IpsecMbLibrary loaded;

    private final NativeLibrary library;
    private final int version;
    private final MethodHandle allocManager;
    private final MethodHandle initManager;
    private final MethodHandle freeManager;
    private final MethodHandle errorNumber;
    private final long features;
    private final long prototype;

    private IpsecMbLibrary(final NativeLibrary library) throws CryptoUnavailableException {
        this.library = library;
        version = version(exported("imb_get_version", FunctionDescriptor.of(ValueLayout.JAVA_INT)));
        requireKnown(version);
        allocManager = exported("alloc_mb_mgr", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        initManager = exported("init_mb_mgr_auto", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        freeManager = exported("free_mb_mgr", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG));
        errorNumber = exported("imb_get_errno", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
        prototype = newManager();
        features = RawMemory.getLong(prototype + FEATURES_OFFSET);
        if ((features & FEATURE_AESNI) == 0) {
            throw new CryptoUnavailableException("ipsec-mb " + versionText(version) + " needs a processor with AES instructions");
        }
    }

    /**
     * Loads the library once per process.
     *
     * @throws CryptoUnavailableException if it is missing, of an unknown version or does not start on this processor.
     */
    static synchronized IpsecMbLibrary load() throws CryptoUnavailableException {
        IpsecMbLibrary result = loaded;
        if (result == null) {
            if (!X86_64.contains(System.getProperty("os.arch"))) {
                throw new CryptoUnavailableException("ipsec-mb: known on x86-64 only, this is " + System.getProperty("os.arch"));
            }
            result = new IpsecMbLibrary(find());
            loaded = result;
        }
        return result;
    }

    /** Throws unless the offsets of this package were computed from the headers of this version. */
    static void requireKnown(final int version) throws CryptoUnavailableException {
        final int series = version >>> 8;
        if ((series < 0x100 || series > 0x105) && series != 0x200) {
            throw new CryptoUnavailableException("ipsec-mb " + versionText(version)
                + " is not a known version (known: 1.0 to 1.5 and 2.0); " + PACKAGE_HINT);
        }
    }

    /** Whether whole arrays of jobs can be given to the library. */
    boolean hasBursts() {
        return version >= VERSION_1_3;
    }

    /** Octets of IMB_JOB. */
    int jobBytes() {
        return version < VERSION_1_4 ? 200 : version < VERSION_2_0 ? 240 : 216;
    }

    /** A new manager, initialised for the best instruction set of this processor. Not thread-safe: one per lane. */
    long newManager() throws CryptoUnavailableException {
        try {
            final long manager = (long) allocManager.invokeExact(0L);
            if (manager == 0) {
                throw new CryptoUnavailableException("ipsec-mb: no memory for a manager");
            }
            initManager.invokeExact(manager, 0L);
            final int error = (int) errorNumber.invokeExact(manager);
            if (error != 0) {
                throw new CryptoUnavailableException("ipsec-mb " + versionText(version) + " does not start here, error " + error);
            }
            return manager;
        } catch (final CryptoUnavailableException | RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Frees what {@link #newManager} made. */
    void freeManager(final long manager) {
        try {
            freeManager.invokeExact(manager);
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A handle to the algorithm whose pointer stands in the manager.
     *
     * @param managerOffset octets from the start of the manager to the pointer.
     */
    MethodHandle algorithm(final int managerOffset, final FunctionDescriptor type) {
        return NativeLibrary.bindCritical(RawMemory.getLong(prototype + managerOffset), type);
    }

    /** Version and instruction set, such as {@code ipsec-mb 1.3.0 (avx512, vaes)}. */
    String description() {
        final String vectors = (features & FEATURE_AVX512F) != 0 ? "avx512" : (features & FEATURE_AVX2) != 0 ? "avx2" : "sse";
        return "ipsec-mb " + versionText(version) + " (" + vectors + ((features & FEATURE_VAES) != 0 ? ", vaes)" : ")");
    }

    private static NativeLibrary find() throws CryptoUnavailableException {
        return NativeLibrary.find(List.of("libIPSec_MB.so.1", "libIPSec_MB.so.2"))
            .orElseThrow(() -> new CryptoUnavailableException("ipsec-mb: libIPSec_MB.so.1 not found; " + PACKAGE_HINT));
    }

    private MethodHandle exported(final String name, final FunctionDescriptor type) throws CryptoUnavailableException {
        final long address = library.address(name)
            .orElseThrow(() -> new CryptoUnavailableException("ipsec-mb: the library has no function " + name));
        return NativeLibrary.bind(address, type);
    }

    private static int version(final MethodHandle getVersion) {
        try {
            return (int) getVersion.invokeExact();
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static String versionText(final int version) {
        return (version >>> 16) + "." + (version >>> 8 & 0xff) + "." + (version & 0xff);
    }
}
