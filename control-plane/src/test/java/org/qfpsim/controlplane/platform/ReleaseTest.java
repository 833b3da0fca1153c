package org.qfpsim.controlplane.platform;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReleaseTest {
    @ParameterizedTest
    @CsvSource({"3.7,3.7", "3.7S,3.7", "3.7.0S,3.7", "3.7.2S,3.7.2", "2.3.2,2.3.2", "16.9,16.9",
        "17.13,17.13", "17.13.1a,17.13.1a", "26.1.1,26.1.1"})
    void shouldReadWhatPeopleWrite(final String text, final String canonical) {
        assertThat(Release.parse(text)).hasToString(canonical).isEqualTo(Release.parse(canonical));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3.", ".7", "3.7.", "3.7x", "17.13.1A", "IOS XE 3.7", "3.7.1.1",
        "-3.7", "4.1", "0.0", "99.1", "999999999999.1", " 3.7"})
    void shouldRefuseWhatIsNoRelease(final String text) {
        assertThatThrownBy(() -> Release.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(text);
    }

    @Test
    void shouldOrderReleasesByTime() {
        final List<String> inOrder = List.of("2.3.1", "2.3.2", "3.1", "3.7", "3.7.2S", "3.16",
            "16.1", "16.9", "17.1", "17.13", "17.13.1", "17.13.1a", "26.1");
        assertThat(inOrder.stream().map(Release::parse)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldSwitchOnAtTheFirstRelease() {
        for (final ReleaseSwitch feature : ReleaseSwitch.values()) {
            assertThat(feature.first().has(feature)).isTrue();
            assertThat(Release.DEFAULT.has(feature)).isEqualTo(Release.DEFAULT.compareTo(feature.first()) >= 0);
        }
        assertThat(Release.parse("16.12").has(ReleaseSwitch.HIDES_ZERO_GLOBAL_ROWS)).isTrue();
        assertThat(Release.parse("3.18").has(ReleaseSwitch.HIDES_ZERO_GLOBAL_ROWS)).isFalse();
        assertThat(Release.parse("16.12").has(ReleaseSwitch.PRINTS_LAST_CLEARING)).isFalse();
    }
}
