package org.qfpsim.controlplane.platform;

import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.drop.EngineToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlatformProfileTest {
    @Test
    void shouldFindEveryProfileByItsKey() {
        for (final PlatformProfile profile : PlatformProfile.values()) {
            assertThat(PlatformProfile.parse(profile.key())).isSameAs(profile);
            assertThat(profile.description()).isNotBlank();
        }
        assertThat(PlatformProfile.parse("ASR1001-X")).isSameAs(PlatformProfile.ASR1001_X);
    }

    @Test
    void shouldDriveAnOcteonUnlessInSoftware() {
        assertThat(PlatformProfile.DEFAULT.description()).isEqualTo("ASR1006 with ESP20");
        assertThat(PlatformProfile.DEFAULT.token()).isEqualTo(EngineToken.OCT);
        assertThat(PlatformProfile.SOFTWARE.token()).isEqualTo(EngineToken.CD_SW_IPSEC);
    }

    @Test
    void shouldListTheKeysWhenOneIsUnknown() {
        assertThatThrownBy(() -> PlatformProfile.parse("esp21")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("unknown platform profile \"esp21\": use one of "
                + "esp5, esp10, esp20, esp40, esp100, esp200, asr1001, asr1001-x, asr1002-x, asr1001-hx, asr1002-hx, software");
    }
}
