package org.qfpsim.sim.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reader, schema and documentation speak of the same fields. */
class DeviceSchemaTest {
    @ParameterizedTest
    @EnumSource
    void shouldNameTheFieldsThatTheReaderKnows(final DeviceFields kind) throws IOException {
        final JsonNode schema = new ObjectMapper().readTree(Resources.documentation("device.schema.json"));
        final JsonNode object = kind == DeviceFields.FILE ? schema : schema.at("/$defs/" + kind.name().toLowerCase(Locale.ROOT));

        final TreeSet<String> names = new TreeSet<>();
        object.path("properties").fieldNames().forEachRemaining(names::add);
        assertThat(names).isEqualTo(kind.all());
        assertThat(object.path("additionalProperties").isBoolean()).isTrue();
        assertThat(object.path("additionalProperties").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeDocumented(final DeviceFields kind) throws IOException {
        final String page = Resources.documentation("device-file.md");

        assertThat(kind.all()).allSatisfy(field -> assertThat(page).contains("`" + field + "`"));
    }
}
