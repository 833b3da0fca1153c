package org.qfpsim.sim.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.Net;

/** What we encrypt is opened by programs that others wrote, and by ourselves. A program that is not installed skips its tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleTableTest {
    private static final long SEED = 0x71667073696dL;
    private static final List<Oracle> OTHERS = List.of(PythonReceiver.CRYPTOGRAPHY, PythonReceiver.SCAPY, new TsharkReceiver());

    /** Flow label and hop limit, which a tunnel's outer header may choose. */
    private static final Set<Integer> FREE_OCTETS_OF_IPV6 = Set.of(2, 3, 7);

    @TempDir
    private static Path directory;

    private final Map<Oracle, Map<EspCase, String>> findings = new LinkedHashMap<>();
    private CryptoBackends crypto;
    private List<EspCase> packets;

    @BeforeAll
    void wrap() throws Exception {
        crypto = CryptoBackends.open(CryptoBackends.AUTO);
        packets = EspCases.wrapped(SEED, crypto.all());
    }

    @AfterAll
    void close() {
        crypto.close();
    }

    Stream<Oracle> oracles() {
        return Stream.concat(OTHERS.stream(), crypto.all().stream().map(PipelineReceiver::new));
    }

    @Test
    void shouldWrapAlikeWithEveryBackend() {
        assertThat(packets).isNotEmpty().allSatisfy(packet -> assertThat(packet.sealers()).containsExactlyElementsOf(
            crypto.all().stream().filter(backend -> backend.suites().contains(packet.suite())).map(CryptoBackend::id).toList()));
    }

    @ParameterizedTest
    @MethodSource("oracles")
    void shouldBeOpenedToTheSameOctets(final Oracle oracle) throws Exception {
        require(oracle);
        final List<String> wrong = new ArrayList<>();
        findingsOf(oracle).forEach((packet, finding) -> {
            if (!finding.equals(Oracle.RIGHT)) {
                wrong.add(packet + ": " + finding);
            }
        });
        System.out.println(oracle.name() + ": " + (findingsOf(oracle).size() - wrong.size()) + " of " + findingsOf(oracle).size()
            + " packets of the suites that it knows opened to the same octets (seed " + SEED + ")");
        assertThat(wrong).isEmpty();
        assertThat(findingsOf(oracle)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("oracles")
    void shouldNoticeOneWrongBit(final Oracle oracle) throws Exception {
        require(oracle);
        final List<EspCase> forged = knownTo(oracle).stream()
            .filter(packet -> packet.suite().authenticated() && packet.shape() == Shape.TUNNEL_4_IN_4).map(packet -> {
                final byte[] outer = packet.outer().clone();
                // Alternately in the ICV and in the text before it.
                outer[outer.length - 1 - (int) (packet.sequence() & 1) * packet.suite().icvBytes()] ^= 0x10;
                return packet.withOuter(outer);
            }).toList();
        assertThat(oracle.examine(forged, newDirectory())).hasSameSizeAs(forged).doesNotContain(Oracle.RIGHT);
        assertThat(forged).isNotEmpty();
    }

    @Test
    void shouldNoticeAWrongOctetOfTheOuterHeaders() throws Exception {
        require(PythonReceiver.CRYPTOGRAPHY);
        final List<EspCase> forged = new ArrayList<>();
        for (final Shape shape : Shape.values()) {
            final EspCase packet = packets.stream().filter(p -> p.shape() == shape).findFirst().orElseThrow();
            final int headers = (shape.outer6 ? Net.IPV6_HEADER_BYTES : Net.IPV4_HEADER_BYTES) + (shape.natT ? Net.UDP_HEADER_BYTES : 0);
            for (int i = 0; i < headers + EspSuite.ESP_HEADER_BYTES; i++) {
                final boolean free = shape.tunnel() && shape.outer6 && FREE_OCTETS_OF_IPV6.contains(i);
                final byte[] outer = packet.outer().clone();
                outer[i] ^= 0x10;
                if (!free) {
                    forged.add(packet.withOuter(outer));
                }
            }
        }
        assertThat(PythonReceiver.CRYPTOGRAPHY.examine(forged, newDirectory())).doesNotContain(Oracle.RIGHT);
    }

    @Test
    void shouldLeaveNoSuiteWithoutAnOracle() throws Exception {
        requireEverySuite();
        final List<String> missing = new ArrayList<>();
        final List<Oracle> present = new ArrayList<>();
        for (final Oracle oracle : OTHERS) {
            oracle.missing().ifPresentOrElse(missing::add, () -> present.add(oracle));
        }
        final OracleTable table = table(present);
        System.out.print(table.text());
        if (!missing.isEmpty()) {
            Assumptions.assumeTrue(table.emptyRows().isEmpty(), () -> String.join("; ", missing) + ": no oracle for " + table.emptyRows());
        }
        assertThat(table.emptyRows()).isEmpty();
    }

    @Test
    void shouldAgreeWithTheCommittedDocument() throws Exception {
        requireEverySuite();
        for (final Oracle oracle : OTHERS) {
            require(oracle);
        }
        final Path document = Path.of(System.getProperty("qfp.root"), "docs", "oracles.md");
        final String text = text(table(OTHERS));
        if (Boolean.getBoolean("qfp.regenerate")) {
            Files.writeString(document, text);
        }
        assertThat(document).as("rewrite it with -Dqfp.regenerate=true").hasContent(text);
    }

    private static String text(final OracleTable table) {
        return """
            # Who opens what we encrypt

            Generated by `OracleTableTest`; do not edit. Rewritten by `mvn -B -ntp -pl qfp-sim -am test -Dtest=OracleTableTest
            -Dsurefire.failIfNoSpecifiedTests=false -Dqfp.regenerate=true` on a machine that has all three programs.

            For every suite, `OutboundSa` wraps seeded IP packets with every crypto library that has the suite: tunnel mode with IPv4 and
            IPv6 inside and outside in all four combinations, transport mode over both, NAT-T tunnels with both inside; without payload,
            with a few octets, with IPv4 options or a hop-by-hop header, with TFC padding; 32-bit and extended sequence numbers (ESN), these
            across a change of the high half. All libraries give the same octets. Programs by others, of Debian 12, then open the packets:

            - python3-cryptography 38: a decapsulation of our own in Python, which also checks the outer headers, over its algorithms
            - python3-scapy 2.5.0: `SecurityAssociation.decrypt`. Its AES-GCM knows no ICV but 16 octets, its HMACs of ESP know no ESN
            - tshark 4.0: its dissector with decryption and authentication check. It knows neither ChaCha20-Poly1305 nor ESN

            "Opened" means: all packets of the suite, the integrity check passed (if the suite has one), and the inner packet was that which
            went in, octet for octet. Every oracle also rejects every forged packet that it is given. `ScapySealsTest` goes the other way:
            what scapy encrypts, in the suites that it knows, comes out of our pipeline unchanged.

            """ + table.text();
    }

    private OracleTable table(final List<Oracle> present) throws Exception {
        final Map<Oracle, Map<EspCase, String>> columns = new LinkedHashMap<>();
        for (final Oracle oracle : present) {
            columns.put(oracle, findingsOf(oracle));
        }
        return new OracleTable(packets, columns);
    }

    private static void require(final Oracle oracle) throws Exception {
        final Optional<String> missing = oracle.missing();
        Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }

    private void requireEverySuite() {
        final Set<EspSuite> none = EnumSet.allOf(EspSuite.class);
        packets.forEach(packet -> none.remove(packet.suite()));
        Assumptions.assumeTrue(none.isEmpty(), () -> "no crypto library here can do " + none + ": " + crypto.unavailable());
    }

    private List<EspCase> knownTo(final Oracle oracle) {
        return packets.stream().filter(packet -> oracle.knows(packet.suite(), packet.sa().esn())).toList();
    }

    private Map<EspCase, String> findingsOf(final Oracle oracle) throws Exception {
        Map<EspCase, String> result = findings.get(oracle);
        if (result == null) {
            final List<EspCase> known = knownTo(oracle);
            final List<String> examined = oracle.examine(known, newDirectory());
            assertThat(examined).hasSameSizeAs(known);
            result = new LinkedHashMap<>();
            for (int i = 0; i < known.size(); i++) {
                result.put(known.get(i), examined.get(i));
            }
            findings.put(oracle, result);
        }
        return result;
    }

    private static Path newDirectory() throws Exception {
        return Files.createTempDirectory(directory, "oracle");
    }
}
