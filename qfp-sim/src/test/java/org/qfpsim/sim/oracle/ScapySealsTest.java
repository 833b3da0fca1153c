package org.qfpsim.sim.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoBackends;

/** What scapy encrypts comes out of our pipeline as it went in. Skipped where scapy is not installed. */
class ScapySealsTest {
    private static final long SEED = 0x7363617079L;

    @TempDir
    private Path directory;

    @Test
    void shouldOpenWhatScapyEncrypts() throws Exception {
        final PythonReceiver scapy = PythonReceiver.SCAPY;
        final Optional<String> missing = scapy.missing();
        Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        final List<EspCase> plain = EspCases.plain(SEED).stream().filter(p -> scapy.knows(p.suite(), p.sa().esn())).toList();
        final List<String> answers = scapy.ask(plain, directory);
        assertThat(answers).noneMatch(answer -> answer.startsWith("!"));
        final List<EspCase> sealed = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            sealed.add(plain.get(i).withOuter(HexFormat.of().parseHex(answers.get(i))));
        }
        try (CryptoBackends crypto = CryptoBackends.open(CryptoBackends.AUTO)) {
            for (final CryptoBackend backend : crypto.all()) {
                shouldOpen(sealed, new PipelineReceiver(backend));
            }
        }
    }

    private void shouldOpen(final List<EspCase> sealed, final PipelineReceiver receiver) {
        final List<EspCase> known = sealed.stream().filter(p -> receiver.knows(p.suite(), p.sa().esn())).toList();
        final List<String> findings = receiver.examine(known, directory);
        final List<String> wrong = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            if (!findings.get(i).equals(Oracle.RIGHT)) {
                wrong.add(known.get(i) + ": " + findings.get(i));
            }
        }
        System.out.println(receiver.name() + ": " + (findings.size() - wrong.size()) + " of " + known.size()
            + " packets that scapy encrypted opened to the same octets (seed " + SEED + ")");
        assertThat(wrong).isEmpty();
        assertThat(findings).hasSameSizeAs(known).isNotEmpty();
    }
}
