package org.qfpsim.datapath.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.InjectCause;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;

/** The counters file: its layout, its labels, readers in this process and in another one, and files that are none. */
class CounterFileTest {
    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("counters");
    }

    private byte[] fresh(final int ppes) throws IOException {
        CounterStore.inFile(file(), ppes).close();
        return Files.readAllBytes(file());
    }

    private void refuse(final byte[] content, final String message) throws IOException {
        Files.write(file(), content);
        assertThatThrownBy(() -> CounterReader.map(file())).isInstanceOf(IOException.class).hasMessageStartingWith(file().toString())
            .hasMessageContaining(message);
    }

    @Test
    void shouldLayTheFileOutAsDocumented() throws IOException {
        final byte[] content = fresh(3);
        final ByteBuffer header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(content, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("QFPCNTRS");
        assertThat(header.getInt(8)).isEqualTo(CounterLayout.VERSION);
        assertThat(header.getInt(12)).as("blocks").isEqualTo(4);
        assertThat(header.getInt(16)).isEqualTo(21_248).isEqualTo(CounterLayout.BLOCK_BYTES);
        assertThat(header.getLong(24)).isEqualTo(ProcessHandle.current().pid());
        assertThat(header.getLong(32)).as("ready").isEqualTo(1);
        assertThat(content).hasSize(64 + header.getInt(20) + 4 * 21_248);
        assertThat(header.getInt(20) % 64).isZero();
        assertThat(CounterLayout.globalOffset(0)).isEqualTo(256);
        assertThat(CounterLayout.ipsecOffset(0)).isEqualTo(8_960);
        assertThat(CounterLayout.puntOffset(0)).isEqualTo(9_984);
    }

    @Test
    void shouldLabelEveryCounterAtItsOffset() throws IOException {
        final byte[] content = fresh(1);
        final int bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(20);
        final Map<Integer, String> labels = new HashMap<>();
        new String(content, 64, bytes, StandardCharsets.UTF_8).lines().filter(line -> !line.isEmpty()).forEach(line -> {
            final String[] parts = line.split("\t");
            assertThat(parts).hasSize(3);
            assertThat(labels.put(Integer.valueOf(parts[0]), parts[1] + " " + parts[2])).as(line).isNull();
        });
        for (final Total total : Total.values()) {
            assertThat(labels.remove(CounterLayout.totalOffset(total))).isEqualTo(total.unit() + " " + total.label());
        }
        for (final GlobalDrop drop : GlobalDrop.values()) {
            assertThat(labels.remove(CounterLayout.globalOffset(drop.id()))).isEqualTo("packets global." + drop.cliName());
            assertThat(labels.remove(CounterLayout.globalOffset(drop.id()) + 8)).isEqualTo("octets global." + drop.cliName());
        }
        for (final IpsecDrop drop : IpsecDrop.values()) {
            assertThat(labels.remove(CounterLayout.ipsecOffset(drop.id()))).isEqualTo("packets ipsec." + drop.name(EngineToken.OCT));
        }
        for (final PuntCause cause : PuntCause.values()) {
            assertThat(labels.remove(CounterLayout.puntOffset(cause.id()))).isEqualTo("packets punt.received." + cause.id());
            assertThat(labels.remove(CounterLayout.puntOffset(cause.id()) + 8)).isEqualTo("packets punt.transmitted." + cause.id());
        }
        for (final PuntCause cause : PuntCause.values()) {
            for (final boolean high : new boolean[] {false, true}) {
                final String queue = cause.id() + (high ? ".high" : ".normal");
                assertThat(labels.remove(CounterLayout.policerOffset(cause.id(), high))).isEqualTo("packets policer.conform." + queue);
                assertThat(labels.remove(CounterLayout.policerOffset(cause.id(), high) + 8)).isEqualTo("packets policer.dropped." + queue);
            }
        }
        for (final InjectCause cause : InjectCause.values()) {
            assertThat(labels.remove(CounterLayout.injectOffset(cause.id()))).isEqualTo("packets inject.received." + cause.id());
            assertThat(labels.remove(CounterLayout.injectOffset(cause.id()) + 8)).isEqualTo("packets inject.transmitted." + cause.id());
        }
        for (final Cost cost : Cost.values()) {
            assertThat(labels.remove(CounterLayout.costOffset(cost))).isEqualTo("ns cost." + cost.label());
            assertThat(labels.remove(CounterLayout.costOffset(cost) + 8)).isEqualTo("packets cost." + cost.label());
            assertThat(labels.remove(CounterLayout.costOffset(cost) + 16)).isEqualTo("intervals cost." + cost.label());
            if (cost.isClock()) {
                assertThat(labels.remove(CounterLayout.costOffset(cost) + 24)).isEqualTo("batches cost.left_out." + cost.label());
            }
        }
        assertThat(labels).isEmpty();
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        try (CounterStore store = CounterStore.inFile(file(), 2)) {
            store.dispatcher().add(Total.RECEIVED, 10);
            store.ppe(0).add(Total.FORWARDED, 3);
            store.ppe(1).dropIpsec(IpsecDrop.IN_ANTI_REPLAY_FAIL.id(), 1, 100);
            store.ppe(1).dropGlobal(GlobalDrop.BAD_LEN.id(), 1, 60);
            store.ppe(0).punt(PuntCause.FOR_US_DATA.id(), true);
            store.ppe(0).punt(PuntCause.FOR_US_DATA.id(), false);
            store.ppe(0).add(Total.PUNTED, 1);
            store.ppe(0).event(IpsecDrop.GEN_NOTIFY_SOFT_EXPIRY);
            store.ppe(0).publish();
            for (final CounterReader reader : List.of(store.reader(), CounterReader.map(file()))) {
                assertThat(reader.ppes()).isEqualTo(2);
                assertThat(reader.pid()).isEqualTo(ProcessHandle.current().pid());
                assertThat(reader.total(Total.RECEIVED)).isEqualTo(10);
                assertThat(reader.total(-1, Total.RECEIVED)).isEqualTo(10);
                assertThat(reader.total(0, Total.FORWARDED)).isEqualTo(3);
                assertThat(reader.ipsecPackets(19)).isEqualTo(1);
                assertThat(reader.ipsecPackets(66)).isEqualTo(1);
                assertThat(reader.globalPackets(GlobalDrop.IPSEC_INPUT.id())).isEqualTo(1);
                assertThat(reader.globalOctets(GlobalDrop.IPSEC_INPUT.id())).isEqualTo(100);
                assertThat(reader.globalOctets(GlobalDrop.BAD_LEN.id())).isEqualTo(60);
                assertThat(reader.puntReceived(11)).isEqualTo(2);
                assertThat(reader.puntTransmitted(11)).isEqualTo(1);
                assertThat(reader.dropped()).isEqualTo(2);
                assertThat(reader.dropped(1)).isEqualTo(2);
                assertThat(reader.inFlight()).isEqualTo(10 - 3 - 2 - 1);
            }
        }
    }

    @Test
    void shouldRefuseFilesThatAreNoCounters() throws IOException {
        final byte[] good = fresh(2);
        refuse(new byte[0], "no counters file (0 octets)");
        refuse("some text".getBytes(StandardCharsets.US_ASCII), "no counters file");
        refuse(new byte[good.length], "no counters file");
        final byte[] starting = good.clone();
        starting[32] = 0;
        refuse(starting, "just starting");
        final byte[] older = good.clone();
        older[8] = 0;
        refuse(older, "layout version 0, this program reads " + CounterLayout.VERSION);
        final byte[] otherBlocks = good.clone();
        otherBlocks[16]++;
        refuse(otherBlocks, "layout version");
    }

    @Test
    void shouldRefuseFilesThatAreCut() throws IOException {
        final byte[] good = fresh(2);
        for (final int length : new int[] {63, 64, 1_000, good.length - CounterLayout.BLOCK_BYTES, good.length - 1}) {
            refuse(Arrays.copyOf(good, length), length < 64 ? "no counters file" : "cut off");
        }
        final byte[] manyBlocks = good.clone();
        ByteBuffer.wrap(manyBlocks).order(ByteOrder.LITTLE_ENDIAN).putInt(12, Integer.MAX_VALUE);
        refuse(manyBlocks, "cut off");
        final byte[] longLabels = good.clone();
        ByteBuffer.wrap(longLabels).order(ByteOrder.LITTLE_ENDIAN).putInt(20, Integer.MAX_VALUE);
        refuse(longLabels, "cut off");
        final byte[] oddLabels = good.clone();
        ByteBuffer.wrap(oddLabels).order(ByteOrder.LITTLE_ENDIAN).putInt(20, -64);
        refuse(oddLabels, "cut off");
        assertThatThrownBy(() -> CounterReader.map(directory.resolve("missing"))).isInstanceOf(IOException.class);
    }

    /** Reads another process's counters: one line a look, packets in flight and received. */
    static final class OtherProcess {
        private static final int LOOKS = 2_000;

        private OtherProcess() {
        }

        public static void main(final String[] args) throws IOException {
            final CounterReader reader = CounterReader.map(Path.of(args[0]));
            long least = Long.MAX_VALUE;
            for (int i = 0; i < LOOKS; i++) {
                least = Math.min(least, reader.inFlight());
            }
            System.out.println("pid " + reader.pid() + " least " + least + " moved " + (reader.total(Total.RECEIVED) > 0));
        }
    }

    @Test
    void shouldBeReadableFromAnotherProcessWhileItIsWritten() throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(argument -> argument.startsWith("--")).forEach(command::add);
        command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), OtherProcess.class.getName(), file().toString()));
        try (CounterStore store = CounterStore.inFile(file(), 1)) {
            final Process other = new ProcessBuilder(command).redirectErrorStream(true).start();
            final CounterBlock dispatcher = store.dispatcher();
            final CounterBlock engine = store.ppe(0);
            while (other.isAlive()) {
                for (int i = 0; i < 100; i++) {
                    dispatcher.add(Total.RECEIVED, 3);
                    dispatcher.publish();
                    engine.add(Total.FORWARDED, 1);
                    engine.dropGlobal(GlobalDrop.BAD_LEN.id(), 1, 60);
                    engine.add(Total.CONSUMED, 1);
                    engine.publish();
                }
            }
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            final String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).contains("pid " + ProcessHandle.current().pid()).contains("moved true");
            assertThat(Long.parseLong(said.replaceAll("(?s).*least (-?\\d+).*", "$1"))).as(said).isNotNegative();
        }
    }

    @Test
    void shouldLeaveTheOldFileToThoseWhoHaveItMapped() throws IOException {
        try (CounterStore first = CounterStore.inFile(file(), 1)) {
            final CounterReader old = CounterReader.map(file());
            try (CounterStore second = CounterStore.inFile(file(), 2)) {
                first.ppe(0).add(Total.FORWARDED, 7);
                second.ppe(1).add(Total.FORWARDED, 9);
                assertThat(old.total(Total.FORWARDED)).isEqualTo(7);
                assertThat(CounterReader.map(file()).total(Total.FORWARDED)).isEqualTo(9);
            }
        }
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(file());
        }
        assertThatThrownBy(() -> CounterStore.inFile(directory, 1)).isInstanceOf(IOException.class).hasMessageContaining("not a regular file");
    }
}
