package org.qfpsim.controlplane.platform;

/**
 * What a data sheet says about a router, of all its QFPs together where nothing else is said. Approximate: from memory, and Cisco's own
 * documents differ by about a tenth (MODEL.md). Of the software dataplane it is our choice.
 *
 * @param qfps             QFPs, which the platform calls sub-devices.
 * @param ppes             packet processing engines of one QFP.
 * @param kiloPackets      most packets a second, in thousands.
 * @param megabits         most forwarded octets a second, in Mb/s.
 * @param ipsecMegabits    most IPsec with packets of 1,400 octets, in Mb/s.
 * @param bufferMegabytes  packet buffer.
 * @param tcamMegabits     TCAM.
 * @param tunnels          IPsec tunnels.
 * @param dramMegabytes    resource memory of the QFPs.
 */
public record Hardware(int qfps, int ppes, int kiloPackets, int megabits, int ipsecMegabits, int bufferMegabytes, int tcamMegabits,
                       int tunnels, int dramMegabytes) {
    /** Threads of one packet processing engine of a QFP. */
    public static final int THREADS = 4;
    /** Octets of the packets for which IPsec rates are given. */
    private static final int IPSEC_OCTETS = 1_400;
    /** 80 Mb are 1,048,576 cells (seen on one box): a cell has 80 bits. */
    private static final int CELL_BITS = 80;

    /** Cells of the TCAM. */
    public int tcamCells() {
        return (int) (((long) tcamMegabits << 20) / CELL_BITS);
    }

    /** Most IPsec packets a second, if each costs as much as one of 1,400 octets. */
    public long cryptoPackets() {
        return ipsecMegabits * 1_000_000L / (IPSEC_OCTETS * Byte.SIZE);
    }
}
