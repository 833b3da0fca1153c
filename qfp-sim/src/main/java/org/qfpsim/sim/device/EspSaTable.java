package org.qfpsim.sim.device;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.capture.EspFlow;

/**
 * Wireshark's table of ESP SAs (the file {@code esp_sa} of a Wireshark profile). A line may have wildcards, so it becomes SAs only when one
 * knows which flows there are: see {@link #expand}. Matching is Wireshark's: the first line that matches wins, {@code Any} ignores the
 * addresses.
 *
 * <p>The table does not tell modes, encapsulation, selectors or replay windows: {@link #expand} says what is taken instead.
 */
public final class EspSaTable {
    private final List<EspSaEntry> entries;

    private EspSaTable(final List<EspSaEntry> entries) {
        this.entries = entries;
    }

    /**
     * Reads a table.
     *
     * @param file the path.
     * @return the table.
     * @throws InputException if it cannot be read or a line is not understood; the message names line, field, value and fix.
     */
    public static EspSaTable read(final Path file) {
        return parse(SmallFile.read(file), file.toString());
    }

    /**
     * Reads the content of a table.
     *
     * @param table the octets.
     * @param name  what errors call the file.
     * @return the table.
     * @throws InputException as {@link #read}.
     */
    static EspSaTable parse(final byte[] table, final String name) {
        final List<EspSaEntry> entries = UatRecords.split(table, name).stream().map(line -> EspSaEntry.read(line, name)).toList();
        if (entries.isEmpty()) {
            throw new InputException(name + ": has no SA; Wireshark writes one line per SA: Preferences, Protocols, ESP, ESP SAs");
        }
        return new EspSaTable(entries);
    }

    /** Whether a line needs to know the flows of the capture: it has a wildcard in its destination or SPI. */
    public boolean hasWildcards() {
        return !entries.stream().allMatch(EspSaEntry::exact);
    }

    /**
     * Makes a device of the table: for every flow an SA by the first line that matches it, and an SA for every other line that names one
     * destination and one SPI. Every destination is an address of ours. Tunnel and transport mode, with and
     * without UDP; no selectors, no policies, replay window 64.
     *
     * @param observed the flows of the capture ({@link org.qfpsim.sim.capture.EspFlows#scan}). Of flows with the same destination and SPI
     *                 the first counts.
     * @return the device.
     */
    public DeviceConfig expand(final Iterable<EspFlow> observed) {
        final Map<String, SaSpec> sas = new LinkedHashMap<>();
        final Set<IpAddress> addresses = new LinkedHashSet<>();
        for (final EspFlow flow : observed) {
            entries.stream().filter(e -> e.matches(flow)).findFirst().ifPresent(e -> add(sas, spec(e, flow)));
        }
        for (final EspSaEntry entry : entries) {
            if (entry.exact()) {
                // With an open source this is the unspecified address.
                add(sas, spec(entry, new EspFlow(entry.source().value(), entry.destination().value(), entry.spi().value())));
            }
        }
        sas.values().forEach(sa -> addresses.add(sa.destination()));
        return new DeviceConfig(List.copyOf(addresses), DeviceConfig.DEFAULT_REPLAY_WINDOW, List.copyOf(sas.values()), List.of(),
            List.of(), PolicyRule.Action.BYPASS);
    }

    private static void add(final Map<String, SaSpec> sas, final SaSpec sa) {
        sas.putIfAbsent(sa.name(), sa);
    }

    /** What the table leaves open stays open: either mode, with and without UDP. */
    private static SaSpec spec(final EspSaEntry entry, final EspFlow flow) {
        return new SaSpec(DeviceConfig.saName(flow.spi(), flow.destination()), flow.spi(), flow.source(), flow.destination(),
            SaSpec.Mode.ANY, entry.keying().suite(), entry.keying().keys(), entry.esn(), DeviceConfig.DEFAULT_REPLAY_WINDOW,
            entry.initialSequence(), SaSpec.UdpEncap.EITHER, List.of(), SaSpec.Lifetime.UNLIMITED);
    }
}
