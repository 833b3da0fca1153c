package org.qfpsim.sim.oracle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.PythonOracle;

/**
 * A receiver that runs in Python: a line for each packet in, the inner packet in hex out, or {@code !} and what is wrong.
 *
 * @param name    the Debian package, which is also what people call it.
 * @param module  what the script imports of it.
 * @param known   the suites that it knows, without and with extended sequence numbers.
 * @param scripts resources, the one that runs first.
 */
record PythonReceiver(String name, String module, BiPredicate<EspSuite, Boolean> known, String... scripts) implements Oracle {
    /** Our own decapsulation over python3-cryptography's algorithms. */
    static final PythonReceiver CRYPTOGRAPHY = new PythonReceiver("python3-cryptography", "cryptography", (suite, esn) -> true,
        "/oracle/packet_oracle.py", "/crypto/esp_oracle.py");

    /**
     * Scapy 2.5.0: its AES-GCM has a 16-octet ICV whatever it is told, and its HMACs of ESP leave the high half of the sequence number out.
     */
    static final PythonReceiver SCAPY = new PythonReceiver("python3-scapy", "scapy.layers.ipsec",
        (suite, esn) -> suite.cipher() == EspSuite.Cipher.AES_GCM ? suite.icvBytes() == 16 : !esn || suite.combined(),
        "/oracle/scapy_oracle.py");

    @Override
    public Optional<String> missing() throws Exception {
        // Scapy's ESP needs it as well.
        final Optional<String> cryptography = PythonOracle.missing("cryptography", "python3-cryptography");
        return cryptography.isPresent() ? cryptography : PythonOracle.missing(module, name);
    }

    @Override
    public boolean knows(final EspSuite suite, final boolean esn) {
        return known.test(suite, esn);
    }

    @Override
    public List<String> examine(final List<EspCase> packets, final Path directory) throws Exception {
        final List<String> answers = ask(packets, directory);
        final List<String> findings = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            final String answer = answers.get(i);
            final boolean right = answer.equals(HexFormat.of().formatHex(packets.get(i).inner()));
            findings.add(right ? RIGHT : answer.startsWith("!") ? answer : "! wrong inner packet " + answer);
        }
        return findings;
    }

    /** What the script says about each packet; one that has no outer packet yet is wrapped by it, if it can. */
    List<String> ask(final List<EspCase> packets, final Path directory) throws Exception {
        return PythonOracle.run(directory, packets.stream().map(EspCase::json).toList(), scripts);
    }
}
