package org.qfpsim.sim.replay;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.show.Clearing;
import org.qfpsim.controlplane.show.Result;
import org.qfpsim.controlplane.show.ShowCommands;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import org.qfpsim.sim.capture.CaptureException;
import org.qfpsim.sim.capture.CaptureReader;
import org.qfpsim.sim.capture.EspFlows;
import org.qfpsim.sim.capture.LinkType;
import org.qfpsim.sim.device.DeviceConfig;
import org.qfpsim.sim.device.DeviceFile;
import org.qfpsim.sim.device.EspSaTable;
import org.qfpsim.sim.router.DatapathOptions;
import org.qfpsim.sim.router.Progress;
import org.qfpsim.sim.router.Router;
import org.qfpsim.sim.router.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a capture through the datapath and says what became of every frame. */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Send a capture through the datapath: what became of each frame.", "The capture is pcap or pcapng."})
public final class ReplayCommand implements Callable<Integer> {
    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new ReplayCommand();
        }

        @Override
        public List<Example> examples() {
            return List.of(new Example(Use.DROP_COUNTERS,
                "replay CAPTURE --esp-sa FILE --show 'show platform hardware qfp active statistics drop'"));
        }
    }

    private static final int CHECK_EVERY = 1024;
    private static final int DROP_ROWS = 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CAPTURE", description = "A pcap or pcapng file.")
    private String capture = "";

    @Option(names = "--device", paramLabel = "FILE", description = "Addresses, SAs and policies as JSON (docs/device-file.md).")
    private @Nullable String device;

    @Option(names = "--esp-sa", paramLabel = "FILE", description = "SAs as Wireshark keeps them (its file esp_sa).")
    private @Nullable String espSa;

    @Option(names = "--verdicts", paramLabel = "FILE", description = "One JSON object a line for every frame, in order.")
    private @Nullable String verdicts;

    @Option(names = "--out", paramLabel = "FILE", description = "What was forwarded, as pcapng.")
    private @Nullable String out;

    @Option(names = "--drops", paramLabel = "FILE", description = "Dropped frames with the reason as comment, as pcapng.")
    private @Nullable String drops;

    @Option(names = "--json", paramLabel = "FILE", description = "Counters, SAs, drop report and environment as JSON.")
    private @Nullable String json;

    @Option(names = "--show", paramLabel = "COMMAND", description = "Print a show command's output afterwards; may be repeated.")
    private List<String> shows = new ArrayList<>();

    @Mixin
    private DatapathOptions options = new DatapathOptions();

    private long cutFrames;

    private ReplayCommand() {
    }

    @Override
    public Integer call() {
        checkShows();
        if (device == null && espSa == null) {
            throw new InputException("no SAs: give --device FILE (docs/device-file.md) or --esp-sa FILE (Wireshark's table), or both");
        }
        checkFiles();
        // First: opening a FIFO waits for its writer.
        final DeviceConfig configured = readDevice();
        try (CaptureReader reader = CaptureReader.open(Path.of(capture))) {
            return run(reader, configured);
        }
    }

    private void checkFiles() {
        final DistinctFiles files = new DistinctFiles();
        files.input("CAPTURE", capture);
        files.input("--device", device);
        files.input("--esp-sa", espSa);
        files.output("--verdicts", verdicts);
        files.output("--out", out);
        files.output("--drops", drops);
        files.output("--json", json);
        files.output("--counters", options.counters());
    }

    /** Commands are tried before the run: a typing error should not cost one. */
    private void checkShows() {
        final ShowCommands dry = new ShowCommands(options.platform(), options.release(), CounterStore.inMemory(1).reader(),
            Clearing.Source.NEVER);
        for (final String show : shows) {
            final Result result = dry.run(show);
            if (!result.ok()) {
                throw new InputException("--show '" + show + "':\n" + result.text().stripTrailing());
            }
        }
    }

    private int run(final CaptureReader reader, final DeviceConfig configured) {
        final CaptureFailure failure = new CaptureFailure();
        final boolean first = failure.next(reader);
        final DeviceConfig config = startingAt(configured, first ? reader.timestampNanos() : 0);
        final int inFlight = options.config().ppes() * options.config().ringSlots();
        final ReplayOutputs.Names files = new ReplayOutputs.Names(verdicts, out, drops, json);
        try (ReplayOutputs outputs = new ReplayOutputs(files, options.platform().token(), inFlight);
            Router router = new Router(options, config, outputs.egress(), outputs.observer())) {
            outputs.start(router);
            if (first) {
                feed(reader, failure, router, outputs);
            }
            router.finish();
            final RunReport report = new RunReport(router, options.platform().token());
            if (outputs.wantReport()) {
                outputs.writeReport(toMap(report, reader.frameNumber()));
            }
            outputs.commit();
            final boolean forPeople = shows.isEmpty() && !files.useStandardOutput();
            if (forPeople) {
                summarize(report, router, spec.commandLine().getOut());
            }
            show(router);
            outputs.check();
            failure.rethrow();
            if (!forPeople) {
                summarize(report, router, spec.commandLine().getErr());
            }
        }
        return Main.OK;
    }

    /** A damaged capture ends the run, not what was done before it. */
    private static final class CaptureFailure {
        private @Nullable CaptureException failure;

        boolean next(final CaptureReader reader) {
            try {
                return reader.next();
            } catch (final CaptureException e) {
                failure = e;
                return false;
            }
        }

        void rethrow() {
            if (failure != null) {
                throw failure;
            }
        }
    }

    private DeviceConfig readDevice() {
        final DeviceConfig fromTable = espSa == null ? null : expand(EspSaTable.read(Path.of(espSa)));
        if (device == null) {
            return Objects.requireNonNull(fromTable);
        }
        final DeviceConfig fromFile = DeviceFile.read(Path.of(device));
        return fromTable == null ? fromFile : fromFile.withSas(fromTable.inbound());
    }

    private DeviceConfig expand(final EspSaTable table) {
        if (!table.hasWildcards()) {
            return table.expand(List.of());
        }
        if (Files.exists(Path.of(capture)) && !Files.isRegularFile(Path.of(capture))) {
            throw new InputException(capture + ": is not a regular file, and the wildcards of " + espSa + " need it to be read twice; "
                + "save it to a file, or give every SA its destination and SPI");
        }
        try (CaptureReader scan = CaptureReader.open(Path.of(capture))) {
            return table.expand(EspFlows.scan(scan));
        }
    }

    /** Lifetimes are given from the first packet on. */
    private static DeviceConfig startingAt(final DeviceConfig config, final long nanos) {
        return config.mapSas(sa -> sa.lifetime().hardNanos() == Long.MAX_VALUE ? sa
            : sa.withLifetime(new SaSpec.Lifetime(sa.lifetime().softBytes(), sa.lifetime().hardBytes(),
                sa.lifetime().hardNanos() + nanos)));
    }

    private void feed(final CaptureReader reader, final CaptureFailure failure, final Router router, final ReplayOutputs outputs) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[0]);
        try (Progress progress = new Progress(spec.commandLine().getErr(), "replay", "frames")) {
            do {
                final int length = reader.capturedLength();
                if (reader.originalLength() > length) {
                    cutFrames++;
                }
                outputs.remember(reader.data(), length);
                frame.wrap(reader.data());
                router.receive(frame, length, reader.originalLength(), reader.timestampNanos(), linkLayer(reader.linkType()));
                if (reader.frameNumber() % CHECK_EVERY == 0) {
                    progress.at(reader.frameNumber());
                    if (!outputs.healthy()) {
                        return;
                    }
                }
            } while (failure.next(reader));
        }
    }

    private static int linkLayer(final LinkType type) {
        return switch (type) {
            case ETHERNET -> LinkLayer.ETHERNET;
            case LINUX_SLL -> LinkLayer.LINUX_SLL;
            case LINUX_SLL2 -> LinkLayer.LINUX_SLL2;
            case RAW, IPV4, IPV6 -> LinkLayer.RAW_IP;
        };
    }

    private Map<String, Object> toMap(final RunReport report, final long frames) {
        final Map<String, Object> map = report.toMap();
        map.put("capture", Map.of("file", capture, "frames", frames, "cut_by_snap_length", cutFrames));
        return map;
    }

    /** What a person wants to know at once; standard output, unless that belongs to something else. */
    private void summarize(final RunReport report, final Router router, final PrintWriter summary) {
        summary.println(report.conservation());
        report.dropTable(DROP_ROWS).forEach(summary::println);
        summary.println("crypto: " + String.join(", ", router.cryptoInUse()));
        summary.flush();
    }

    private void show(final Router router) {
        if (cutFrames != 0) {
            spec.commandLine().getErr().println("warning: " + cutFrames
                + " frames were cut by the capture's snap length and dropped; record with a larger one");
        }
        final ShowCommands commands = new ShowCommands(options.platform(), options.release(), router.counters(), Clearing.Source.NEVER);
        for (final String show : shows) {
            spec.commandLine().getOut().print(commands.execute(show));
        }
        spec.commandLine().getOut().flush();
    }
}
