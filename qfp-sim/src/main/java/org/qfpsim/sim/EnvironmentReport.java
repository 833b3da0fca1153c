package org.qfpsim.sim;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;

/** Finds out and prints the {@link Environment}, so that every report says where its numbers come from. */
public final class EnvironmentReport {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private EnvironmentReport() {
    }

    /** The environment of this process. */
    public static Environment current() {
        final Runtime runtime = Runtime.getRuntime();
        return new Environment(
            Main.program(),
            System.getProperty("java.vendor") + " " + Runtime.version(),
            System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"),
            cpu(),
            runtime.availableProcessors(),
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
            runtime.maxMemory(),
            jvmFlags(),
            cryptoLibraries());
    }

    /** What the crypto libraries say of themselves, and why one is not used. */
    private static Map<String, String> cryptoLibraries() {
        final Map<String, String> libraries = new LinkedHashMap<>();
        try (CryptoBackends backends = CryptoBackends.open(CryptoBackends.AUTO)) {
            backends.all().forEach(backend -> libraries.put(backend.id(), backend.description().substring(backend.id().length() + 1)));
            if (!backends.unavailable().isEmpty()) {
                libraries.put("not used", String.join("; ", backends.unavailable()));
            }
        } catch (final CryptoUnavailableException e) {
            libraries.put("not used", String.valueOf(e.getMessage()));
        }
        return libraries;
    }

    /**
     * The environment as a table.
     *
     * @param environment what to print.
     * @return its lines.
     */
    public static List<String> table(final Environment environment) {
        final List<String> lines = new ArrayList<>();
        add(lines, "program", environment.program());
        add(lines, "jdk", environment.jdk());
        add(lines, "os", environment.os());
        add(lines, "cpu", environment.cpu());
        add(lines, "cores", String.valueOf(environment.cores()));
        add(lines, "memory", mebibytes(environment.memoryBytes()));
        add(lines, "max heap", mebibytes(environment.maxHeapBytes()));
        environment.cryptoLibraries().forEach((name, version) -> add(lines, "crypto " + name, version));
        String title = "jvm flags";
        for (final String flag : environment.jvmFlags()) {
            add(lines, title, flag);
            title = "";
        }
        return lines;
    }

    private static void add(final List<String> lines, final String title, final String value) {
        lines.add("%-18s%s".formatted(title, value));
    }

    private static String mebibytes(final long octets) {
        return (octets >> 20) + " MiB";
    }

    private static List<String> jvmFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> !flag.startsWith("-Dqfp.root="))
            .toList();
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
        } catch (final IOException e) {
            return "unknown";
        }
    }
}
