package org.qfpsim.datapath.crypto;

import java.util.Locale;

/**
 * One row per pair of encryption and integrity algorithm that ESP can use here, with the sizes that the packet layout depends on.
 *
 * <p>Layout of an ESP packet (RFC 4303 section 2), offsets from the start of the ESP header:
 * <pre>
 *   0        4          8            8+ivBytes                      length-icvBytes   length
 *   +--------+----------+------------+-------------------------------+-----------------+
 *   |  SPI   | sequence |     IV     | ciphertext: payload, padding, |       ICV       |
 *   |        |   (low)  |            | pad length, next header       |                 |
 *   +--------+----------+------------+-------------------------------+-----------------+
 * </pre>
 * The ciphertext is a multiple of {@link #blockBytes()}.
 */
public enum EspSuite {
    /** AES-128-GCM, 16-octet ICV (RFC 4106). */
    AES_GCM_128_16(Cipher.AES_GCM, 16, Auth.NONE, 16),
    /** AES-192-GCM, 16-octet ICV (RFC 4106). */
    AES_GCM_192_16(Cipher.AES_GCM, 24, Auth.NONE, 16),
    /** AES-256-GCM, 16-octet ICV (RFC 4106). */
    AES_GCM_256_16(Cipher.AES_GCM, 32, Auth.NONE, 16),
    /** AES-128-GCM, 12-octet ICV (RFC 4106). */
    AES_GCM_128_12(Cipher.AES_GCM, 16, Auth.NONE, 12),
    /** AES-192-GCM, 12-octet ICV (RFC 4106). */
    AES_GCM_192_12(Cipher.AES_GCM, 24, Auth.NONE, 12),
    /** AES-256-GCM, 12-octet ICV (RFC 4106). */
    AES_GCM_256_12(Cipher.AES_GCM, 32, Auth.NONE, 12),
    /** AES-128-GCM, 8-octet ICV (RFC 4106). */
    AES_GCM_128_8(Cipher.AES_GCM, 16, Auth.NONE, 8),
    /** AES-192-GCM, 8-octet ICV (RFC 4106). */
    AES_GCM_192_8(Cipher.AES_GCM, 24, Auth.NONE, 8),
    /** AES-256-GCM, 8-octet ICV (RFC 4106). */
    AES_GCM_256_8(Cipher.AES_GCM, 32, Auth.NONE, 8),
    /** ChaCha20-Poly1305 (RFC 7634). */
    CHACHA20_POLY1305(Cipher.CHACHA20_POLY1305, 32, Auth.NONE, 16),
    /** AES-128-CBC (RFC 3602) with HMAC-SHA1-96 (RFC 2404). */
    AES_CBC_128_SHA1_96(Cipher.AES_CBC, 16, Auth.HMAC_SHA1_96, 12),
    /** AES-192-CBC with HMAC-SHA1-96. */
    AES_CBC_192_SHA1_96(Cipher.AES_CBC, 24, Auth.HMAC_SHA1_96, 12),
    /** AES-256-CBC with HMAC-SHA1-96. */
    AES_CBC_256_SHA1_96(Cipher.AES_CBC, 32, Auth.HMAC_SHA1_96, 12),
    /** AES-128-CBC with HMAC-SHA256-128 (RFC 4868). */
    AES_CBC_128_SHA256_128(Cipher.AES_CBC, 16, Auth.HMAC_SHA256_128, 16),
    /** AES-192-CBC with HMAC-SHA256-128. */
    AES_CBC_192_SHA256_128(Cipher.AES_CBC, 24, Auth.HMAC_SHA256_128, 16),
    /** AES-256-CBC with HMAC-SHA256-128. */
    AES_CBC_256_SHA256_128(Cipher.AES_CBC, 32, Auth.HMAC_SHA256_128, 16),
    /** AES-128-CBC with HMAC-SHA384-192 (RFC 4868). */
    AES_CBC_128_SHA384_192(Cipher.AES_CBC, 16, Auth.HMAC_SHA384_192, 24),
    /** AES-192-CBC with HMAC-SHA384-192. */
    AES_CBC_192_SHA384_192(Cipher.AES_CBC, 24, Auth.HMAC_SHA384_192, 24),
    /** AES-256-CBC with HMAC-SHA384-192. */
    AES_CBC_256_SHA384_192(Cipher.AES_CBC, 32, Auth.HMAC_SHA384_192, 24),
    /** AES-128-CBC with HMAC-SHA512-256 (RFC 4868). */
    AES_CBC_128_SHA512_256(Cipher.AES_CBC, 16, Auth.HMAC_SHA512_256, 32),
    /** AES-192-CBC with HMAC-SHA512-256. */
    AES_CBC_192_SHA512_256(Cipher.AES_CBC, 24, Auth.HMAC_SHA512_256, 32),
    /** AES-256-CBC with HMAC-SHA512-256. */
    AES_CBC_256_SHA512_256(Cipher.AES_CBC, 32, Auth.HMAC_SHA512_256, 32),
    /** AES-128-CBC without integrity: only for manually keyed SAs and published vectors; replay protection is meaningless. */
    AES_CBC_128_NONE(Cipher.AES_CBC, 16, Auth.NONE, 0),
    /** AES-192-CBC without integrity. */
    AES_CBC_192_NONE(Cipher.AES_CBC, 24, Auth.NONE, 0),
    /** AES-256-CBC without integrity. */
    AES_CBC_256_NONE(Cipher.AES_CBC, 32, Auth.NONE, 0),
    /** NULL encryption (RFC 2410) with HMAC-SHA1-96. */
    NULL_SHA1_96(Cipher.NULL, 0, Auth.HMAC_SHA1_96, 12),
    /** NULL encryption with HMAC-SHA256-128. */
    NULL_SHA256_128(Cipher.NULL, 0, Auth.HMAC_SHA256_128, 16),
    /** NULL encryption with HMAC-SHA384-192. */
    NULL_SHA384_192(Cipher.NULL, 0, Auth.HMAC_SHA384_192, 24),
    /** NULL encryption with HMAC-SHA512-256. */
    NULL_SHA512_256(Cipher.NULL, 0, Auth.HMAC_SHA512_256, 32);

    /** Octets of the fixed ESP header: SPI and sequence number. */
    public static final int ESP_HEADER_BYTES = 8;

    /** Octets of the fixed part of the ESP trailer: pad length and next header. */
    public static final int ESP_TRAILER_BYTES = 2;

    /** The encryption algorithm of a suite. */
    public enum Cipher {
        /** AES in Galois/Counter mode: 4-octet salt, 8-octet explicit IV, ciphertext a multiple of 4 by RFC 4303. */
        AES_GCM("aes-gcm", 8, 4, 4),
        /** ChaCha20-Poly1305: 4-octet salt, 8-octet explicit IV. */
        CHACHA20_POLY1305("chacha20-poly1305", 8, 4, 4),
        /** AES in cipher block chaining mode: 16-octet IV, whole blocks. */
        AES_CBC("aes-cbc", 16, 0, 16),
        /** No encryption. */
        NULL("null", 0, 0, 4);

        private final String id;
        private final int ivBytes;
        private final int saltBytes;
        private final int blockBytes;

        Cipher(final String id, final int ivBytes, final int saltBytes, final int blockBytes) {
            this.id = id;
            this.ivBytes = ivBytes;
            this.saltBytes = saltBytes;
            this.blockBytes = blockBytes;
        }

        /** The name that device files use, such as {@code aes-gcm}. */
        public String id() {
            return id;
        }
    }

    /** The integrity algorithm beside the cipher; {@link #NONE} for combined modes. */
    public enum Auth {
        /** No separate integrity algorithm. */
        NONE("none", 0, ""),
        /** HMAC-SHA1 truncated to 96 bits. */
        HMAC_SHA1_96("hmac-sha1-96", 20, "SHA-1"),
        /** HMAC-SHA256 truncated to 128 bits. */
        HMAC_SHA256_128("hmac-sha256-128", 32, "SHA-256"),
        /** HMAC-SHA384 truncated to 192 bits. */
        HMAC_SHA384_192("hmac-sha384-192", 48, "SHA-384"),
        /** HMAC-SHA512 truncated to 256 bits. */
        HMAC_SHA512_256("hmac-sha512-256", 64, "SHA-512");

        private final String id;
        private final int keyBytes;
        private final String digest;

        Auth(final String id, final int keyBytes, final String digest) {
            this.id = id;
            this.keyBytes = keyBytes;
            this.digest = digest;
        }

        /** The name that device files use, such as {@code hmac-sha1-96}. */
        public String id() {
            return id;
        }

        /** Octets of the key, equal to the output of the hash (RFC 4868 section 2.1.1). */
        public int keyBytes() {
            return keyBytes;
        }

        /** The hash function in the JDK's spelling, such as {@code SHA-256}. */
        public String digest() {
            return digest;
        }
    }

    private final Cipher cipher;
    private final int keyBytes;
    private final Auth auth;
    private final int icvBytes;

    EspSuite(final Cipher cipher, final int keyBytes, final Auth auth, final int icvBytes) {
        this.cipher = cipher;
        this.keyBytes = keyBytes;
        this.auth = auth;
        this.icvBytes = icvBytes;
    }

    /** The encryption algorithm. */
    public Cipher cipher() {
        return cipher;
    }

    /** The separate integrity algorithm. */
    public Auth auth() {
        return auth;
    }

    /** Octets of the cipher key, without the salt. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Octets of the salt that follows the key in the keying material (RFC 4106 section 8.1). */
    public int saltBytes() {
        return cipher.saltBytes;
    }

    /** Octets of the integrity key; 0 for combined modes. */
    public int authKeyBytes() {
        return auth.keyBytes;
    }

    /** Octets of the IV that the packet carries. */
    public int ivBytes() {
        return cipher.ivBytes;
    }

    /** The ciphertext is a multiple of this many octets. */
    public int blockBytes() {
        return cipher.blockBytes;
    }

    /** Octets of the integrity check value at the end of the packet. */
    public int icvBytes() {
        return icvBytes;
    }

    /** The suite in words for messages, such as {@code AES-GCM-128 with 8-octet ICV} or {@code NULL with hmac-sha1-96}. */
    public String text() {
        final boolean sized = cipher == Cipher.AES_GCM || cipher == Cipher.AES_CBC;
        final String name = cipher.id.toUpperCase(Locale.ROOT) + (sized ? "-" + keyBytes * Byte.SIZE : "");
        return name + " with " + (combined() ? icvBytes + "-octet ICV" : auth == Auth.NONE ? "no integrity" : auth.id);
    }

    /** Whether one algorithm both encrypts and authenticates. */
    public boolean combined() {
        return cipher == Cipher.AES_GCM || cipher == Cipher.CHACHA20_POLY1305;
    }

    /** Whether a packet of this suite carries an integrity check at all. */
    public boolean authenticated() {
        return icvBytes > 0;
    }

    /** The smallest ESP packet: header, IV, one trailer rounded up to a block, ICV. */
    public int minimumEspBytes() {
        return ESP_HEADER_BYTES + cipher.ivBytes + Math.max(cipher.blockBytes, ESP_TRAILER_BYTES) + icvBytes;
    }
}
