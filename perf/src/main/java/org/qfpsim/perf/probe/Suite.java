package org.qfpsim.perf.probe;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.perf.bench.InboundLoad;
import org.qfpsim.perf.bench.InboundLoad.Kind;

/**
 * A named set of metrics: AES-128-GCM, IPv4 tunnel mode, one engine, one thread. The first metric of each suite is the ruler, the bare
 * decrypt of 64 octets: it tells how fast the machine was.
 */
public enum Suite {
    /** The inbound path by packet size and by what becomes of the packets. */
    PATH(List.of("path 64", "path 512", "path 1400", "path IMIX", "unknown SPI 64", "bad ICV 64")),
    /** One metric of the path, for a first look. */
    QUICK(List.of("path 64"));

    /** The first metric of each suite. */
    public static final String RULER = "bare 64";

    private final List<String> metrics;

    Suite(final List<String> metrics) {
        this.metrics = metrics;
    }

    /** What users call it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What users call all of them. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Suite::label).toList();
    }

    /** Names of the metrics, the ruler first. */
    public List<String> names() {
        return Stream.concat(Stream.of(RULER), metrics.stream()).toList();
    }

    /**
     * What the metrics measure.
     *
     * @param backend crypto library.
     * @param packets of a pass.
     * @return how each is opened, by name, in order.
     */
    public Map<String, Supplier<PathSubject>> openers(final String backend, final int packets) {
        final Map<String, Supplier<PathSubject>> openers = new LinkedHashMap<>();
        names().forEach(name -> openers.put(name, opener(name, backend, packets)));
        return openers;
    }

    private static Supplier<PathSubject> opener(final String name, final String backend, final int packets) {
        final int blank = name.lastIndexOf(' ');
        final String size = name.substring(blank + 1);
        final Function<Kind, Supplier<PathSubject>> path = kind ->
            () -> PathSubject.path(InboundLoad.of(backend, size, kind).withFrames(packets));
        return switch (name.substring(0, blank)) {
            case "bare" -> () -> PathSubject.bare(backend, EspSuite.AES_GCM_128_16, size, packets);
            case "path" -> path.apply(Kind.GOOD);
            case "unknown SPI" -> path.apply(Kind.UNKNOWN_SPI);
            case "bad ICV" -> path.apply(Kind.BAD_ICV);
            default -> throw new IllegalStateException("no metric is called " + name);
        };
    }
}
