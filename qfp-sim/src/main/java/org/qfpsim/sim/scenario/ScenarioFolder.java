package org.qfpsim.sim.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.device.Shown;

/** Where the files of a scenario are: a folder of the user, or one that comes with the program. */
public final class ScenarioFolder {
    /** The file that makes a folder a scenario. */
    public static final String SCENARIO_FILE = "scenario.yaml";
    private static final String SHIPPED = "/scenarios/";
    private static final String INDEX = SHIPPED + "index.txt";
    /** Those with real interfaces: they need rights and programs that not every machine has. */
    private static final String REAL_INDEX = SHIPPED + "real.txt";
    private static final int MAX_BYTES = 1 << 22;

    private final String name;
    private final @Nullable Path folder;
    private final Map<String, Given> given;

    /** A file that is not read from a folder: what to call it in messages, and its octets. */
    private record Given(String shown, byte[] octets) {
    }

    private ScenarioFolder(final String name, final @Nullable Path folder) {
        this(name, folder, Map.of());
    }

    private ScenarioFolder(final String name, final @Nullable Path folder, final Map<String, Given> given) {
        this.name = name;
        this.folder = folder;
        this.given = given;
    }

    /**
     * A router alone, with its configuration.
     *
     * @param file     of the configuration.
     * @param router   name of the router.
     * @param scenario text of the {@link #SCENARIO_FILE}; the router's configuration is in {@code ROUTER.cfg}.
     * @return a folder that has both.
     * @throws InputException if the configuration cannot be read.
     */
    public static ScenarioFolder of(final Path file, final String router, final String scenario) {
        return new ScenarioFolder(router, null, Map.of(
            SCENARIO_FILE, new Given(file.toString(), scenario.getBytes(StandardCharsets.UTF_8)),
            router + ".cfg", new Given(file.toString(), octets(file))));
    }

    /**
     * A router alone, made by the program.
     *
     * @param router        its name.
     * @param configuration of it.
     * @param scenario      text of the {@link #SCENARIO_FILE}.
     * @return a folder that has both.
     */
    public static ScenarioFolder of(final String router, final String configuration, final String scenario) {
        return new ScenarioFolder(router, null, Map.of(
            SCENARIO_FILE, new Given(SCENARIO_FILE, scenario.getBytes(StandardCharsets.UTF_8)),
            router + ".cfg", new Given(router + ".cfg", configuration.getBytes(StandardCharsets.UTF_8))));
    }

    private static byte[] octets(final Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES);
        } catch (final IOException e) {
            throw InputException.io(file.toString(), "cannot be read", e);
        }
    }

    /**
     * A folder of the user.
     *
     * @param folder with a {@link #SCENARIO_FILE}.
     * @return the folder.
     */
    public static ScenarioFolder of(final Path folder) {
        return new ScenarioFolder(String.valueOf(folder.toAbsolutePath().normalize().getFileName()), folder);
    }

    /**
     * Finds a scenario: one that comes with the program, or a folder.
     *
     * @param name its name, or the folder's path.
     * @return where its files are.
     * @throws InputException if there is neither.
     */
    public static ScenarioFolder find(final String name) {
        final List<String> shipped = new ArrayList<>(shipped());
        shipped.addAll(real());
        if (shipped.contains(name)) {
            return new ScenarioFolder(name, null);
        }
        final Path path = Path.of(name);
        if (Files.isRegularFile(path.resolve(SCENARIO_FILE))) {
            return of(path);
        }
        if (Files.isDirectory(path)) {
            throw new InputException(name + ": has no " + SCENARIO_FILE);
        }
        throw new InputException("'" + name + "' is neither a scenario (did you mean " + Shown.nearest(name, shipped)
            + "?) nor a folder; './qfp run --list' lists them");
    }

    /** The scenarios that come with the program, in the order in which a learner would run them. */
    public static List<String> shipped() {
        return names(INDEX);
    }

    /** The scenarios that come with the program and have real interfaces. */
    public static List<String> real() {
        return names(REAL_INDEX);
    }

    private static List<String> names(final String index) {
        try (InputStream in = ScenarioFolder.class.getResourceAsStream(index)) {
            if (in == null) {
                throw new IllegalStateException("the program was packaged without " + index);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(String::strip).filter(line -> !line.isEmpty())
                .toList();
        } catch (final IOException e) {
            throw InputException.io(index, "cannot be read", e);
        }
    }

    /** The name of the scenario. */
    public String name() {
        return name;
    }

    /** What to call a file in messages. */
    String shown(final String file) {
        final Given known = given.get(file);
        return known != null ? known.shown : folder == null ? name + "/" + file : folder.resolve(file).toString();
    }

    /** Reads a file; throws InputException if it cannot be read. */
    byte[] read(final String file) {
        final Given known = given.get(file);
        if (known != null) {
            return known.octets.clone();
        }
        try (InputStream in = folder == null ? resource(file) : Files.newInputStream(folder.resolve(file))) {
            final byte[] octets = in.readNBytes(MAX_BYTES + 1);
            if (octets.length > MAX_BYTES) {
                throw new InputException(shown(file) + ": is larger than " + MAX_BYTES + " octets");
            }
            return octets;
        } catch (final IOException e) {
            throw InputException.io(shown(file), "cannot be read", e);
        }
    }

    private InputStream resource(final String file) {
        final InputStream in = ScenarioFolder.class.getResourceAsStream(SHIPPED + name + "/" + file);
        if (in == null) {
            throw new InputException(shown(file) + ": cannot be read: no such file");
        }
        return in;
    }
}
