package org.qfpsim.datapath.crypto.ipsecmb;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;

class IpsecMbLibraryTest {
    @ParameterizedTest
    @ValueSource(ints = {0x010000, 0x010100, 0x010200, 0x010300, 0x010400, 0x010500, 0x020000, 0x020002})
    void shouldAcceptVersionsWhoseLayoutIsKnown(final int version) {
        assertThatCode(() -> IpsecMbLibrary.requireKnown(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x003700, 0x010600, 0x020100, 0x030000})
    void shouldRefuseOtherVersionsInOneLine(final int version) {
        final String text = (version >>> 16) + "." + (version >>> 8 & 0xff) + ".0";
        assertThatThrownBy(() -> IpsecMbLibrary.requireKnown(version)).isInstanceOf(CryptoUnavailableException.class)
            .hasMessage("ipsec-mb " + text + " is not a known version (known: 1.0 to 1.5 and 2.0);"
                + " Debian and Ubuntu: apt install libipsec-mb1");
    }
}
