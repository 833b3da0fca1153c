package org.qfpsim.sim.net.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.datapath.packet.IpAddress;

/** Messages of RFC 3164, and what is none. */
class SyslogReceiverTest {
    private static final IpAddress FROM = IpAddress.parse("10.1.1.1");

    private final SyslogReceiver receiver = new SyslogReceiver();

    private boolean receive(final String text) {
        return receiver.receive(FROM, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldTakePrioritiesApart() {
        assertThat(receiver.text()).isEmpty();
        assertThat(receive("<188>Sep  2 13:27:57: %CRYPTO-4-X: y")).isTrue();
        assertThat(receive("<0>kernel")).isTrue();
        assertThat(receive("<191>last")).isTrue();
        assertThat(receiver.text()).isEqualTo("10.1.1.1 facility 23 severity 4: Sep  2 13:27:57: %CRYPTO-4-X: y\n"
            + "10.1.1.1 facility 0 severity 0: kernel\n10.1.1.1 facility 23 severity 7: last\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no priority", "<192>too high", "<999>too high", "<>none", "<1234>four digits", "<1", "<-1>x"})
    void shouldRefuseWhatIsNoMessage(final String text) {
        assertThat(receive(text)).isFalse();
        assertThat(receiver.text()).isEmpty();
    }

    @Test
    void shouldKeepOneLineAMessageAndTheLastThousand() {
        assertThat(receive("<1>a\nb\u0007c\n")).isTrue();
        assertThat(receiver.text()).isEqualTo("10.1.1.1 facility 0 severity 1: a b c\n");
        for (int i = 0; i < 1_500; i++) {
            receive("<1>" + i);
        }
        assertThat(receiver.text().lines()).hasSize(1_000).endsWith("10.1.1.1 facility 0 severity 1: 1499")
            .startsWith("10.1.1.1 facility 0 severity 1: 500");
    }
}
