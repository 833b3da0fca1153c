package org.qfpsim.controlplane.qfp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.controlplane.platform.Machine;
import org.qfpsim.controlplane.show.FlashFolder;
import org.qfpsim.controlplane.supervisor.ConsoleSession;
import org.qfpsim.controlplane.supervisor.Supervisor;
import org.qfpsim.controlplane.supervisor.SupervisorParts;
import org.qfpsim.controlplane.support.MemoryNvram;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.RoutedPipeline;

/** A whole router, to which frames are given and on which commands are typed, in virtual time. */
final class ShowRouter implements AutoCloseable {
    static final long SECOND = 1_000_000_000L;

    private static final long MAC = 0x02_00_00_00_00_00L;

    private final Timers timers = new Timers();
    private final CryptoBackends crypto;
    private final CounterStore store;
    private final RoutedPipeline pipeline;
    private final Supervisor supervisor;
    private final ConsoleSession terminal;

    ShowRouter(final String config, final Path flash) {
        final ConfigFile file = ConfigFile.read("test", config);
        assertThat(file.refused()).isEmpty();
        try {
            crypto = CryptoBackends.open("jce");
        } catch (final CryptoUnavailableException e) {
            throw new AssertionError(e);
        }
        final PipelineConfig settings = new PipelineConfig().ppes(1);
        store = CounterStore.inMemory(1);
        pipeline = new RoutedPipeline(settings, crypto.all(), store, (port, buffer, offset, length, nanos) -> true, CommitObserver.NONE);
        supervisor = new Supervisor(new SupervisorParts(timers, new WallClock(timers, Instant.parse("2026-03-20T10:00:00Z"), ZoneOffset.UTC,
            true), pipeline, store.reader(), name -> true, new SplittableRandom(1), SaStore.NONE, IkeKeyLog.NONE,
            new FlashFolder(flash, 16 << 20), new MemoryNvram(), false, 0, Machine.modelled(100_000)), file.config());
        terminal = supervisor.terminal();
        settle();
    }

    private void settle() {
        do {
            pipeline.drain();
        } while (supervisor.work(timers.nanos()) != 0 || !pipeline.isIdle());
    }

    CounterReader counters() {
        return store.reader();
    }

    Supervisor supervisor() {
        return supervisor;
    }

    /** Time passes; nothing comes. */
    void advance(final long seconds) {
        for (long i = 0; i < seconds; i++) {
            supervisor.work(timers.nanos() + SECOND);
            settle();
        }
    }

    /** An IPv4 packet comes in by an interface. */
    void receive(final int port, final int precedence, final String source, final String destination, final int protocol,
                 final byte[] payload) {
        final ByteBuffer frame = ByteBuffer.allocate(34 + payload.length);
        frame.putShort((short) (MAC >>> 32)).putInt((int) (MAC | port)).putShort((short) 0x0200).putInt(0x99).putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) (precedence << 5)).putShort((short) (20 + payload.length)).putInt(0).put((byte) 64)
            .put((byte) protocol).putShort((short) 0).putInt((int) IpAddress.parse(source).low())
            .putInt((int) IpAddress.parse(destination).low()).put(payload);
        final UnsafeBuffer buffer = new UnsafeBuffer(frame.array());
        Checksum.write(buffer, 14, 20);
        assertThat(pipeline.receive(port, buffer, 0, buffer.capacity(), timers.nanos())).isTrue();
        settle();
    }

    /** ESP with an SPI. */
    void esp(final int port, final String source, final String destination, final int spi, final int octets) {
        receive(port, 0, source, destination, 50, ByteBuffer.allocate(octets).putInt(spi).putInt(1).array());
    }

    /** What the terminal shows. */
    String type(final String line) {
        final String text = terminal.type(line);
        settle();
        return text;
    }

    @Override
    public void close() {
        pipeline.close();
        store.close();
        crypto.close();
    }
}
