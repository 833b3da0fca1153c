package org.qfpsim.sim.router;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qfpsim.controlplane.qfp.load.CostTable;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.pipeline.DispatchPolicy;
import org.qfpsim.datapath.report.DropReport;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.InstalledSa;
import org.qfpsim.sim.EnvironmentReport;

/** What a finished run has to say, as a map for JSON and as lines for people. */
public final class RunReport {
    /** The rows of the reference document are always there. */
    private static final Set<Integer> ALWAYS = Set.of(4, 7, 12);
    /**
     * What depends on how far the engines were ahead of gather, so on their number, the dispatch policy and timing; every other total
     * depends on the input only.
     */
    private static final Set<Total> BY_TIMING = EnumSet.of(Total.ESP_REOPENED, Total.BATCHES);

    private final Router router;
    private final EngineToken token;

    /**
     * Reads a router that has finished.
     *
     * @param router the router.
     * @param token  how its drops are spelled.
     */
    public RunReport(final Router router, final EngineToken token) {
        this.router = router;
        this.token = token;
    }

    /**
     * Everything, for JSON.
     *
     * @return totals, drops, punts, SAs, drop report: they depend on the input only; then what depends on settings and timing: shares of
     *     the engines, pipeline, environment.
     */
    public Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("source", "measured");
        map.put("totals", totals());
        map.put("global_drops", globalDrops());
        map.put("ipsec_drops", ipsecDrops());
        map.put("punts", punts());
        map.put("sas", sas());
        map.put("drop_report", dropReport());
        map.put("ppes", perPpe());
        map.put("pipeline", pipeline());
        map.put("crypto", Map.of("in_use", router.cryptoInUse(), "not_available", router.cryptoUnavailable()));
        map.put("environment", EnvironmentReport.current().toMap());
        return map;
    }

    private Map<String, Object> totals() {
        final CounterReader counters = router.counters();
        final Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("received", counters.total(Total.RECEIVED));
        totals.put("forwarded", counters.total(Total.FORWARDED));
        totals.put("dropped", counters.dropped());
        totals.put("punted", counters.total(Total.PUNTED));
        totals.put("consumed", counters.total(Total.CONSUMED));
        for (final Total total : Total.values()) {
            if (!BY_TIMING.contains(total)) {
                totals.putIfAbsent(total.label(), counters.total(total));
            }
        }
        return totals;
    }

    private Map<String, Object> globalDrops() {
        final Map<String, Object> drops = new LinkedHashMap<>();
        for (final GlobalDrop drop : GlobalDrop.values()) {
            final long packets = router.counters().globalPackets(drop.id());
            if (packets != 0 || drop.cliName().startsWith("Ipsec")) {
                final Map<String, Object> row = new LinkedHashMap<>();
                row.put("id", drop.id());
                row.put("packets", packets);
                row.put("octets", router.counters().globalOctets(drop.id()));
                drops.put(drop.cliName(), row);
            }
        }
        return drops;
    }

    private Map<String, Object> ipsecDrops() {
        final Map<String, Object> drops = new LinkedHashMap<>();
        for (final IpsecDrop drop : IpsecDrop.values()) {
            final long packets = router.counters().ipsecPackets(drop.id());
            if (packets != 0 || ALWAYS.contains(drop.id())) {
                final Map<String, Object> row = new LinkedHashMap<>();
                row.put("name", drop.name(token));
                row.put("packets", packets);
                drops.put(String.valueOf(drop.id()), row);
            }
        }
        return drops;
    }

    private Map<String, Object> punts() {
        final Map<String, Object> punts = new LinkedHashMap<>();
        for (final PuntCause cause : PuntCause.values()) {
            final long received = router.counters().puntReceived(cause.id());
            if (received != 0) {
                final Map<String, Object> row = new LinkedHashMap<>();
                row.put("name", cause.cliName());
                row.put("received", received);
                row.put("transmitted", router.counters().puntTransmitted(cause.id()));
                punts.put(String.valueOf(cause.id()), row);
            }
        }
        return punts;
    }

    private List<Object> sas() {
        final List<Object> sas = new ArrayList<>();
        for (final InstalledSa sa : router.inbound()) {
            final Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", sa.name());
            row.put("spi", "0x%08x".formatted(sa.spi()));
            row.put("suite", sa.suite().toString());
            row.put("crypto", sa.backend());
            if (!sa.isFreed()) {
                row.put("replay_top", "0x" + Long.toHexString(InboundSa.top(sa.record())));
                row.put("packets", InboundSa.packets(sa.record()));
                row.put("octets", InboundSa.octets(sa.record()));
                row.put("replay_drops", InboundSa.replayDrops(sa.record()));
                row.put("icv_drops", InboundSa.icvDrops(sa.record()));
            }
            sas.add(row);
        }
        return sas;
    }

    private List<Object> dropReport() {
        final List<Object> rows = new ArrayList<>();
        for (final DropReport.Row row : router.dropReport().snapshot()) {
            final Map<String, Object> map = new LinkedHashMap<>();
            if (row.flow()) {
                map.put("src", row.source() == null ? null : row.source().toString());
                map.put("dst", row.destination() == null ? null : row.destination().toString());
                map.put("protocol", row.protocol());
                map.put("spi", row.spi() == 0 ? null : "0x%08x".formatted(row.spi()));
            } else {
                map.put("other_flows", true);
            }
            map.put("table", Verdict.kind(row.verdict()) == Verdict.DROP_IPSEC ? "ipsec" : "global");
            map.put("id", Verdict.number(row.verdict()));
            map.put("name", VerdictNames.drop(row.verdict(), token));
            map.put("first", instant(row.firstNanos()));
            map.put("last", instant(row.lastNanos()));
            map.put("packets", row.packets());
            map.put("octets", row.octets());
            map.put("reading", DropReading.of(row, router.inbound()));
            rows.add(map);
        }
        return rows;
    }

    private static String instant(final long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)).toString();
    }

    private List<Object> perPpe() {
        final List<Object> ppes = new ArrayList<>();
        for (int ppe = 0; ppe < router.counters().ppes(); ppe++) {
            final Map<String, Object> row = new LinkedHashMap<>();
            row.put("ppe", ppe);
            row.put("forwarded", router.counters().total(ppe, Total.FORWARDED));
            row.put("dropped", router.counters().dropped(ppe));
            row.put("punted", router.counters().total(ppe, Total.PUNTED));
            row.put("consumed", router.counters().total(ppe, Total.CONSUMED));
            ppes.add(row);
        }
        return ppes;
    }

    private Map<String, Object> pipeline() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("ppes", router.config().ppes());
        map.put("dispatch", router.config().dispatch() == DispatchPolicy.ANY_IDLE ? "any-idle" : "flow-hash");
        map.put("ring_slots", router.config().ringSlots());
        map.put("slot_bytes", router.config().slotBytes());
        map.put("oversubscribed", router.oversubscribed());
        map.put("cost", CostTable.toMap(CostLook.read(router.counters())));
        BY_TIMING.forEach(total -> map.put(total.label(), router.counters().total(total)));
        return map;
    }

    /**
     * The totals in one line.
     *
     * @return received = forwarded + dropped + punted + consumed.
     */
    public String conservation() {
        final CounterReader counters = router.counters();
        return "received %,d = forwarded %,d + dropped %,d + punted %,d + consumed %,d".formatted(counters.total(Total.RECEIVED),
            counters.total(Total.FORWARDED), counters.dropped(), counters.total(Total.PUNTED), counters.total(Total.CONSUMED));
    }

    /**
     * The drop report as a table.
     *
     * @param limit most rows.
     * @return lines; empty if nothing was dropped.
     */
    public List<String> dropTable(final int limit) {
        final List<DropReport.Row> rows = router.dropReport().snapshot();
        final List<String> lines = new ArrayList<>();
        if (rows.isEmpty()) {
            return lines;
        }
        lines.add("%9s  %-10s  %-36s  %-32s  %s".formatted("Packets", "SPI", "Flow", "Reason", "Reading"));
        for (final DropReport.Row row : rows.subList(0, Math.min(limit, rows.size()))) {
            final String flow = row.source() == null ? "-" : row.source() + " > " + row.destination();
            lines.add("%9d  %-10s  %-36s  %-32s  %s".formatted(row.packets(), row.spi() == 0 ? "-" : "0x%08x".formatted(row.spi()), flow,
                VerdictNames.drop(row.verdict(), token), DropReading.of(row, router.inbound())));
        }
        if (rows.size() > limit) {
            lines.add("%9s  and %d more rows; --json has all".formatted("", rows.size() - limit));
        }
        return lines;
    }
}
