package org.qfpsim.datapath.crypto.libcrypto;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.memory.NativeLibrary;

/**
 * The functions of EVP and HMAC that packets need, as constant handles. Touch this class only after {@link LibcryptoLibrary#load}
 * succeeded. Functions that answer 1 for success are given back as {@code boolean}.
 */
final class LibcryptoFunctions {
    /** Direction for {@link #start}. */
    static final int ENCRYPT = 1;

    /** Direction for {@link #start}. */
    static final int DECRYPT = 0;

    /** EVP_CTRL_AEAD_GET_TAG for {@link #control}. */
    static final int GET_TAG = 0x10;

    /** EVP_CTRL_AEAD_SET_TAG for {@link #control}. */
    static final int SET_TAG = 0x11;

    /** What a library must export to be of use. */
    static final List<String> NAMES = List.of("EVP_CIPHER_CTX_new", "EVP_CIPHER_CTX_free", "EVP_CIPHER_fetch", "EVP_MD_fetch",
        "EVP_CipherInit_ex", "EVP_CIPHER_CTX_ctrl", "EVP_CIPHER_CTX_set_padding", "EVP_CipherUpdate", "EVP_CipherFinal_ex",
        "HMAC_CTX_new", "HMAC_CTX_free", "HMAC_Init_ex", "HMAC_Update", "HMAC_Final");

    private static final FunctionDescriptor NEW = FunctionDescriptor.of(JAVA_LONG);
    private static final FunctionDescriptor FREE = FunctionDescriptor.ofVoid(JAVA_LONG);
    private static final FunctionDescriptor FETCH = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle CIPHER_NEW = NativeLibrary.bind(address("EVP_CIPHER_CTX_new"), NEW);
    private static final MethodHandle CIPHER_FREE = NativeLibrary.bind(address("EVP_CIPHER_CTX_free"), FREE);
    private static final MethodHandle CIPHER_FETCH = NativeLibrary.bind(address("EVP_CIPHER_fetch"), FETCH);
    private static final MethodHandle DIGEST_FETCH = NativeLibrary.bind(address("EVP_MD_fetch"), FETCH);
    private static final MethodHandle SET_PADDING =
        NativeLibrary.bind(address("EVP_CIPHER_CTX_set_padding"), FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CIPHER_INIT = NativeLibrary.bindCritical(address("EVP_CipherInit_ex"),
        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CIPHER_CONTROL = NativeLibrary.bindCritical(address("EVP_CIPHER_CTX_ctrl"),
        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle CIPHER_UPDATE = NativeLibrary.bindCritical(address("EVP_CipherUpdate"),
        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CIPHER_FINAL = NativeLibrary.bindCritical(address("EVP_CipherFinal_ex"),
        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle HMAC_NEW = NativeLibrary.bind(address("HMAC_CTX_new"), NEW);
    private static final MethodHandle HMAC_FREE = NativeLibrary.bind(address("HMAC_CTX_free"), FREE);
    private static final MethodHandle HMAC_INIT = NativeLibrary.bindCritical(address("HMAC_Init_ex"),
        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle HMAC_UPDATE = NativeLibrary.bindCritical(address("HMAC_Update"),
        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle HMAC_FINAL = NativeLibrary.bindCritical(address("HMAC_Final"),
        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private LibcryptoFunctions() {
    }

    /** An EVP_CIPHER by name; 0 if the library has none. */
    static long fetchCipher(final String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (long) CIPHER_FETCH.invokeExact(0L, arena.allocateFrom(name).address(), 0L);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    /** An EVP_MD by name; 0 if the library has none. */
    static long fetchDigest(final String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (long) DIGEST_FETCH.invokeExact(0L, arena.allocateFrom(name).address(), 0L);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    /** A cipher context with its key expanded and padding off; 0 if that failed. */
    static long newCipher(final long cipher, final long key, final int direction) {
        try {
            final long context = (long) CIPHER_NEW.invokeExact();
            if (context != 0 && (int) CIPHER_INIT.invokeExact(context, cipher, 0L, key, 0L, direction) == 1
                && (int) SET_PADDING.invokeExact(context, 0) == 1) {
                return context;
            }
            CIPHER_FREE.invokeExact(context);
            return 0;
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static void freeCipher(final long context) {
        try {
            CIPHER_FREE.invokeExact(context);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    /** Starts a packet: the key stays, the IV is new. */
    static boolean start(final long context, final long iv, final int direction) {
        try {
            return (int) CIPHER_INIT.invokeExact(context, 0L, 0L, 0L, iv, direction) == 1;
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static boolean control(final long context, final int command, final int bytes, final long octets) {
        try {
            return (int) CIPHER_CONTROL.invokeExact(context, command, bytes, octets) == 1;
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    /** Feeds text, or additional data when {@code out} is 0. */
    static boolean update(final long context, final long out, final long outLength, final long in, final int length) {
        try {
            return (int) CIPHER_UPDATE.invokeExact(context, out, outLength, in, length) == 1;
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    /** Ends a packet; when a combined mode decrypts, the answer is whether the tag was right. */
    static boolean finish(final long context, final long out, final long outLength) {
        try {
            return (int) CIPHER_FINAL.invokeExact(context, out, outLength) == 1;
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    /** An HMAC context that knows its key; 0 if that failed. */
    static long newHmac(final long digest, final long key, final int keyBytes) {
        try {
            final long context = (long) HMAC_NEW.invokeExact();
            if (context != 0 && (int) HMAC_INIT.invokeExact(context, key, keyBytes, digest, 0L) == 1) {
                return context;
            }
            HMAC_FREE.invokeExact(context);
            return 0;
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static void freeHmac(final long context) {
        try {
            HMAC_FREE.invokeExact(context);
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    /** Starts a packet under the key that the context knows. */
    static boolean startHmac(final long context) {
        try {
            return (int) HMAC_INIT.invokeExact(context, 0L, 0, 0L, 0L) == 1;
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static boolean updateHmac(final long context, final long in, final long length) {
        try {
            return (int) HMAC_UPDATE.invokeExact(context, in, length) == 1;
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    static boolean finishHmac(final long context, final long out, final long outLength) {
        try {
            return (int) HMAC_FINAL.invokeExact(context, out, outLength) == 1;
        } catch (final Throwable e) {
            throw failed(e);
        }
    }

    private static long address(final String name) {
        try {
            return LibcryptoLibrary.load().require(name);
        } catch (final CryptoUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException failed(final Throwable cause) {
        return new IllegalStateException("libcrypto call failed", cause);
    }
}
