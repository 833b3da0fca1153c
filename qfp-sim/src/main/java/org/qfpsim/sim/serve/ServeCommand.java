package org.qfpsim.sim.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import org.qfpsim.sim.console.ConsoleSocket;
import org.qfpsim.sim.console.RouterSource;
import org.qfpsim.sim.device.Shown;
import org.qfpsim.sim.live.LookSource;
import org.qfpsim.sim.live.RunningRouters;
import org.qfpsim.sim.live.ScenarioSource;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.DatapathOptions;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Routers in a browser. */
@Command(name = "serve", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Routers in a browser with live plots, and for Prometheus.",
        "Runs a scenario in real time, or watches routers of another process (--attach). On this machine only; ends with Ctrl-C."})
public final class ServeCommand implements Callable<Integer> {
    private static final long SLICE = 50_000_000;
    private static final int MAX_ROUTERS = 8;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RouterSource source = new RouterSource();

    @Option(names = "--attach", paramLabel = "PID|DIR|FILE",
        description = "Instead of routers of its own: those of another process, or a counters file.")
    private @Nullable String attach;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8620",
        description = "TCP port on 127.0.0.1, 1024 to 65535, or 0 for any that is free (default 8620).")
    private int port;

    @Option(names = "--platform", paramLabel = "PROFILE", defaultValue = "esp20",
        description = "Platform of a counters file, which does not say it (default esp20).")
    private String platform = "";

    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new ServeCommand();
        }

        @Override
        public List<Example> examples() {
            return List.of(new Example(Use.DROP_COUNTERS, "serve"));
        }
    }

    private ServeCommand() {
    }

    @Override
    public Integer call() {
        if (port != 0 && (port < 1024 || port > 65_535)) {
            throw new InputException("--port " + port + " is not within 1024 to 65535, nor 0");
        }
        if (attach != null) {
            return attached(attach);
        }
        try (LiveScenario scenario = LiveScenario.build(source.folder(), new RouterFactory(new KeyExport()),
            new ScenarioRunner.Settings(Mode.DEDICATED, () -> NetworkClock.real(System::nanoTime), null, null));
            ConsoleSocket socket = ConsoleSocket.open(scenario);
            Feed feed = new Feed(new ScenarioSource(scenario, System::nanoTime), routers(scenario.routers()));
            WebServer web = WebServer.open(feed, port)) {
            say(web, feed, "; a console: ./qfp console --attach " + ProcessHandle.current().pid() + " (" + socket.folder() + ")");
            feed.start();
            while (!Thread.interrupted()) {
                scenario.run(scenario.nanos() + SLICE);
            }
        }
        return Main.OK;
    }

    private int attached(final String where) {
        source.refuse("--attach " + where);
        try (LookSource looks = RunningRouters.open(where, DatapathOptions.platform(platform));
            Feed feed = new Feed(looks, routers(looks.routers())); WebServer web = WebServer.open(feed, port)) {
            say(web, feed, "");
            feed.start();
            new CountDownLatch(1).await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Main.OK;
    }

    /** The one that was named, otherwise the first ones, that one first. */
    private List<String> routers(final List<String> all) {
        final String named = source.router();
        if (!named.isEmpty() && !all.contains(named)) {
            throw new InputException("--router " + named + ": there is no router of that name; did you mean " + Shown.nearest(named, all)
                + "?");
        }
        final List<String> shown = new ArrayList<>(all);
        if (!named.isEmpty()) {
            shown.remove(named);
            shown.addFirst(named);
        }
        if (shown.size() > MAX_ROUTERS) {
            spec.commandLine().getErr().println("qfp: shows " + MAX_ROUTERS + " of " + all.size() + " routers; --router NAME adds one");
        }
        return List.copyOf(shown.subList(0, Math.min(MAX_ROUTERS, shown.size())));
    }

    private void say(final WebServer web, final Feed feed, final String more) {
        spec.commandLine().getErr().println("qfp: http://127.0.0.1:" + web.port() + "/ shows " + String.join(", ", feed.routers())
            + "; /metrics is for Prometheus" + more);
        spec.commandLine().getErr().flush();
    }
}
