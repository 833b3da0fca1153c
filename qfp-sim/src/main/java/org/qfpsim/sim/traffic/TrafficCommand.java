package org.qfpsim.sim.traffic;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.show.Clearing;
import org.qfpsim.controlplane.show.ShowCommands;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import org.qfpsim.sim.capture.OutputFile;
import org.qfpsim.sim.router.DatapathOptions;
import org.qfpsim.sim.router.Progress;
import org.qfpsim.sim.router.Router;
import org.qfpsim.sim.router.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Generates traffic with known faults, sends it through a router and prints what a person would look at. */
@Command(name = "traffic", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Ten seconds of a router with four peers, then its counters.",
        "One peer rekeys, one is deleted, one has a bad link."})
public final class TrafficCommand implements Callable<Integer> {
    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new TrafficCommand();
        }
    }

    private static final int BATCH = 4096;
    private static final int DROP_ROWS = 8;
    private static final List<String> SHOWS = List.of(
        "show platform hardware qfp active statistics drop | inc Ipsec",
        "show platform hardware qfp active feature ipsec datapath drops");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--packets", paramLabel = "N", defaultValue = "500000", description = "Packets to generate (default 500000).")
    private long packets;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the traffic (default 1).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Counters, SAs, drop report and environment as JSON.")
    private @Nullable String json;

    @Mixin
    private DatapathOptions options = new DatapathOptions();

    private TrafficCommand() {
    }

    @Override
    public Integer call() {
        if (packets < 1000 || packets > 1_000_000_000L) {
            throw new InputException("--packets " + packets + " is not within 1000 to 1000000000");
        }
        try (CryptoBackends crypto = CryptoBackends.open(CryptoBackends.AUTO);
            MixedTraffic traffic = new MixedTraffic(packets, seed, crypto);
            Router router = new Router(options, traffic.device(), (buffer, offset, length, nanos) -> true, CommitObserver.NONE);
            OutputFile file = json == null ? null : OutputFile.create(json)) {
            // Made before the run, as the file is: a typing error should not cost one.
            final ShowCommands commands = new ShowCommands(options.platform(), options.release(), router.counters(), Clearing.Source.NEVER);
            final PrintWriter out = spec.commandLine().getOut();
            out.printf("Router 20.1.1.2, 4 peers, %,d packets in 10 s of virtual time, seed %d%n%n", packets, seed);
            out.flush();
            final long nanos = play(traffic, router, out);
            SHOWS.forEach(show -> out.printf("%nRouter#%s%n%s", show, commands.execute(show)));
            return report(traffic, router, nanos, out, file);
        } catch (final CryptoUnavailableException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the nanoseconds that the router, not the generator, took. */
    private long play(final MixedTraffic traffic, final Router router, final PrintWriter out) {
        final FrameBatch batch = new FrameBatch(BATCH);
        long nanos = 0;
        long sent = 0;
        try (Progress progress = new Progress(spec.commandLine().getErr(), "traffic", "packets")) {
            while (!traffic.finished()) {
                traffic.fill(batch);
                final long start = System.nanoTime();
                for (int i = 0; i < batch.count(); i++) {
                    router.receive(batch.frame(i), batch.length(i), batch.length(i), batch.time(i), LinkLayer.ETHERNET);
                }
                router.drain();
                nanos += System.nanoTime() - start;
                traffic.act(router).forEach(out::println);
                out.flush();
                sent += batch.count();
                progress.at(sent);
            }
        }
        router.finish();
        return nanos;
    }

    private int report(final MixedTraffic traffic, final Router router, final long nanos, final PrintWriter out,
                       final @Nullable OutputFile file) {
        final RunReport report = new RunReport(router, options.platform().token());
        if (file != null) {
            file.writeJson(report.toMap());
            file.commit();
        }
        out.println();
        report.dropTable(DROP_ROWS).forEach(out::println);
        out.printf("%n%s%n", report.conservation());
        final boolean asMeant = check(traffic, router, out);
        final long received = router.counters().total(Total.RECEIVED);
        out.printf("%,.0f packets a second (%s; %d PPE, %s%s; the generator's time is not counted)%n", received * 1e9 / nanos,
            String.join(", ", router.cryptoInUse()), router.config().ppes(), options.mode().name().toLowerCase(Locale.ROOT),
            router.oversubscribed() ? ", more threads than processors" : "");
        return asMeant ? Main.OK : Main.FAILED;
    }

    /** Every packet was made for a purpose: the counters must know as many of each. */
    private static boolean check(final MixedTraffic traffic, final Router router, final PrintWriter out) {
        boolean all = true;
        for (final Kind kind : Kind.values()) {
            final long sent = traffic.sent().getOrDefault(kind, 0L);
            final long counted = kind.counted(router.counters());
            if (sent != counted) {
                out.printf("FAILED: %,d packets of kind '%s' were sent, %,d counted%n", sent, kind.text(), counted);
                all = false;
            }
        }
        if (all) {
            out.println("every packet was counted as what it was sent as");
        }
        return all;
    }
}
