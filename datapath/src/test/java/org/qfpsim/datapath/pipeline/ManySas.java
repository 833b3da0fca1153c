package org.qfpsim.datapath.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;

/** A program of its own: a router with one engine and many SAs, and what the system says of its memory. */
final class ManySas {
    static final int SAS = 100_000;

    private static final IpAddress US = IpAddress.parse("192.0.2.2");
    private static final IpAddress PEER = IpAddress.parse("192.0.2.1");

    private ManySas() {
    }

    public static void main(final String[] arguments) throws CryptoUnavailableException, IOException {
        try (CryptoBackends backends = CryptoBackends.open(arguments[0]);
             CounterStore store = CounterStore.inMemory(1);
             Pipeline pipeline = new Pipeline(new PipelineConfig(), backends.all(), store, (buffer, offset, length, nanos) -> true,
                 CommitObserver.NONE)) {
            pipeline.configure(List.of(US), List.of(), true);
            for (int i = 0; i < SAS; i++) {
                pipeline.installInbound(sa(i));
            }
            System.out.println(residentKilobytes());
        }
    }

    private static SaSpec sa(final int number) {
        final byte[] key = new byte[EspSuite.AES_GCM_256_16.keyBytes()];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (number >> (i % 4 * 8));
        }
        return new SaSpec("sa-" + number, 0x1000 + number, PEER, US, SaSpec.Mode.TUNNEL, EspSuite.AES_GCM_256_16,
            new EspKeys(key, new byte[EspSuite.AES_GCM_256_16.saltBytes()], new byte[0]), false, 64, 0, null, List.of(),
            SaSpec.Lifetime.UNLIMITED);
    }

    private static long residentKilobytes() throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("/proc/self/status has no VmRSS");
    }
}
