package org.qfpsim.perf;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.perf.probe.PathSubject;
import org.qfpsim.perf.probe.Probe;
import org.qfpsim.perf.side.Build;

/** The process of one row of {@code perf-table}, or of the few that must share it: {@code RowProbe BACKEND SAS PROCESS}. */
final class RowProbe {
    private static final Pattern ALL = Pattern.compile("");

    private RowProbe() {
    }

    /**
     * The program.
     *
     * @param running what runs now.
     * @param backend crypto library.
     * @param sas     numbers of SAs.
     * @param process of {@link PathCell#process}.
     * @return how it is started.
     */
    static Build build(final Build running, final String backend, final List<Integer> sas, final String process) {
        return running.starting("perf-table: the row '" + process + "'", RowProbe.class.getName(),
            List.of(backend, String.join(",", sas.stream().map(String::valueOf).toList()), process));
    }

    public static void main(final String[] args) throws IOException {
        final List<Integer> sas = Arrays.stream(args[1].split(",", -1)).map(Integer::valueOf).toList();
        final List<String> others = CryptoBackends.available().stream().filter(other -> !other.equals(args[0])).toList();
        final Map<String, Supplier<PathSubject>> rows = new LinkedHashMap<>();
        PathSection.plan(args[0], others, sas, false, ALL).stream().flatMap(section -> section.cells().stream())
            .filter(cell -> args[2].equals(cell.process())).forEach(cell -> rows.put(cell.name(), cell.opener()));
        Probe.serve(rows);
    }
}
