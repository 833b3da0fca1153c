package org.qfpsim.datapath.crypto.ipsecmb;

import org.qfpsim.datapath.crypto.EspSuite;

/** The hashes under HMAC as the library numbers them. */
enum HashAlgorithm {
    /** No integrity algorithm: IMB_AUTH_NULL. */
    NONE(8, 0, 0),
    /** IMB_AUTH_HMAC_SHA_1. */
    SHA1(1, 160, 64),
    /** IMB_AUTH_HMAC_SHA_256. */
    SHA256(3, 176, 64),
    /** IMB_AUTH_HMAC_SHA_384. */
    SHA384(4, 184, 128),
    /** IMB_AUTH_HMAC_SHA_512. */
    SHA512(5, 192, 128);

    private final int code;
    private final int oneBlockOffset;
    private final int blockBytes;

    HashAlgorithm(final int code, final int oneBlockOffset, final int blockBytes) {
        this.code = code;
        this.oneBlockOffset = oneBlockOffset;
        this.blockBytes = blockBytes;
    }

    static HashAlgorithm of(final EspSuite.Auth auth) {
        return switch (auth) {
            case NONE -> NONE;
            case HMAC_SHA1_96 -> SHA1;
            case HMAC_SHA256_128 -> SHA256;
            case HMAC_SHA384_192 -> SHA384;
            case HMAC_SHA512_256 -> SHA512;
        };
    }

    int code() {
        return code;
    }

    /** Offset in the manager of the pointer to the compression function. */
    int oneBlockOffset() {
        return oneBlockOffset;
    }

    int blockBytes() {
        return blockBytes;
    }
}
