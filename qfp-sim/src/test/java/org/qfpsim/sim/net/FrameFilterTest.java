package org.qfpsim.sim.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which frames a filter means, with frames made from the RFCs' headers. */
class FrameFilterTest {
    private static final byte[] MARKER = new byte[4];

    private static byte[] ipv4(final int protocol, final int fragment, final byte[] payload) {
        return ByteBuffer.allocate(34 + payload.length).position(12).putShort((short) 0x0800).put((byte) 0x45).put((byte) 0)
            .putShort((short) (20 + payload.length)).putShort((short) 1).putShort((short) fragment).put((byte) 64).put((byte) protocol)
            .position(34).put(payload).array();
    }

    private static byte[] ipv6(final int next, final byte[] payload) {
        return ByteBuffer.allocate(54 + payload.length).position(12).putShort((short) 0x86dd).putInt(0x6000_0000)
            .putShort((short) payload.length).put((byte) next).position(54).put(payload).array();
    }

    private static byte[] udp(final int source, final int destination, final byte[]... parts) {
        final ByteBuffer datagram = ByteBuffer.allocate(200).putShort((short) source).putShort((short) destination).putInt(0);
        for (final byte[] part : parts) {
            datagram.put(part);
        }
        return Arrays.copyOf(datagram.array(), datagram.position());
    }

    private static byte[] ike(final int exchange, final int flags) {
        return ByteBuffer.allocate(28).putLong(1).putLong(2).put((byte) 33).put((byte) 0x20).put((byte) exchange).put((byte) flags).array();
    }

    private static boolean matches(final String filter, final byte[] frame) {
        return FrameFilter.parse(filter).matches(frame);
    }

    @Test
    void shouldTellUdpPorts() {
        final byte[] frame = ipv4(17, 0, udp(40_000, 4500));
        assertThat(matches("udp", frame)).isTrue();
        assertThat(matches("udp 500|4500", frame)).isTrue();
        assertThat(matches("udp 40000", frame)).isTrue();
        assertThat(matches("udp 500", frame)).isFalse();
        assertThat(matches("udp", ipv6(17, udp(1, 2)))).isTrue();
        assertThat(matches("udp", ipv4(6, 0, udp(1, 2)))).isFalse();
        assertThat(matches("udp", ipv4(17, 0x2000, udp(1, 2)))).as("first fragment").isFalse();
        assertThat(matches("udp", ipv4(17, 0x4000, udp(1, 2)))).as("don't fragment").isTrue();
    }

    @Test
    void shouldTellIkeByItsHeader() {
        final byte[] quick = ipv4(17, 0, udp(500, 500, ike(32, 1)));
        assertThat(matches("ike", quick)).isTrue();
        assertThat(matches("ike quick-mode", quick)).isTrue();
        assertThat(matches("ike main-mode", quick)).isFalse();
        final byte[] response = ipv6(17, udp(500, 500, ike(36, 0x28)));
        assertThat(matches("ike create-child-sa", response)).isTrue();
        assertThat(matches("ike create-child-sa response", response)).isTrue();
        assertThat(matches("ike create-child-sa request", response)).isFalse();
        assertThat(matches("ike informational-v2", response)).isFalse();
        assertThat(matches("ike", ipv4(17, 0, udp(500, 500, new byte[27])))).isFalse();
        assertThat(matches("ike", ipv4(17, 0, udp(501, 501, ike(32, 1))))).isFalse();
    }

    @Test
    void shouldTellIkeFromEspBehindANat() {
        final byte[] moved = ipv4(17, 0, udp(4500, 1024, MARKER, ike(37, 0)));
        assertThat(matches("ike informational-v2 request", moved)).isTrue();
        assertThat(matches("esp", moved)).isFalse();
        final byte[] esp = ipv4(17, 0, udp(1024, 4500, new byte[] {0, 0, 1, 7}, new byte[40]));
        assertThat(matches("esp", esp)).isTrue();
        assertThat(matches("ike", esp)).isFalse();
        assertThat(matches("esp", ipv4(17, 0, udp(1024, 4500, new byte[] {-1})))).as("keepalive").isFalse();
        assertThat(matches("esp", ipv4(50, 0, new byte[40]))).isTrue();
        assertThat(matches("esp", ipv6(50, new byte[40]))).isTrue();
        assertThat(matches("ike", ipv4(50, 0, new byte[40]))).isFalse();
    }

    @Test
    void shouldSurviveAnyFrame() {
        final SplittableRandom random = new SplittableRandom(31);
        final byte[][] frames = {ipv4(17, 0, udp(500, 500, ike(32, 1))), ipv4(17, 0, udp(4500, 4500, MARKER, ike(36, 0x20))),
            ipv6(17, udp(500, 500, ike(37, 0))), ipv4(50, 0, new byte[9])};
        final String[] filters = {"udp 500|4500", "esp", "ike", "ike quick-mode", "ike create-child-sa response"};
        int matched = 0;
        for (int round = 0; round < 20_000; round++) {
            final byte[] whole = frames[random.nextInt(frames.length)];
            final byte[] frame = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int i = random.nextInt(4); i > 0 && frame.length > 0; i--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
            }
            for (final String filter : filters) {
                matched += matches(filter, frame) ? 1 : 0;
            }
        }
        assertThat(matched).isBetween(100, 50_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        tcp ~ match begins with udp, esp or ike: udp 500|4500, ike quick-mode
        udp 70000 ~ '70000' is no UDP port; write udp 500 or udp 500|4500
        udp 500,4500 ~ '500,4500' is no UDP port; write udp 500 or udp 500|4500
        ike quick-mode request ~ match has more than it needs, from 'request' on
        ike create-child-sa answer ~ 'answer' is neither request nor response
        esp 1 ~ match has more than it needs, from '1' on
        """, quoteCharacter = '"')
    void shouldSayWhatIsWrong(final String text, final String message) {
        assertThatThrownBy(() -> FrameFilter.parse(text)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage(message);
    }

    @Test
    void shouldListTheExchanges() {
        assertThatThrownBy(() -> FrameFilter.parse("ike quick")).hasMessage("'quick' is no exchange; use one of main-mode, "
            + "aggressive-mode, informational-v1, transaction, quick-mode, ike-sa-init, ike-auth, create-child-sa, informational-v2");
        FrameFilter.exchanges().forEach(name -> assertThat(FrameFilter.parse("ike " + name).exchange()).isPositive());
    }
}
