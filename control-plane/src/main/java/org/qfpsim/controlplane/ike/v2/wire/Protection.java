package org.qfpsim.controlplane.ike.v2.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.crypto.IkeCipher;
import org.qfpsim.controlplane.ike.crypto.Integrity;

/**
 * Encrypts or decrypts the messages of one direction of an IKE SA (RFC 7296 section 3.14, RFC 5282 for GCM, RFC 7383 for fragments).
 * <pre>
 *   header | generic header [| fragment number, total] | IV | ciphertext: payloads, padding, pad length | ICV
 *   \________ associated data of GCM _________________/
 *   \________ what the HMAC of CBC covers ____________________________________________________________/
 * </pre>
 */
public final class Protection {
    private static final int GENERIC = 4;
    private static final int FRAGMENT = 4;

    private final IkeCipher cipher;
    private final @Nullable Integrity integrity;
    private final byte[] key;
    private final byte[] integrityKey;
    private final RandomGenerator random;
    private long sent;

    /**
     * One direction.
     *
     * @param cipher       the cipher.
     * @param key          SK_ei or SK_er.
     * @param integrity    the integrity algorithm; null with GCM.
     * @param integrityKey SK_ai or SK_ar; empty with GCM.
     * @param random       for IVs of CBC, which must not be foretold.
     */
    public Protection(final IkeCipher cipher, final byte[] key, final @Nullable Integrity integrity, final byte[] integrityKey,
                      final RandomGenerator random) {
        this.cipher = cipher;
        this.key = key.clone();
        this.integrity = integrity;
        this.integrityKey = integrityKey.clone();
        this.random = random;
    }

    private int icvOctets() {
        return integrity == null ? cipher.icvOctets() : integrity.icvOctets();
    }

    /**
     * Encrypts a message; cuts it into fragments if it would be too long.
     *
     * @param header   the header.
     * @param payloads what goes inside.
     * @param longest  octets that a message may have; 0 or less: any.
     * @return one message, or its fragments.
     */
    public List<byte[]> seal(final Header header, final List<Payload> payloads, final int longest) {
        final byte[] plain = PayloadWriter.chain(payloads);
        final int first = PayloadWriter.first(payloads);
        final int whole = Header.OCTETS + GENERIC + overhead() + plain.length;
        if (longest <= 0 || whole <= longest) {
            return List.of(sealed(header.with(Payload.SK), first, new byte[0], plain));
        }
        final int room = Math.max(1, longest - Header.OCTETS - GENERIC - FRAGMENT - overhead());
        final int total = (plain.length + room - 1) / room;
        final List<byte[]> fragments = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            final byte[] numbers = ByteBuffer.allocate(FRAGMENT).putShort((short) (i + 1)).putShort((short) total).array();
            final byte[] part = Arrays.copyOfRange(plain, i * room, Math.min(plain.length, (i + 1) * room));
            fragments.add(sealed(header.with(Payload.SKF), i == 0 ? first : 0, numbers, part));
        }
        return fragments;
    }

    /** IV, ICV, pad length and the longest padding. */
    private int overhead() {
        return cipher.ivOctets() + icvOctets() + cipher.blockOctets();
    }

    private byte[] sealed(final Header header, final int first, final byte[] numbers, final byte[] plain) {
        final int padding = cipher.blockOctets() - 1 - plain.length % cipher.blockOctets();
        final byte[] padded = Arrays.copyOf(plain, plain.length + padding + 1);
        padded[padded.length - 1] = (byte) padding;
        final int body = GENERIC + numbers.length + cipher.ivOctets() + padded.length + icvOctets();
        final ByteBuffer out = ByteBuffer.allocate(Header.OCTETS + body);
        out.put(header.write(Header.OCTETS + body));
        out.put((byte) first).put((byte) 0).putShort((short) body).put(numbers);
        final byte[] associated = Arrays.copyOf(out.array(), out.position());
        final byte[] iv = iv();
        out.put(iv).put(cipher.encrypt(key, iv, associated, padded));
        if (integrity != null) {
            out.put(integrity.icv(integrityKey, Arrays.copyOf(out.array(), out.position())));
        }
        return out.array();
    }

    private byte[] iv() {
        final byte[] iv = new byte[cipher.ivOctets()];
        if (cipher.combined()) {
            // RFC 5282 section 3.1: never twice with a key; a counter will do.
            ByteBuffer.wrap(iv).putLong(sent++);
        } else {
            random.nextBytes(iv);
        }
        return iv;
    }

    /**
     * Verifies and decrypts.
     *
     * @param message   the whole message.
     * @param encrypted its encrypted payload.
     * @return the payloads' octets without padding; empty if it is not authentic.
     */
    public Optional<byte[]> open(final byte[] message, final Payload.Encrypted encrypted) {
        final int start = encrypted.offset() + cipher.ivOctets();
        final int end = message.length - (integrity == null ? 0 : integrity.icvOctets());
        if (end < start) {
            return Optional.empty();
        }
        if (integrity != null
            && !integrity.verify(integrityKey, Arrays.copyOf(message, end), Arrays.copyOfRange(message, end, message.length))) {
            return Optional.empty();
        }
        final byte[] iv = Arrays.copyOfRange(message, encrypted.offset(), start);
        return cipher.decrypt(key, iv, Arrays.copyOf(message, encrypted.offset()), Arrays.copyOfRange(message, start, end))
            .flatMap(Protection::unpadded);
    }

    private static Optional<byte[]> unpadded(final byte[] padded) {
        if (padded.length == 0) {
            return Optional.empty();
        }
        final int length = padded.length - 1 - (padded[padded.length - 1] & 0xff);
        return length < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(padded, length));
    }
}
