package org.qfpsim.perf.bench;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.datapath.crypto.EspSuite;

class TunnelRigTest {
    /** The rig compares the octets of its first pass, and counts those of all, by itself. */
    @ParameterizedTest
    @CsvSource({"64, true, AES_GCM_128_16", "IMIX, true, AES_GCM_256_16", "IMIX, false, AES_CBC_128_SHA1_96"})
    void shouldSealAndOpenEveryPacket(final String size, final boolean opens, final EspSuite suite) {
        try (TunnelRig rig = new TunnelRig(InboundLoad.of("jce", size, InboundLoad.Kind.GOOD).withSuite(suite), opens)) {
            rig.pass();
            rig.pass();
        }
    }
}
