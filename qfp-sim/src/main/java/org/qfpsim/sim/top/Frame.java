package org.qfpsim.sim.top;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.live.RouterLook.Event;
import org.qfpsim.controlplane.live.RouterLook.UnknownSpi;
import org.qfpsim.controlplane.qfp.load.Load;
import org.qfpsim.sim.live.DropRow;
import org.qfpsim.sim.live.History;
import org.qfpsim.sim.live.Point;
import org.qfpsim.sim.live.Rates;

/** What is on the screen at one moment, line by line. */
final class Frame {
    /** Lines of a section on a screen without an end. */
    private static final int PLENTY = 12;
    private static final int MIN_WIDTH = 20;
    private static final int NARROW_SPARKLINE = 8;
    private static final int WIDEST_SPARKLINE = 60;
    private static final int TABLE_WIDTH = 64;
    private static final long MINUTE = 60_000_000_000L;
    private static final String RATES = "%-16s%12s%12s%12s%12s %s";
    private static final String DROPS = "%-42s%10s%12s %s";

    private final History history;
    private final Screen screen;
    private final List<Line> lines = new ArrayList<>();

    /**
     * Where it is shown.
     *
     * @param columns characters of a line.
     * @param rows    lines; 0: as many as needed.
     * @param ascii   no block characters.
     */
    record Screen(int columns, int rows, boolean ascii) {
    }

    /**
     * A line.
     *
     * @param text  no longer than the screen is wide, nothing but printable characters.
     * @param title of a section.
     */
    record Line(String text, boolean title) {
    }

    private Frame(final History history, final Screen screen) {
        this.history = history;
        this.screen = new Screen(Math.max(MIN_WIDTH, screen.columns), screen.rows, screen.ascii);
    }

    /**
     * Draws a router.
     *
     * @param history of it.
     * @param router  its name.
     * @param routers all of its process.
     * @param screen  where.
     * @return the lines, no more than the screen has.
     */
    static List<Line> of(final History history, final String router, final List<String> routers, final Screen screen) {
        final Frame frame = new Frame(history, screen);
        final RouterLook look = history.last();
        if (look == null) {
            frame.title(router + " is down, and was never seen up");
        } else {
            frame.header(look, router, routers);
            frame.rates();
            frame.sections(look);
        }
        return screen.rows == 0 || frame.lines.size() <= screen.rows ? frame.lines : frame.lines.subList(0, screen.rows);
    }

    private void header(final RouterLook look, final String router, final List<String> routers) {
        title(router + (history.up() ? "" : " is DOWN") + (routers.size() > 1 ? " of " + String.join(" ", routers) : "") + "  "
            + look.platform() + (look.release().isEmpty() ? "" : " release " + look.release()) + "  process " + look.process());
        line((look.time().isEmpty() ? "watched" : look.time() + "  up") + " " + Numbers.duration(look.nanos() - look.startedNanos())
            + "  " + Numbers.count(look.counters().inFlight()) + " packets in flight");
        final Load load = look.load();
        if (load != null) {
            line("QFP " + load.processing() + (load.measured() ? "% measured, crypto " : "% crypto ") + load.crypto()
                + "% modelled  in " + Numbers.rate(load.inputPackets())
                + " pps " + Numbers.bits(load.inputBits()) + "  out " + Numbers.rate(load.outputPackets()) + " pps "
                + Numbers.bits(load.outputBits()));
        }
    }

    private void rates() {
        final Point now = history.now();
        blank();
        title(String.format(Locale.ROOT, RATES, "Packets a second", "received", "forwarded", "dropped", "punted", "last minute"));
        if (now == null) {
            line("(a rate needs two looks)");
            return;
        }
        rates("all", now.all(), point -> point.all().received());
        final int engines = now.engines().size();
        final int shown = Math.min(engines, screen.rows == 0 ? engines : Math.max(1, screen.rows / 5));
        for (int i = 0; i < shown; i++) {
            final int engine = i;
            rates("PPE " + i, now.engines().get(i), point -> engine < point.engines().size() ? point.engines().get(engine).received() : 0);
        }
        if (shown < engines) {
            line("and " + (engines - shown) + " more PPEs");
        }
    }

    private void rates(final String name, final Rates rates, final ToDoubleFunction<Point> value) {
        line(String.format(Locale.ROOT, RATES, name, Numbers.rate(rates.received()), Numbers.rate(rates.forwarded()),
            Numbers.rate(rates.dropped()), Numbers.rate(rates.punted()), sparkline(value)));
    }

    private String sparkline(final ToDoubleFunction<Point> value) {
        final int room = Math.min(WIDEST_SPARKLINE, screen.columns - TABLE_WIDTH - 1);
        return room < NARROW_SPARKLINE ? "" : Sparkline.of(history.series(value, room, MINUTE), screen.ascii);
    }

    /** The sections share the lines that are left: drops two fifths, unknown SPIs a third of what then is left, events the rest. */
    private void sections(final RouterLook look) {
        final List<DropRow> drops = history.drops();
        final List<Event> events = history.events();
        final int left = screen.rows == 0 ? 3 * PLENTY : Math.max(0, screen.rows - lines.size() - 6);
        final int mostDrops = screen.rows == 0 ? PLENTY : Math.max(left * 2 / 5, left - look.unknownSpis().size() - events.size());
        final int dropLines = Math.min(drops.size(), mostDrops);
        final int spiLines = Math.min(look.unknownSpis().size(), Math.max((left - dropLines) / 3, left - dropLines - events.size()));
        drops(drops.subList(0, dropLines), drops.size());
        spis(look, spiLines);
        events(look, events, Math.min(events.size(), screen.rows == 0 ? PLENTY : Math.max(0, left - dropLines - spiLines)));
    }

    private void drops(final List<DropRow> rows, final int all) {
        blank();
        if (all == 0) {
            title("Drops: none");
            return;
        }
        title(String.format(Locale.ROOT, DROPS, all > rows.size() ? "Drops (" + rows.size() + " of " + all + " reasons)" : "Drops",
            "a second", "packets", "last minute"));
        for (final DropRow row : rows) {
            line(String.format(Locale.ROOT, DROPS, row.ipsec() ? "  " + row.name() : row.name(), Numbers.rate(row.rate()),
                Numbers.count(row.packets()), sparkline(point -> (row.ipsec() ? point.ipsec() : point.drops())
                    .getOrDefault(row.name(), 0.0))));
        }
    }

    private void spis(final RouterLook look, final int shown) {
        final List<UnknownSpi> rows = look.unknownSpis().subList(0, shown);
        blank();
        if (look.unknownSpis().isEmpty()) {
            title("Unknown SPI: " + none(look));
            return;
        }
        final int source = width(rows.stream().map(UnknownSpi::source).toList());
        final int destination = width(rows.stream().map(UnknownSpi::destination).toList());
        final String form = "%-13s%-" + source + "s%-" + destination + "s%12s%10s  %s";
        title(String.format(Locale.ROOT, form, "Unknown SPI", "source", "destination", "packets", "last", "reading"));
        for (final UnknownSpi each : rows) {
            line(String.format(Locale.ROOT, form, each.spi(), each.source(), each.destination(), Numbers.count(each.packets()),
                Numbers.duration(look.nanos() - each.lastNanos()), each.reading()));
        }
    }

    private static String none(final RouterLook look) {
        return look.time().isEmpty() ? "not in a counters file" : "none";
    }

    private static int width(final List<String> addresses) {
        return 2 + Math.max("destination".length(), addresses.stream().mapToInt(String::length).max().orElse(0));
    }

    private void events(final RouterLook look, final List<Event> events, final int shown) {
        blank();
        title("Log and IKE" + (events.isEmpty() ? ": " + none(look) : ""));
        for (final Event event : events.subList(events.size() - shown, events.size())) {
            line(event.lastTime() + (event.nanos() == event.lastNanos() ? " " : " (since " + event.time() + ") ") + event.text());
        }
    }

    private void blank() {
        line("");
    }

    private void title(final String text) {
        add(text, true);
    }

    private void line(final String text) {
        add(text, false);
    }

    private void add(final String text, final boolean title) {
        final String clean = Numbers.printable(text).stripTrailing();
        final String cut = clean.length() > screen.columns ? clean.substring(0, screen.columns) : clean;
        lines.add(new Line(cut.stripTrailing(), title));
    }
}
