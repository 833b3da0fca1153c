package org.qfpsim.sim.scenario.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.net.host.InternetChecksum;
import org.qfpsim.sim.net.host.MacAddress;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.RouterSpec;

/** A router whose interfaces are cables: vectors of frames go in and frames come out, without a network. */
class CablePortsTest {
    static final String CONFIGURATION = """
        hostname R1
        interface GigabitEthernet0/0/0
         ip address 10.9.0.2 255.255.255.0
         no shutdown
        interface GigabitEthernet0/0/1
         ip address 10.8.0.2 255.255.255.0
         no shutdown
        end
        """;
    static final int OURS = 0x0a09_0002;
    private static final int HOST = 0x0a08_0001;
    private static final long HOST_MAC = 0x0200_0000_0801L;
    private static final String IN = "GigabitEthernet0/0/0";
    private static final String OUT = "GigabitEthernet0/0/1";

    private final FakeCable in = new FakeCable();
    private final FakeCable out = new FakeCable();
    private Node router = start(1);
    private long now;

    private static Node start(final int ppes) {
        return new RouterFactory(new KeyExport()).router(new RouterSpec("r1", CONFIGURATION, "r1.cfg",
            Map.of("ppes", String.valueOf(ppes)), 1, 0), Mode.INVOKER);
    }

    @BeforeEach
    void plug() {
        router.connect((port, frame, offset, length) -> { });
        router.plug(0, in);
        router.plug(1, out);
        router.carrier(0, true);
        router.carrier(1, true);
        turn();
        // It has told everybody its addresses.
        out.sent.clear();
    }

    @AfterEach
    void conserves() {
        assertThat(router.problems()).isEmpty();
        router.close();
    }

    private void turn() {
        now += 1_000_000;
        router.advance(now);
    }

    private String show(final String name) {
        return router.execute("show interfaces " + name);
    }

    static long mac(final Node node, final String name) {
        return Long.parseLong(node.execute("show interfaces " + name).replaceAll("(?s).*, address is ([0-9a-f.]+).*", "$1")
            .replace(".", ""), 16);
    }

    static byte[] packet(final long mac, final int destination, final int protocol) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[134]);
        MacAddress.put(frame, 0, mac);
        MacAddress.put(frame, 6, 0x0200_0000_0901L);
        frame.putShort(12, (short) 0x0800, ByteOrder.BIG_ENDIAN);
        frame.putInt(14, 0x4500_0078, ByteOrder.BIG_ENDIAN);
        frame.putInt(22, 64 << 24 | protocol << 16, ByteOrder.BIG_ENDIAN);
        frame.putInt(26, 0x0a09_0001, ByteOrder.BIG_ENDIAN);
        frame.putInt(30, destination, ByteOrder.BIG_ENDIAN);
        frame.putShort(24, (short) InternetChecksum.finish(InternetChecksum.sum(frame, 14, 20)), ByteOrder.BIG_ENDIAN);
        frame.putInt(34, 0x1234_5678, ByteOrder.BIG_ENDIAN);
        frame.putInt(38, 0x0064_0000, ByteOrder.BIG_ENDIAN);
        return frame.byteArray();
    }

    private byte[] arpReply() {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[60]);
        final long mac = mac(router, OUT);
        MacAddress.put(frame, 0, mac);
        MacAddress.put(frame, 6, HOST_MAC);
        frame.putShort(12, (short) 0x0806, ByteOrder.BIG_ENDIAN);
        frame.putLong(14, 0x0001_0800_0604_0002L, ByteOrder.BIG_ENDIAN);
        MacAddress.put(frame, 22, HOST_MAC);
        frame.putInt(28, HOST, ByteOrder.BIG_ENDIAN);
        MacAddress.put(frame, 32, mac);
        frame.putInt(38, 0x0a08_0002, ByteOrder.BIG_ENDIAN);
        return frame.byteArray();
    }

    private void resolve() {
        in.bring(1, packet(mac(router, IN), HOST, 17));
        turn();
        assertThat(out.sent).as("ARP request").hasSize(1);
        out.bring(1, arpReply());
        turn();
        out.sent.clear();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldForwardWholeBlocks(final int ppes) {
        router.close();
        router = start(ppes);
        plug();
        resolve();
        // More than the rings have slots.
        in.bring(1000, packet(mac(router, IN), HOST, 17));
        in.bring(7, packet(mac(router, IN), HOST, 17));
        turn();
        assertThat(out.sent).hasSize(1007).allSatisfy(frame -> {
            assertThat(frame).hasSize(134);
            assertThat(MacAddress.get(new UnsafeBuffer(frame), 0)).isEqualTo(HOST_MAC);
            assertThat(frame[22]).as("TTL").isEqualTo((byte) 63);
        });
        assertThat(out.flushes).as("one for each turn, not for each frame").isLessThan(12);
        assertThat(show(IN)).contains(" 1008 packets input, ");
        assertThat(show(OUT)).contains(" 1 packets input, ", "output errors");
    }

    @Test
    void shouldDropAnUnknownSpi() {
        in.bring(500, packet(mac(router, IN), OURS, 50));
        turn();
        assertThat(router.counter("ipsec 4")).hasValue(500);
        assertThat(out.sent).isEmpty();
    }

    @Test
    void shouldCountWhatTheWayOutDoesNotTake() {
        resolve();
        out.room = 90;
        in.bring(100, packet(mac(router, IN), HOST, 17));
        turn();
        assertThat(out.sent).hasSize(90);
        assertThat(show(OUT)).contains("Total output drops: 10\n");
        assertThat(router.counter("TailDrop")).hasValue(10);
    }

    @Test
    void shouldShowWhatTheMachineLost() {
        in.receiveDrops = 5;
        out.sendDrops = 3;
        turn();
        turn();
        assertThat(show(IN)).contains(" 5 input errors, 0 CRC, 0 frame, 5 overrun, 0 ignored\n");
        assertThat(show(OUT)).contains(" 3 output errors, 0 collisions");
        router.crash();
        in.receiveDrops = 7;
        router.restart(now);
        turn();
        assertThat(show(IN)).as("before it was there").contains(" 0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored\n");
    }

    @Test
    void shouldLogThatAnInterfaceWentDownAndCameBack() {
        final List<String> log = new ArrayList<>();
        router.onLog(log::add);
        router.carrier(0, false);
        turn();
        assertThat(show(IN)).startsWith(IN + " is down, line protocol is down");
        router.carrier(0, true);
        turn();
        assertThat(log.stream().map(line -> line.replaceFirst("^.*?%", "%"))).containsExactly(
            "%LINK-3-UPDOWN: Interface GigabitEthernet0/0/0, changed state to down",
            "%LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet0/0/0, changed state to down",
            "%LINK-3-UPDOWN: Interface GigabitEthernet0/0/0, changed state to up",
            "%LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet0/0/0, changed state to up");
    }

    @Test
    void shouldSayThatAnInterfaceWasShutDown() {
        final List<String> log = new ArrayList<>();
        router.onLog(log::add);
        List.of("configure terminal", "interface " + IN, "shutdown", "end").forEach(router::execute);
        turn();
        assertThat(log.stream().map(line -> line.replaceFirst("^.*?%", "%"))).contains(
            "%LINK-5-CHANGED: Interface GigabitEthernet0/0/0, changed state to administratively down",
            "%LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet0/0/0, changed state to down");
    }

    @Test
    void shouldComeBackSoonForMore() {
        final byte[] frame = packet(mac(router, IN), OURS, 50);
        final List<byte[]> block = List.of(frame, frame);
        for (int i = 0; i < 5000; i++) {
            in.blocks.add(block);
        }
        turn();
        assertThat(in.blocks).isNotEmpty();
        assertThat(router.nextDeadline()).isEqualTo(now);
        turn();
        assertThat(in.blocks).isEmpty();
        assertThat(router.nextDeadline()).isGreaterThan(now);
        assertThat(router.counter("ipsec 4")).hasValue(10_000);
    }

    @Test
    void shouldLookSomeTimesBeforeItWantsToBeWoken() {
        assertThat(in.waiting).isTrue();
        in.bring(1, packet(mac(router, IN), OURS, 50));
        in.waiting = false;
        turn();
        int looks = 0;
        while (!in.waiting) {
            assertThat(router.nextDeadline()).isEqualTo(now + 500_000);
            now += 500_000;
            router.advance(now);
            looks++;
        }
        assertThat(looks).isEqualTo(4);
        assertThat(router.nextDeadline()).isGreaterThan(now + 500_000);
    }

    @Test
    void shouldLoseEverythingWithoutPower() {
        in.bring(10, packet(mac(router, IN), OURS, 50));
        router.crash();
        turn();
        router.restart(now);
        turn();
        assertThat(in.blocks).isEmpty();
        assertThat(show(IN)).contains(" 0 packets input, ");
        in.bring(10, packet(mac(router, IN), OURS, 50));
        turn();
        assertThat(show(IN)).contains(" 10 packets input, ");
    }
}
