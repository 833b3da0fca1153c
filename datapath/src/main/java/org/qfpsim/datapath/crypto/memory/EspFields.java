package org.qfpsim.datapath.crypto.memory;

import org.qfpsim.datapath.crypto.EspSuite;

/** Fields of an ESP packet that the algorithms need and that the packet does not hold in one piece. All in network byte order. */
public final class EspFields {
    /** Octets of the explicit IV of the counter modes. */
    public static final int COUNTER_IV_BYTES = 8;

    /** Octets of a counter mode's nonce: salt and explicit IV (RFC 4106 section 4, RFC 7634 section 2). */
    public static final int NONCE_BYTES = 12;

    /** Octets of the additional data with extended sequence numbers. */
    public static final int ESN_AAD_BYTES = 12;

    private static final int SALT_BYTES = 4;

    private EspFields() {
    }

    /** Writes salt and explicit IV as the nonce. */
    public static void putNonce(final long nonce, final long salt, final long esp) {
        RawMemory.putInt(nonce, RawMemory.getInt(salt));
        RawMemory.putLong(nonce + SALT_BYTES, RawMemory.getLong(esp + EspSuite.ESP_HEADER_BYTES));
    }

    /**
     * The additional data of a combined mode (RFC 4106 section 5): the ESP header in place, or SPI, high half and low half.
     *
     * @param esnAad where the 12 octets may be put together.
     * @return the address of {@link #additionalDataBytes} octets.
     */
    public static long additionalData(final long esp, final boolean esn, final int seqHigh, final long esnAad) {
        if (!esn) {
            return esp;
        }
        RawMemory.putInt(esnAad, RawMemory.getInt(esp));
        RawMemory.putNetworkInt(esnAad + Integer.BYTES, seqHigh);
        RawMemory.putInt(esnAad + 2 * Integer.BYTES, RawMemory.getInt(esp + Integer.BYTES));
        return esnAad;
    }

    /** Octets of the additional data. */
    public static int additionalDataBytes(final boolean esn) {
        return esn ? ESN_AAD_BYTES : EspSuite.ESP_HEADER_BYTES;
    }

    /** Writes the explicit IV of a counter mode: the sequence number. */
    public static void putCounterIv(final long iv, final long sequence) {
        RawMemory.putNetworkLong(iv, sequence);
    }

    /** Writes the block that a CBC suite encrypts to its IV: the sequence number, then eight zeros. */
    public static void putSequenceBlock(final long block, final long sequence) {
        putCounterIv(block, sequence);
        RawMemory.putLong(block + Long.BYTES, 0);
    }
}
