package org.qfpsim.sim.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.live.CounterLook;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.live.RouterLook.Count;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.sim.live.History;

/**
 * Counters in the text format of Prometheus, version 0.0.4. Drops that never occurred are there with 0: a rate needs to know that. Nothing
 * that a packet says becomes a label, so the number of series is bounded.
 */
final class Metrics {
    /** The media type. */
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final double SECOND = 1e9;
    private static final double PERCENT = 100;
    private static final CounterLook.Drops NONE = new CounterLook.Drops(0, 0);

    private final Map<String, RouterLook> routers = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder(1 << 17);

    /** A family's samples, by pairs of labels and values. */
    private final class Family implements BiConsumer<List<String>, Number> {
        private final String name;
        private String router = "";

        Family(final String name) {
            this.name = name;
        }

        @Override
        public void accept(final List<String> labels, final Number value) {
            text.append(name).append("{router=\"").append(escape(router)).append('"');
            for (int i = 0; i < labels.size(); i += 2) {
                text.append(',').append(labels.get(i)).append("=\"").append(escape(labels.get(i + 1))).append('"');
            }
            text.append("} ").append(value).append('\n');
        }
    }

    /** Writes a family's samples of one router. */
    @FunctionalInterface
    private interface Samples {
        void write(RouterLook look, BiConsumer<List<String>, Number> to);
    }

    private Metrics() {
    }

    /**
     * All families.
     *
     * @param feed of routers; of one that is down nothing is said but that.
     * @return the text.
     */
    static String text(final Feed feed) {
        final Metrics metrics = new Metrics();
        metrics.text.append("# HELP qfp_up Whether the router answered the last time, 1 or 0.\n# TYPE qfp_up gauge\n");
        for (final String router : feed.routers()) {
            final History history = feed.history(router);
            final @Nullable RouterLook look = history.last();
            final boolean up = history.up() && look != null;
            metrics.text.append("qfp_up{router=\"").append(escape(router)).append("\"} ").append(up ? 1 : 0).append('\n');
            if (up) {
                metrics.routers.put(router, look);
            }
        }
        metrics.families();
        return metrics.text.toString();
    }

    private void families() {
        gauge("qfp_info", "What the router is; always 1.", (look, to) ->
            to.accept(List.of("host", look.name(), "platform", look.platform(), "release", look.release()), 1));
        gauge("qfp_uptime_seconds", "Time since the router was started.", (look, to) ->
            to.accept(List.of(), (look.nanos() - look.startedNanos()) / SECOND));
        for (final Total total : Total.values()) {
            final String unit = total.label().endsWith(total.unit()) ? "" : "_" + total.unit();
            counter("qfp_" + total.label() + unit + "_total", "Datapath counter " + total.label() + ", in " + total.unit() + ".",
                (look, to) -> to.accept(List.of(), look.counters().total(total.label())));
        }
        gauge("qfp_in_flight_packets", "Packets received and not decided yet.", (look, to) ->
            to.accept(List.of(), look.counters().inFlight()));
        counter("qfp_engine_packets_total", "Packets that a packet processing engine was given, by outcome.", Metrics::engines);
        counter("qfp_cost_sampled_packets_total", "Packets that a feature's cost was sampled with, by engine.", (look, to) ->
            costs(look, to, CostLook.Row::packets));
        gauge("qfp_cost_seconds", "What a feature takes for a packet that it has to do with, by engine: measured on this machine,"
            + " since the start.", (look, to) -> costs(look, to, row -> row.perPacket() / SECOND));
        counter("qfp_drop_packets_total", "Packets lost, by global drop reason.", (look, to) -> drops(look, to, false));
        counter("qfp_drop_octets_total", "Octets of the frames lost, by global drop reason.", (look, to) -> drops(look, to, true));
        counter("qfp_ipsec_drop_packets_total", "Packets that the IPsec feature counted, by its type; a loss is in the global drops, too.",
            Metrics::ipsec);
        interfaces("packets", "Frames that came in or went out", Count.INPUT_PACKETS, Count.OUTPUT_PACKETS);
        interfaces("octets", "Their octets", Count.INPUT_OCTETS, Count.OUTPUT_OCTETS);
        interfaces("drops", "Packets lost that came in here, or of which the way out here took no more", Count.INPUT_DROPS,
            Count.OUTPUT_DROPS);
        interfaces("errors", "Frames that were not taken from the machine's interface in time, or that it did not send", Count.OVERRUNS,
            Count.OUTPUT_ERRORS);
        counter("qfp_unknown_spi_packets_total", "Packets with an unknown SPI that the control plane was told of.", (look, to) ->
            to.accept(List.of(), look.spiPackets()));
        counter("qfp_log_lines_total", "Lines that the log has taken.", (look, to) -> to.accept(List.of(), look.logged()));
        gauge("qfp_processing_load_ratio", "Load of the busiest QFP in the last five seconds, 0 to 1: measured where the router"
            + " lives in real time, otherwise modelled.", (look, to) -> {
            if (look.load() != null) {
                to.accept(List.of(), look.load().processing() / PERCENT);
            }
        });
        gauge("qfp_crypto_load_ratio", "Modelled load of the crypto engine in the last five seconds, 0 to 1.", (look, to) -> {
            if (look.load() != null) {
                to.accept(List.of(), look.load().crypto() / PERCENT);
            }
        });
    }

    private void interfaces(final String what, final String help, final Count in, final Count out) {
        counter("qfp_interface_" + what + "_total", help + ", by interface and direction.", (look, to) -> look.interfaces().forEach(one -> {
            to.accept(List.of("interface", one.name(), "direction", "in"), one.counts().getOrDefault(in, 0L));
            to.accept(List.of("interface", one.name(), "direction", "out"), one.counts().getOrDefault(out, 0L));
        }));
    }

    private static void engines(final RouterLook look, final BiConsumer<List<String>, Number> to) {
        for (int i = 0; i < look.counters().engines().size(); i++) {
            final String engine = Integer.toString(i);
            look.counters().engines().get(i).forEach((outcome, packets) -> to.accept(List.of("ppe", engine, "outcome", outcome), packets));
        }
    }

    /** The dispatcher is no engine; what it takes is said with an empty label. */
    private static void costs(final RouterLook look, final BiConsumer<List<String>, Number> to,
                              final Function<CostLook.Row, Number> value) {
        final CostLook costs = look.counters().costs();
        for (int ppe = -1; ppe < costs.ppes(); ppe++) {
            final String engine = ppe < 0 ? "" : Integer.toString(ppe);
            costs.rows(ppe).forEach(row -> to.accept(List.of("ppe", engine, "feature", row.cost().feature()), value.apply(row)));
        }
    }

    private static void drops(final RouterLook look, final BiConsumer<List<String>, Number> to, final boolean octets) {
        for (final GlobalDrop drop : GlobalDrop.values()) {
            final CounterLook.Drops count = look.counters().global().getOrDefault(drop.id(), NONE);
            to.accept(List.of("reason", drop.cliName()), octets ? count.octets() : count.packets());
        }
    }

    private static void ipsec(final RouterLook look, final BiConsumer<List<String>, Number> to) {
        final EngineToken token = PlatformProfile.parse(look.platform()).token();
        for (final IpsecDrop drop : IpsecDrop.values()) {
            to.accept(List.of("type", Integer.toString(drop.id()), "reason", drop.name(token)),
                look.counters().ipsec().getOrDefault(drop.id(), 0L));
        }
    }

    private void counter(final String name, final String help, final Samples samples) {
        family(name, help, "counter", samples);
    }

    private void gauge(final String name, final String help, final Samples samples) {
        family(name, help, "gauge", samples);
    }

    private void family(final String name, final String help, final String type, final Samples samples) {
        text.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
        final Family family = new Family(name);
        routers.forEach((router, look) -> {
            family.router = router;
            samples.write(look, family);
        });
    }

    /** As the format asks of a label's value. */
    static String escape(final String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
