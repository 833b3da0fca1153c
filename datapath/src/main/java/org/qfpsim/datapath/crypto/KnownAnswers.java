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
