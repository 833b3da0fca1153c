package org.qfpsim.datapath.crypto;

import java.lang.foreign.Arena;
import java.util.EnumMap;
import java.util.Map;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/**
 * Checks a library when it is loaded: each suite seals one fixed packet, and the result must have the recorded fingerprint; it must then
 * open to the same plaintext, and not open when its ICV is changed. The fingerprints were computed by a second and a third implementation.
 */
final class KnownAnswers {
    private static final int SPI = 0x01020304;
    private static final int SEQUENCE = 0x05060708;
    private static final int SEQ_HIGH = 0x0a0b0c0d;
    private static final int TEXT_BYTES = 64;
    private static final int MAX_PACKET_BYTES = 256;
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private static final Map<EspSuite, Long> FINGERPRINTS = new EnumMap<>(EspSuite.class);

    static {
        FINGERPRINTS.put(EspSuite.AES_GCM_128_16, 0x597865c09fabd7ecL);
        FINGERPRINTS.put(EspSuite.AES_GCM_192_16, 0x2ad6635b7b12e1c6L);
        FINGERPRINTS.put(EspSuite.AES_GCM_256_16, 0xcb0ed6ddf72c03feL);
        FINGERPRINTS.put(EspSuite.AES_GCM_128_12, 0x59a89867c6cf0375L);
        FINGERPRINTS.put(EspSuite.AES_GCM_192_12, 0x606843320e1c22a7L);
        FINGERPRINTS.put(EspSuite.AES_GCM_256_12, 0xd281e9a6bbbc1eL);
        FINGERPRINTS.put(EspSuite.AES_GCM_128_8, 0xa32faf09e6609221L);
        FINGERPRINTS.put(EspSuite.AES_GCM_192_8, 0x395fb076bf976c74L);
        FINGERPRINTS.put(EspSuite.AES_GCM_256_8, 0x1a0445d880613303L);
        FINGERPRINTS.put(EspSuite.CHACHA20_POLY1305, 0xfb5be091dd395375L);
        FINGERPRINTS.put(EspSuite.AES_CBC_128_SHA1_96, 0x94dbfccd4e863263L);
        FINGERPRINTS.put(EspSuite.AES_CBC_192_SHA1_96, 0x2875a686fdcb3921L);
        FINGERPRINTS.put(EspSuite.AES_CBC_256_SHA1_96, 0xf028e3572791ca8fL);
        FINGERPRINTS.put(EspSuite.AES_CBC_128_SHA256_128, 0xe69708f0d09c2aabL);
        FINGERPRINTS.put(EspSuite.AES_CBC_192_SHA256_128, 0xc1985ff7c84479dbL);
        FINGERPRINTS.put(EspSuite.AES_CBC_256_SHA256_128, 0xb79cb246ff601020L);
        FINGERPRINTS.put(EspSuite.AES_CBC_128_SHA384_192, 0xa15e301dd94d9e83L);
        FINGERPRINTS.put(EspSuite.AES_CBC_192_SHA384_192, 0xf70b0b9b0a794485L);
        FINGERPRINTS.put(EspSuite.AES_CBC_256_SHA384_192, 0xd14903070e1ecff5L);
        FINGERPRINTS.put(EspSuite.AES_CBC_128_SHA512_256, 0x4e334e9ac980197fL);
        FINGERPRINTS.put(EspSuite.AES_CBC_192_SHA512_256, 0x167518762959ef14L);
        FINGERPRINTS.put(EspSuite.AES_CBC_256_SHA512_256, 0x82fc8cb8950e36e9L);
        FINGERPRINTS.put(EspSuite.AES_CBC_128_NONE, 0xee91d23813295e12L);
        FINGERPRINTS.put(EspSuite.AES_CBC_192_NONE, 0x28a2c2843c888fcaL);
        FINGERPRINTS.put(EspSuite.AES_CBC_256_NONE, 0xe8f6f722af10518cL);
        FINGERPRINTS.put(EspSuite.NULL_SHA1_96, 0x6fee55133e7c572eL);
        FINGERPRINTS.put(EspSuite.NULL_SHA256_128, 0x2819ea765b95858aL);
        FINGERPRINTS.put(EspSuite.NULL_SHA384_192, 0xebfb7b08e3d01a4bL);
        FINGERPRINTS.put(EspSuite.NULL_SHA512_256, 0x70f7576ba4695639L);
    }

    private KnownAnswers() {
    }

    /**
     * Checks every suite of a backend.
     *
     * @throws CryptoUnavailableException at the first wrong answer.
     */
    static void check(final CryptoBackend backend) throws CryptoUnavailableException {
        final CryptoLane lane = backend.newLane();
        for (final EspSuite suite : backend.suites()) {
            try (Arena arena = Arena.ofConfined()) {
                final long handle = backend.install(suite, keys(suite));
                final String fault = fault(suite, lane, handle, RawMemory.allocate(arena, MAX_PACKET_BYTES));
                backend.release(suite, handle);
                if (!fault.isEmpty()) {
                    throw new CryptoUnavailableException(backend.description() + " fails its self-test: " + suite + " " + fault);
                }
            }
        }
    }

    /** The keys of the fixed packet: octets that count up. */
    static EspKeys keys(final EspSuite suite) {
        return new EspKeys(pattern(suite.keyBytes(), 0x10), pattern(suite.saltBytes(), 0x60), pattern(suite.authKeyBytes(), 0x80));
    }

    /**
     * Seals the fixed packet.
     *
     * @param esp room for 256 octets.
     * @return the fingerprint of the packet.
     */
    static long seal(final EspSuite suite, final EspTransform transform, final long handle, final long esp) {
        writePlaintext(suite, esp);
        transform.writeIv(handle, esp + EspSuite.ESP_HEADER_BYTES, (long) SEQ_HIGH << Integer.SIZE | SEQUENCE);
        final int length = length(suite);
        return transform.seal(handle, esp, length, true, SEQ_HIGH) == EspTransform.OK ? fingerprint(esp, length) : 0;
    }

    private static String fault(final EspSuite suite, final CryptoLane lane, final long handle, final long esp) {
        final EspTransform transform = lane.transform(suite);
        final Long expected = FINGERPRINTS.get(suite);
        if (expected == null || seal(suite, transform, handle, esp) != expected) {
            return "does not seal as expected";
        }
        final int length = length(suite);
        if (suite.authenticated()) {
            RawMemory.putByte(esp + length - 1, RawMemory.getByte(esp + length - 1) ^ 1);
            if (open(lane, transform, handle, esp, length) != EspTransform.BAD_ICV) {
                return "does not notice a wrong ICV";
            }
            transform.restore(handle, esp, length, EspTransform.BAD_ICV);
            RawMemory.putByte(esp + length - 1, RawMemory.getByte(esp + length - 1) ^ 1);
        }
        if (open(lane, transform, handle, esp, length) != EspTransform.OK) {
            return "does not open what it sealed";
        }
        final int textOffset = EspSuite.ESP_HEADER_BYTES + suite.ivBytes();
        for (int i = 0; i < TEXT_BYTES; i++) {
            if (RawMemory.getByte(esp + textOffset + i) != (byte) i) {
                return "does not decrypt as expected";
            }
        }
        return "";
    }

    private static int open(final CryptoLane lane, final EspTransform transform, final long handle, final long esp, final int length) {
        final int[] status = {transform.open(handle, esp, length, true, SEQ_HIGH, 0)};
        if (status[0] == EspTransform.PENDING) {
            lane.flush(status);
        }
        return status[0];
    }

    private static int length(final EspSuite suite) {
        return EspSuite.ESP_HEADER_BYTES + suite.ivBytes() + TEXT_BYTES + suite.icvBytes();
    }

    private static void writePlaintext(final EspSuite suite, final long esp) {
        for (int i = 0; i < Integer.BYTES; i++) {
            RawMemory.putByte(esp + i, SPI >>> 24 - 8 * i);
            RawMemory.putByte(esp + Integer.BYTES + i, SEQUENCE >>> 24 - 8 * i);
        }
        RawMemory.write(pattern(TEXT_BYTES, 0), 0, esp + EspSuite.ESP_HEADER_BYTES + suite.ivBytes(), TEXT_BYTES);
    }

    private static byte[] pattern(final int bytes, final int first) {
        final byte[] pattern = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            pattern[i] = (byte) (first + i);
        }
        return pattern;
    }

    /** FNV-1a over the packet: any wrong octet changes it. */
    private static long fingerprint(final long address, final int length) {
        long hash = FNV_BASIS;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ RawMemory.getByte(address + i) & 0xff) * FNV_PRIME;
        }
        return hash;
    }
}
