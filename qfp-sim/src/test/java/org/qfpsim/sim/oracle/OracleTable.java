package org.qfpsim.sim.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.qfpsim.datapath.crypto.EspSuite;

/** Which oracle opened what we sealed: a row for each suite, a column for each oracle. */
final class OracleTable {
    private static final String NOT_KNOWN = "not known to it";

    private final List<EspCase> packets;
    private final Map<Oracle, Map<EspCase, String>> findings;

    /** From the findings of each oracle on the packets of the suites that it knows. */
    OracleTable(final List<EspCase> packets, final Map<Oracle, Map<EspCase, String>> findings) {
        this.packets = packets;
        this.findings = findings;
    }

    /** Suites that no oracle has opened. */
    List<EspSuite> emptyRows() {
        return Arrays.stream(EspSuite.values()).filter(suite -> findings.keySet().stream().noneMatch(oracle -> opened(oracle, suite, false)))
            .toList();
    }

    /** The table in Markdown. */
    String text() {
        final StringBuilder text = new StringBuilder("| Suite | ");
        text.append(findings.keySet().stream().map(Oracle::name).collect(Collectors.joining(" | "))).append(" |\n|---|");
        text.append("---|".repeat(findings.size())).append('\n');
        for (final EspSuite suite : EspSuite.values()) {
            final List<String> cells = new ArrayList<>(List.of(suite.name()));
            findings.keySet().forEach(oracle -> cells.add(cell(oracle, suite)));
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return text.toString();
    }

    private String cell(final Oracle oracle, final EspSuite suite) {
        if (!oracle.knows(suite, false)) {
            return NOT_KNOWN;
        }
        if (!opened(oracle, suite, false) || oracle.knows(suite, true) && suite.authenticated() && !opened(oracle, suite, true)) {
            return "FAILED";
        }
        return opened(oracle, suite, true) ? "opened, ESN too" : "opened";
    }

    /** Whether it has opened all packets of a suite, and there was one. */
    private boolean opened(final Oracle oracle, final EspSuite suite, final boolean esn) {
        final List<EspCase> ofSuite = packets.stream().filter(p -> p.suite() == suite && p.sa().esn() == esn).toList();
        return !ofSuite.isEmpty() && ofSuite.stream().allMatch(p -> Oracle.RIGHT.equals(findings.get(oracle).get(p)));
    }
}
