package org.qfpsim.datapath.route;

import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.Net;

/** The congestion field of a packet that leaves a tunnel. */
final class Ecn {
    private Ecn() {
    }

    /** Marks a packet that knows of congestion as congested; one that does not stays as it is. */
    static void mark(final UnsafeBuffer buffer, final int at) {
        if (get(buffer, at) != Net.ECN_NOT_ECT) {
            set(buffer, at, Net.ECN_CE);
        }
    }

    /** Writes the field, and the checksum of IPv4. */
    static void set(final UnsafeBuffer buffer, final int at, final int ecn) {
        if (get(buffer, at) == ecn) {
            return;
        }
        if (Net.u8(buffer, at) >> 4 == 4) {
            Checksum.updateTos(buffer, at, Net.u8(buffer, at + 1) & ~3 | ecn);
        } else {
            buffer.putByte(at + 1, (byte) (buffer.getByte(at + 1) & ~0x30 | ecn << 4));
        }
    }

    private static int get(final UnsafeBuffer buffer, final int at) {
        return Net.u8(buffer, at) >> 4 == 4 ? Net.u8(buffer, at + 1) & 3 : Net.u8(buffer, at + 1) >> 4 & 3;
    }
}
