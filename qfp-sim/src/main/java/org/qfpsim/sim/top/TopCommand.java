package org.qfpsim.sim.top;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Json;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Stty;
import org.qfpsim.sim.Subcommand;
import org.qfpsim.sim.TimeOption;
import org.qfpsim.sim.device.Shown;
import org.qfpsim.sim.live.GoneException;
import org.qfpsim.sim.live.History;
import org.qfpsim.sim.live.LiveJson;
import org.qfpsim.sim.live.LookSource;
import org.qfpsim.sim.live.RunningRouters;
import org.qfpsim.sim.live.VirtualSource;
import org.qfpsim.sim.router.DatapathOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Watches a router of another process. */
@Command(name = "top", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"A router of another process, on the whole screen.",
        "Rates of each engine, load, drops, unknown SPIs, log and IKE.",
        "Keys: Tab shows the next router, blank stands still, q or Ctrl-C ends. Without a terminal: one frame as plain text."})
public final class TopCommand implements Callable<Integer> {
    private static final double SECOND = 1e9;
    private static final int CTRL_C = 3;
    private static final int PLAIN_COLUMNS = 120;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "PID|DIR|FILE", defaultValue = "",
        description = "A process that runs routers (./qfp console, ./qfp serve), its folder, or a counters file (--counters FILE);"
            + " default: the only process there is.")
    private String where = "";

    @Option(names = "--router", paramLabel = "NAME", defaultValue = "", description = "Which router (default: the first).")
    private String router = "";

    @Option(names = "--interval", paramLabel = "SECONDS", defaultValue = "1", description = "Between two looks, 0.2 to 60 (default 1).")
    private double interval;

    @Option(names = "--once", description = "One frame as plain text, after one interval.")
    private boolean once;

    @Option(names = "--json", description = "A JSON object a look, each on a line; with --once only one.")
    private boolean json;

    @Option(names = "--ascii", description = "No block characters (the default if the locale is not UTF-8).")
    private boolean ascii;

    @Option(names = "--platform", paramLabel = "PROFILE", defaultValue = "esp20",
        description = "Platform of a counters file, which does not say it (default esp20).")
    private String platform = "";

    @Option(names = "--at", paramLabel = "TIME",
        description = "Instead of a router that runs: one of a scenario at this moment of its own time, 90s, 5m, in one frame.")
    private @Nullable String at;

    @Option(names = "--scenario", paramLabel = "NAME", description = "Which one, for --at (default invalid-spi).")
    private @Nullable String scenario;

    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new TopCommand();
        }
    }

    private TopCommand() {
    }

    @Override
    public Integer call() {
        if (!(interval >= 0.2 && interval <= 60)) {
            throw new InputException("--interval " + interval + " is not within 0.2 to 60");
        }
        if (at == null && scenario != null) {
            throw new InputException("--scenario " + scenario + " needs --at TIME; to watch it run: ./qfp serve " + scenario);
        }
        if (at != null && !where.isEmpty()) {
            throw new InputException("--at " + at + " and " + where + " exclude each other; leave one out");
        }
        if (at != null) {
            return virtual(TimeOption.nanos("--at", at));
        }
        try (LookSource source = RunningRouters.open(where, DatapathOptions.platform(platform))) {
            final String first = known(source, router);
            if (!once && !json && FullScreen.possible()) {
                return fullScreen(source, first);
            }
            return plain(source, first);
        }
    }

    private static String known(final LookSource source, final String name) {
        if (!name.isEmpty() && !source.routers().contains(name)) {
            throw new InputException("--router " + name + ": there is no router of that name; did you mean "
                + Shown.nearest(name, source.routers()) + "?");
        }
        return name.isEmpty() ? source.routers().getFirst() : name;
    }

    private int virtual(final long nanos) {
        try (VirtualSource source = VirtualSource.open(scenario)) {
            final String name = known(source, router);
            final History history = new History();
            source.play(nanos, (long) (interval * SECOND), () -> look(source, name, history));
            print(history, name, source.routers());
        }
        return Main.OK;
    }

    private static void look(final LookSource source, final String name, final History history) {
        source.look(name).ifPresentOrElse(history::add, history::down);
    }

    private int plain(final LookSource source, final String name) {
        final History history = new History();
        look(source, name, history);
        try {
            do {
                TimeUnit.NANOSECONDS.sleep((long) (interval * SECOND));
                look(source, name, history);
                print(history, name, source.routers());
            } while (json && !once);
        } catch (final GoneException e) {
            // What has run to its end can still be shown as it was.
            print(history, name, source.routers());
            ended(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Main.OK;
    }

    private void print(final History history, final String name, final List<String> routers) {
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            final Map<String, Object> map = LiveJson.of(history, name, routers, history.lastNumber() - 1);
            out.println(Json.line(map));
        } else {
            Frame.of(history, name, routers, new Frame.Screen(PLAIN_COLUMNS, 0, plainCharacters())).forEach(line ->
                out.println(line.text()));
        }
        out.flush();
    }

    private void ended(final GoneException why) {
        spec.commandLine().getErr().println("qfp: " + why.getMessage());
    }

    private int fullScreen(final LookSource source, final String first) {
        try (FullScreen screen = FullScreen.open()) {
            watch(source, first, screen);
        } catch (final GoneException e) {
            ended(e);
        }
        return Main.OK;
    }

    private void watch(final LookSource source, final String first, final FullScreen screen) {
        final Map<String, History> histories = new HashMap<>();
        final List<String> routers = source.routers();
        String name = first;
        boolean still = false;
        long next = System.nanoTime();
        while (true) {
            final History history = histories.computeIfAbsent(name, any -> new History());
            if (!still && System.nanoTime() - next >= 0) {
                look(source, name, history);
                next = System.nanoTime() + (long) (interval * SECOND);
            }
            final Stty.Size size = screen.size();
            screen.draw(Frame.of(history, name, routers, new Frame.Screen(size.columns(), size.rows(), plainCharacters())));
            // No longer than a second: the size may have changed.
            final int key = screen.key(still ? (long) SECOND : Math.min((long) SECOND, next - System.nanoTime()));
            switch (key) {
                case 'q', CTRL_C, FullScreen.END -> {
                    return;
                }
                case '\t' -> {
                    name = routers.get((routers.indexOf(name) + 1) % routers.size());
                    next = System.nanoTime();
                }
                case ' ' -> still = !still;
                default -> { }
            }
        }
    }

    private boolean plainCharacters() {
        if (ascii) {
            return true;
        }
        for (final String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            final @Nullable String value = System.getenv(variable);
            if (value != null && !value.isEmpty()) {
                return !value.toUpperCase(Locale.ROOT).contains("UTF");
            }
        }
        return true;
    }
}
