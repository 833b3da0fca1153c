package org.qfpsim.datapath.crypto.ipsecmb;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;

/**
 * Handles to the algorithms, constant so that the JIT compiler calls them without indirection. Touch this class only after
 * {@link IpsecMbLibrary#load} succeeded. The numbers are octet offsets of the pointers in IMB_MGR, the same from 1.0 to 2.0
 * as far as a version has them.
 */
final class IpsecMbFunctions {
    private static final IpsecMbLibrary LIBRARY = library();

    private static final MethodHandle NEXT_JOB = returningLong(64, 1);
    private static final MethodHandle SUBMIT_JOB = returningLong(72, 1);
    private static final MethodHandle FLUSH_JOB = returningLong(96, 1);
    private static final MethodHandle EXPAND_128 = returningNothing(112, 3);
    private static final MethodHandle EXPAND_192 = returningNothing(120, 3);
    private static final MethodHandle EXPAND_256 = returningNothing(128, 3);
    private static final MethodHandle GCM_ENC_128 = returningNothing(256, 10);
    private static final MethodHandle GCM_ENC_192 = returningNothing(264, 10);
    private static final MethodHandle GCM_ENC_256 = returningNothing(272, 10);
    private static final MethodHandle GCM_DEC_128 = returningNothing(280, 10);
    private static final MethodHandle GCM_DEC_192 = returningNothing(288, 10);
    private static final MethodHandle GCM_DEC_256 = returningNothing(296, 10);
    private static final MethodHandle GCM_PRE_128 = returningNothing(448, 2);
    private static final MethodHandle GCM_PRE_192 = returningNothing(456, 2);
    private static final MethodHandle GCM_PRE_256 = returningNothing(464, 2);
    private static final MethodHandle CHACHA_INIT = returningNothing(920, 5);
    private static final MethodHandle CHACHA_ENC_UPDATE = returningNothing(928, 5);
    private static final MethodHandle CHACHA_DEC_UPDATE = returningNothing(936, 5);
    private static final MethodHandle CHACHA_FINALIZE = returningNothing(944, 3);

    private IpsecMbFunctions() {
    }

    /** What is there from 1.3 on. */
    private static final class Bursts {
        static final MethodHandle CIPHER = LIBRARY.algorithm(992,
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        static final MethodHandle HASH = LIBRARY.algorithm(1008, FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT));

        private Bursts() {
        }
    }

    /** One AES-GCM operation over a whole packet. */
    interface Gcm {
        void run(long key, long context, long out, long in, long length, long iv, long aad, long aadLength, long tag, long tagLength)
            throws Throwable;
    }

    static Gcm gcmEncrypt(final int keyBytes) {
        return switch (keyBytes) {
            case 16 -> (k, c, out, in, n, iv, aad, aadN, tag, tagN) -> {
                GCM_ENC_128.invokeExact(k, c, out, in, n, iv, aad, aadN, tag, tagN);
            };
            case 24 -> (k, c, out, in, n, iv, aad, aadN, tag, tagN) -> {
                GCM_ENC_192.invokeExact(k, c, out, in, n, iv, aad, aadN, tag, tagN);
            };
            default -> (k, c, out, in, n, iv, aad, aadN, tag, tagN) -> {
                GCM_ENC_256.invokeExact(k, c, out, in, n, iv, aad, aadN, tag, tagN);
            };
        };
    }

    static Gcm gcmDecrypt(final int keyBytes) {
        return switch (keyBytes) {
            case 16 -> (k, c, out, in, n, iv, aad, aadN, tag, tagN) -> {
                GCM_DEC_128.invokeExact(k, c, out, in, n, iv, aad, aadN, tag, tagN);
            };
            case 24 -> (k, c, out, in, n, iv, aad, aadN, tag, tagN) -> {
                GCM_DEC_192.invokeExact(k, c, out, in, n, iv, aad, aadN, tag, tagN);
            };
            default -> (k, c, out, in, n, iv, aad, aadN, tag, tagN) -> {
                GCM_DEC_256.invokeExact(k, c, out, in, n, iv, aad, aadN, tag, tagN);
            };
        };
    }

    static void gcmExpandKey(final int keyBytes, final long key, final long expanded) {
        try {
            switch (keyBytes) {
                case 16 -> GCM_PRE_128.invokeExact(key, expanded);
                case 24 -> GCM_PRE_192.invokeExact(key, expanded);
                default -> GCM_PRE_256.invokeExact(key, expanded);
            }
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static void aesExpandKey(final int keyBytes, final long key, final long encryption, final long decryption) {
        try {
            switch (keyBytes) {
                case 16 -> EXPAND_128.invokeExact(key, encryption, decryption);
                case 24 -> EXPAND_192.invokeExact(key, encryption, decryption);
                default -> EXPAND_256.invokeExact(key, encryption, decryption);
            }
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    /** Runs the compression function of a hash over one block. */
    static void hashOneBlock(final HashAlgorithm hash, final long block, final long state) {
        try {
            returningNothing(hash.oneBlockOffset(), 2).invokeExact(block, state);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static long nextJob(final long manager) {
        try {
            return (long) NEXT_JOB.invokeExact(manager);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static long submitJob(final long manager) {
        try {
            return (long) SUBMIT_JOB.invokeExact(manager);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static long flushJob(final long manager) {
        try {
            return (long) FLUSH_JOB.invokeExact(manager);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    /** Runs jobs of one cipher to the end; the answer is how many were completed. */
    static int cipherBurst(final long manager, final long jobs, final int count, final int mode, final int direction, final int keyBytes) {
        try {
            return (int) Bursts.CIPHER.invokeExact(manager, jobs, count, mode, direction, keyBytes);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    /** Runs jobs of one hash to the end; the answer is how many were completed. */
    static int hashBurst(final long manager, final long jobs, final int count, final int hash) {
        try {
            return (int) Bursts.HASH.invokeExact(manager, jobs, count, hash);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static void chachaInit(final long key, final long context, final long nonce, final long aad, final long aadLength) {
        try {
            CHACHA_INIT.invokeExact(key, context, nonce, aad, aadLength);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static void chachaEncrypt(final long key, final long context, final long text, final long length) {
        try {
            CHACHA_ENC_UPDATE.invokeExact(key, context, text, text, length);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static void chachaDecrypt(final long key, final long context, final long text, final long length) {
        try {
            CHACHA_DEC_UPDATE.invokeExact(key, context, text, text, length);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static void chachaTag(final long context, final long tag, final long tagLength) {
        try {
            CHACHA_FINALIZE.invokeExact(context, tag, tagLength);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    private static RuntimeException failed(final Throwable cause) {
        return new IllegalStateException("ipsec-mb call failed", cause);
    }

    private static IpsecMbLibrary library() {
        try {
            return IpsecMbLibrary.load();
        } catch (final CryptoUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle returningNothing(final int offset, final int arguments) {
        return LIBRARY.algorithm(offset, FunctionDescriptor.ofVoid(longs(arguments)));
    }

    private static MethodHandle returningLong(final int offset, final int arguments) {
        return LIBRARY.algorithm(offset, FunctionDescriptor.of(JAVA_LONG, longs(arguments)));
    }

    private static MemoryLayout[] longs(final int count) {
        final MemoryLayout[] layouts = new MemoryLayout[count];
        Arrays.fill(layouts, JAVA_LONG);
        return layouts;
    }
}
