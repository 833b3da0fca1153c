package org.qfpsim.datapath.crypto;

import org.qfpsim.datapath.crypto.memory.RawMemory;

/**
 * What one suite does to the bytes of an ESP packet, in place, on one lane. Addresses are off-heap; {@code length} is that of the whole
 * ESP packet from the SPI to the end of the ICV (layout: {@link EspSuite}); the caller has checked that it is at least
 * {@link EspSuite#minimumEspBytes()} and that the ciphertext is a multiple of the cipher's block (AES-CBC) — for GCM, ChaCha20 and NULL
 * any length works.
 *
 * <p>With extended sequence numbers (RFC 4303 section 2.2.1) the high half is not in the packet: combined modes take SPI, high half and
 * low half as additional data (RFC 4106 section 5), HMAC is computed over the packet followed by the high half.
 */
public interface EspTransform {
    /** The packet is authentic and now holds its plaintext (or was sealed). */
    int OK = 0;

    /** The integrity check failed. The ciphertext of an HMAC suite is untouched; that of a combined mode is not specified. */
    int BAD_ICV = 1;

    /** The answer comes with the lane's next {@link CryptoLane#flush}. */
    int PENDING = 2;

    /** The library failed in a way that says nothing about the packet. */
    int ENGINE_ERROR = 3;

    /**
     * Verifies and decrypts in place.
     *
     * @param keyHandle from {@link CryptoBackend#install}.
     * @param esp       address of the SPI.
     * @param length    octets from the SPI to the end of the ICV.
     * @param esn       whether the SA uses extended sequence numbers.
     * @param seqHigh   the high half of the sequence number, used when {@code esn}.
     * @param tag       where {@link CryptoLane#flush} puts the status if this returns {@link #PENDING}, below
     *                  {@link CryptoLane#MAX_PENDING}. Until then the packet and its ICV field belong to the lane.
     * @return {@link #OK}, {@link #BAD_ICV}, {@link #PENDING} or {@link #ENGINE_ERROR}; never throws.
     */
    int open(long keyHandle, long esp, int length, boolean esn, int seqHigh, int tag);

    /**
     * {@link #open(long, long, int, boolean, int, int) Opens} packets of a batch, one after the other. Those that are to be read somewhere
     * else are where they belong afterwards, as if they had been there before; without ESN the ICV, which nobody will look at, may be
     * missing.
     *
     * @param batch the packets; their status is written there.
     * @param from  the first.
     * @param to    the one behind the last.
     * @return whether any is {@link #PENDING}.
     */
    default boolean open(final OpenBatch batch, final int from, final int to) {
        boolean pending = false;
        for (int i = from; i < to; i++) {
            final long at = batch.at(i);
            final long esp = OpenBatch.esp(at);
            if (OpenBatch.source(at) != esp) {
                RawMemory.copy(OpenBatch.source(at), esp, OpenBatch.length(at));
            }
            final int status = open(OpenBatch.keyHandle(at), esp, OpenBatch.length(at), OpenBatch.extended(at), OpenBatch.seqHigh(at), i);
            batch.status()[i] = status;
            pending |= status == PENDING;
        }
        return pending;
    }

    /**
     * Undoes an {@link #open(long, long, int, boolean, int, int)} that was {@link #OK} or {@link #BAD_ICV}: the packet holds its
     * ciphertext and its received ICV again, byte for byte, so that it can be verified with another high half. Not for a packet that is
     * still pending.
     *
     * @param keyHandle from {@link CryptoBackend#install}.
     * @param esp       address of the SPI.
     * @param length    octets from the SPI to the end of the ICV.
     * @param status    what opening (or the flush) said of this packet.
     */
    void restore(long keyHandle, long esp, int length, int status);

    /**
     * Writes an IV that is fit for the suite and never repeats for a sequence number: the number itself for counter modes (RFC 4106
     * section 3.1); for CBC, where it must not be predictable (RFC 3602 section 3), the number followed by eight zero octets, encrypted as
     * one AES block under the SA's key. Every backend writes the same octets.
     *
     * @param keyHandle from {@link CryptoBackend#install}.
     * @param iv        address of the IV field, {@link EspSuite#ivBytes()} octets.
     * @param sequence  the full 64-bit sequence number.
     */
    void writeIv(long keyHandle, long iv, long sequence);

    /**
     * Encrypts in place and writes the ICV. SPI, sequence number, IV and the plaintext with its trailer are in place.
     *
     * @param keyHandle from {@link CryptoBackend#install}.
     * @param esp       address of the SPI.
     * @param length    octets from the SPI to the end of the ICV.
     * @param esn       whether the SA uses extended sequence numbers.
     * @param seqHigh   the high half of the sequence number, used when {@code esn}.
     * @return {@link #OK} or {@link #ENGINE_ERROR}.
     */
    int seal(long keyHandle, long esp, int length, boolean esn, int seqHigh);
}
