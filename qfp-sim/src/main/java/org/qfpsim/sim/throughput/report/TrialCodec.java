package org.qfpsim.sim.throughput.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.qfpsim.sim.throughput.load.TrialResult;

/** Trials to JSON and back: members of the record in snake case. */
final class TrialCodec {
    private static final ObjectMapper MAPPER = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES).enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();

    private TrialCodec() {
    }

    static Map<String, Object> toMap(final TrialResult trial) {
        return MAPPER.convertValue(trial, new TypeReference<Map<String, Object>>() { });
    }

    /** Throws what Jackson throws if members are missing or of another kind. */
    static TrialResult fromJson(final JsonNode node) throws JsonProcessingException {
        return MAPPER.treeToValue(node, TrialResult.class);
    }
}
