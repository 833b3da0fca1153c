package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.ReplayWindow;
import org.qfpsim.datapath.sa.SaTable;

/**
 * Finds the SA of an ESP packet (RFC 4303 section 3.4.2) and checks what can be checked without the keys:
 * <ol>
 *   <li>a whole ESP header;
 *   <li>an SA for (destination, SPI, protocol) that was installed when the packet arrived;
 *   <li>the SA is valid, not expired, and was negotiated with or without UDP as the packet has it;
 *   <li>room for IV, trailer and ICV, and whole cipher blocks;
 *   <li>a first look at the replay window (section 3.4.3), to spare the keys from certain replays.
 * </ol>
 */
final class EspInput {
    static final int DROP_SPI_V4 = Verdict.DROP_IPSEC | IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI.id();
    private static final int DROP_SPI_V6 = Verdict.DROP_IPSEC | IpsecDrop.IN_US_V6_PKT_SA_NOT_FOUND_SPI.id();
    private static final int DROP_INVALID_V4 = Verdict.DROP_IPSEC | IpsecDrop.IN_V4_PKT_HIT_INVALID_SA.id();
    private static final int DROP_INVALID_V6 = Verdict.DROP_IPSEC | IpsecDrop.IN_V6_PKT_HIT_INVALID_SA.id();
    private static final int DROP_LENGTH = Verdict.DROP_IPSEC | IpsecDrop.IN_UNEXP_EXCEPTION.id();
    private static final int DROP_EXPIRED = Verdict.DROP_IPSEC | IpsecDrop.IN_HARD_EXPIRY.id();
    private static final int DROP_DEMUX = Verdict.DROP_IPSEC | IpsecDrop.IN_NAT_DEMUX_FAIL.id();

    private EspInput() {
    }

    /**
     * Looks an ESP packet up; {@link Slot#ESP_OFFSET} and length are set.
     *
     * @param ring    the packet memory.
     * @param slot    the packet.
     * @param local   number of our address that it came to.
     * @param saTable the SAs.
     * @return true if the packet is to be opened: its SA, sequence number and assumed high half are in the slot.
     */
    static boolean lookup(final PacketMemory ring, final long slot, final int local, final SaTable saTable) {
        final int length = ring.getInt(slot + Slot.ESP_LENGTH);
        if (length < EspSuite.ESP_HEADER_BYTES) {
            ring.putInt(slot + Slot.VERDICT, DROP_LENGTH);
            return false;
        }
        final int esp = ring.getInt(slot + Slot.ESP_OFFSET);
        final int spi = Net.i32(ring, esp);
        final int sequence = Net.i32(ring, esp + 4);
        ring.putInt(slot + Slot.SPI, spi);
        ring.putInt(slot + Slot.SEQ_LOW, sequence);
        final boolean v4 = ring.getByte(slot + Slot.IP_VERSION) == 4;
        final long arrival = ring.getLong(slot + Slot.ARRIVAL);
        long sa = saTable.find(SaTable.key(spi, local));
        while (sa != 0 && !InboundSa.validAt(sa, arrival)) {
            sa = InboundSa.previous(sa);
        }
        if (sa == 0) {
            ring.putInt(slot + Slot.VERDICT, v4 ? DROP_SPI_V4 : DROP_SPI_V6);
            return false;
        }
        ring.putLong(slot + Slot.SA, sa);
        final int verdict = InboundSa.invalidAt(sa, arrival)
            ? v4 ? DROP_INVALID_V4 : DROP_INVALID_V6
            : check(sa, length, ring.getInt(slot + Slot.FLAGS), ring.getLong(slot + Slot.TIME));
        if (verdict != Verdict.NONE) {
            ring.putInt(slot + Slot.VERDICT, verdict);
            return false;
        }
        ring.putInt(slot + Slot.FLAGS, ring.getInt(slot + Slot.FLAGS) | Slot.FLAG_ESP);
        final int high = ReplayWindow.high(sa, sequence);
        ring.putInt(slot + Slot.SEQ_HIGH, high);
        return ReplayWindow.check(sa, (long) high << 32 | sequence & 0xffff_ffffL);
    }

    private static int check(final long sa, final int length, final int slotFlags, final long time) {
        if (time >= InboundSa.hardNanos(sa)) {
            return DROP_EXPIRED;
        }
        final int form = (slotFlags & Slot.FLAG_UDP_ENCAPSULATED) != 0 ? InboundSa.FLAG_UDP : InboundSa.FLAG_RAW;
        if ((InboundSa.flags(sa) & form) == 0) {
            return DROP_DEMUX;
        }
        final int sizes = InboundSa.sizes(sa);
        final int block = InboundSa.blockBytes(sizes);
        final int ciphertext = length - EspSuite.ESP_HEADER_BYTES - InboundSa.ivBytes(sizes) - InboundSa.icvBytes(sizes);
        // RFC 4303 section 2.4: the trailer ends on a multiple of 4 octets, and of the cipher's block.
        return ciphertext < block || (ciphertext & block - 1) != 0 ? DROP_LENGTH : Verdict.NONE;
    }
}
