package org.qfpsim.sim.throughput.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Json;
import org.qfpsim.sim.throughput.experiment.DiscardRule;
import org.qfpsim.sim.throughput.experiment.Experiment;
import org.qfpsim.sim.throughput.experiment.Point;
import org.qfpsim.sim.throughput.experiment.Trials;
import org.qfpsim.sim.throughput.load.TrialResult;

/** Trials of an earlier run that was stopped, from its JSON file. */
public final class Resumed {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long MOST_BYTES = 1L << 30;

    private final String file;
    private final JsonNode root;

    private Resumed(final String file, final JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @param file       the JSON that the stopped run left.
     * @param experiment what is to be gone on with; the file's must have the same settings.
     * @param rule       the rule; the file's must be the same.
     * @return its trials.
     * @throws InputException if it cannot be read or is another experiment's.
     */
    public static Resumed read(final String file, final Experiment experiment, final DiscardRule rule) {
        try {
            final Path path = Path.of(file);
            if (Files.size(path) > MOST_BYTES) {
                throw new InputException("--resume " + file + ": is longer than 1 GiB; not a file of ./qfp throughput");
            }
            final JsonNode root = MAPPER.readTree(Files.readAllBytes(path));
            if (root == null || !root.path("points").isArray()) {
                throw new InputException("--resume " + file + ": is not what ./qfp throughput --json writes");
            }
            same(file, "experiment", root.path("experiment"), MAPPER.valueToTree(experiment.name()));
            same(file, "settings", root.path("settings"), MAPPER.readTree(Json.pretty(experiment.settings())));
            same(file, "discard_rule", root.path("discard_rule"), MAPPER.readTree(Json.pretty(rule.toMap())));
            return new Resumed(file, root);
        } catch (final JsonProcessingException e) {
            throw new InputException("--resume " + file + ": is not JSON: " + e.getOriginalMessage(), e);
        } catch (final IOException e) {
            throw InputException.io("--resume " + file, "cannot be read", e);
        }
    }

    private static void same(final String file, final String what, final JsonNode there, final JsonNode here) {
        if (!there.equals(here)) {
            throw new InputException("--resume " + file + ": its " + what + " is " + there + ", this command's " + here
                + "; give the same options");
        }
    }

    /**
     * What there is of a point.
     *
     * @param point the point.
     * @return nothing if the file does not have the point.
     */
    public Trials.Begun point(final Point point) {
        try {
            final JsonNode key = MAPPER.readTree(Json.pretty(point.toMap()));
            for (final JsonNode one : root.path("points")) {
                if (one.path("point").equals(key)) {
                    return new Trials.Begun(MAPPER.convertValue(one.path("most_load"), new TypeReference<Map<String, Double>>() { }),
                        MAPPER.convertValue(one.path("device"), new TypeReference<Map<String, Object>>() { }), trials(one.path("trials")));
                }
            }
            return Trials.Begun.NOTHING;
        } catch (final JsonProcessingException | IllegalArgumentException e) {
            throw new InputException("--resume " + file + ": a point cannot be read: " + String.valueOf(e.getMessage()).lines().findFirst()
                .orElse(""), e);
        }
    }

    private static List<TrialResult> trials(final JsonNode nodes) throws JsonProcessingException {
        final List<TrialResult> trials = new ArrayList<>();
        for (final JsonNode node : nodes) {
            final TrialResult trial = TrialCodec.fromJson(node);
            if (trial.discarded().equals("interrupted")) {
                break;
            }
            trials.add(trial);
        }
        return trials;
    }
}
