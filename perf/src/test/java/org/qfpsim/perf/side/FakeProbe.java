package org.qfpsim.perf.side;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.qfpsim.perf.probe.JsonLine;
import org.qfpsim.perf.probe.Suite;

/** Answers as a probe does, with numbers of known distribution: {@code FakeProbe WHAT [PERCENT]}. */
public final class FakeProbe {
    private FakeProbe() {
    }

    /** A build whose probe this is. */
    public static Build build(final String label, final String... arguments) {
        return Build.running(label, Path.of("no", "flags"), arguments).behind(Path.of("no", "classes"),
            FakeProbe.class.getName(), List.of(arguments));
    }

    /** Obeys. */
    public static void main(final String[] args) throws IOException {
        switch (args[0]) {
            case "dies" -> throw new IllegalStateException("no memory left for it");
            case "other" -> System.out.println("{\"probe\":2,\"metrics\":[\"path 64\"]}");
            case "babbles" -> System.out.println("Hello, I am a probe.");
            default -> {
                final double process = new Random().nextGaussian() * 0.002;
                System.out.println(JsonLine.of(Map.of("probe", 1, "metrics", List.of(Suite.RULER, "path 64"))));
                final double path = 70 * (1 + Double.parseDouble(args[1]) / 100 + process);
                final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.equals("end")) {
                        System.out.println("{\"closed\":true}");
                        return;
                    }
                    final double value = line.startsWith("slice 0 ") ? 35 * (1 + process) : path;
                    System.out.println(JsonLine.of(Map.of("passes", 9, "q00", value, "q10", value, "q25", value, "q50", value)));
                    if (args[0].equals("stops")) {
                        System.exit(7);
                    }
                }
            }
        }
    }
}
