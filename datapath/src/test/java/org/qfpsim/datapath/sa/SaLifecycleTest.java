package org.qfpsim.datapath.sa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.support.Crypto;
import org.qfpsim.datapath.support.Event;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/** SAs come, are replaced and go while packets flow: each packet is judged by its place, keys are released once, memory is used again. */
class SaLifecycleTest {
    private static final long SEED = 0x4c494645L;
    private static final int STEPS = 5_000 * Integer.getInteger("qfp.test.scale", 1);
    private static final int SPIS = 5;
    private static final byte[] INNER = Packets.ipv4("10.1.0.1", "10.2.0.1", 17, new byte[40]);
    private static final int NOT_FOUND = Expect.drop(IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI);

    /** Counts keys. */
    private record CountingBackend(CryptoBackend backend, AtomicInteger alive, AtomicInteger installed) implements CryptoBackend {
        @Override
        public String id() {
            return backend.id();
        }

        @Override
        public String description() {
            return backend.description();
        }

        @Override
        public Set<EspSuite> suites() {
            return backend.suites();
        }

        @Override
        public long install(final EspSuite suite, final EspKeys keys) {
            alive.incrementAndGet();
            installed.incrementAndGet();
            return backend.install(suite, keys);
        }

        @Override
        public void release(final EspSuite suite, final long handle) {
            assertThat(alive.decrementAndGet()).isNotNegative();
            backend.release(suite, handle);
        }

        @Override
        public CryptoLane newLane() {
            return backend.newLane();
        }

        @Override
        public void close() {
            backend.close();
        }
    }

    /** One SPI: the version in the datapath, and the versions that packets are still sent with. */
    private static final class Slot {
        private final List<Sender> senders = new ArrayList<>();
        private @Nullable InstalledSa current;
        private int version;
    }

    @ParameterizedTest
    @CsvSource({"1,64,false", "1,256,false", "4,7,false", "7,256,false", "1,64,true", "3,64,true"})
    void shouldJudgePacketsByTheirPlaceAmongTheChanges(final int ppes, final int batch, final boolean dedicated) {
        final long seed = SEED + ppes * 1000L + batch;
        final Random random = new Random(seed);
        final AtomicInteger alive = new AtomicInteger();
        final AtomicInteger installs = new AtomicInteger();
        final List<Integer> expected = new ArrayList<>();
        final Set<Long> records = new HashSet<>();
        try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().ppes(ppes).batch(batch), Crypto.names().getFirst(),
            backend -> new CountingBackend(backend, alive, installs))) {
            if (dedicated) {
                fixture.dedicated();
            }
            final SaInstaller installer = fixture.pipeline().installer();
            final Slot[] slots = new Slot[SPIS];
            for (int i = 0; i < SPIS; i++) {
                slots[i] = new Slot();
            }
            for (int step = 0; step < STEPS; step++) {
                final int which = random.nextInt(SPIS);
                final Slot slot = slots[which];
                switch (random.nextInt(40)) {
                    case 0, 1 -> {
                        final InstalledSa before = slot.current;
                        final SaSpec spec = Sa.spi(which + 1).window(0).keySeed(1_000L * which + slot.senders.size()).build();
                        slot.current = fixture.installed(spec);
                        records.add(slot.current.record());
                        slot.senders.add(new Sender(spec));
                        slot.version = slot.senders.size();
                        if (before != null) {
                            installer.retire(before);
                        }
                    }
                    case 2 -> {
                        if (slot.current != null) {
                            installer.retire(slot.current);
                            slot.current = null;
                            slot.version = 0;
                        }
                    }
                    case 3, 4 -> installer.reclaim();
                    case 5 -> {
                        if (!dedicated) {
                            fixture.pipeline().turn();
                        }
                    }
                    default -> {
                        if (!slot.senders.isEmpty()) {
                            final int back = random.nextInt(Math.min(2, slot.senders.size()));
                            fixture.offer(slot.senders.get(slot.senders.size() - 1 - back).wrap(INNER));
                            expected.add(slot.version == 0 ? NOT_FOUND : back == 0 ? Expect.FORWARD : Expect.BAD_ICV);
                        }
                    }
                }
                fixture.pipeline().dispatcher().flush();
            }
            fixture.drain();
            assertThat(fixture.verdicts().stream().map(Event::text).toList()).as("seed %d", seed)
                .isEqualTo(expected.stream().map(Event::text).toList());
            finish(fixture, installer, slots);
            assertThat(alive).as("keys that are still installed").hasValue(0);
            assertThat(installer.installed()).allMatch(InstalledSa::isFreed);
            assertThat(records).as("records of %d SAs", installs.get()).hasSizeLessThan(installs.get() / 2);
        }
    }

    private static void finish(final PipelineFixture fixture, final SaInstaller installer, final Slot[] slots) {
        for (final Slot slot : slots) {
            if (slot.current != null) {
                installer.retire(slot.current);
            }
            slot.senders.forEach(Sender::close);
        }
        fixture.drain();
        for (int i = 0; i < 3; i++) {
            installer.reclaim();
            fixture.drain();
        }
    }

    @Test
    void shouldNotFreeWhatAPacketInFlightMayUse() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final InstalledSa sa = fixture.installed(Sa.spi(1).build());
            try (Sender sender = new Sender(Sa.spi(1).build())) {
                fixture.offer(sender.wrap(INNER));
                final SaInstaller installer = fixture.pipeline().installer();
                installer.retire(sa);
                for (int i = 0; i < 5; i++) {
                    installer.reclaim();
                    assertThat(sa.isFreed()).isFalse();
                }
                fixture.offer(sender.wrap(INNER)).drain();
                assertThat(fixture.verdicts()).containsExactly(Expect.FORWARD, NOT_FOUND);
                fixture.offer(sender.wrap(INNER));
                installer.reclaim();
                installer.reclaim();
                assertThat(sa.isFreed()).as("unlinked behind a packet that is in flight").isFalse();
                fixture.drain();
                installer.reclaim();
                assertThat(sa.isFreed()).isTrue();
            }
        }
    }

    @Test
    void shouldKeepSasOfDifferentDestinationsApart() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender four = fixture.install(Sa.spi(7).build());
            final Sender six = fixture.install(Sa.spi(7).v6().keySeed(8).build());
            assertThat(fixture.verdict(four.wrap(INNER))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(six.wrap(INNER))).isEqualTo(Expect.FORWARD);
        }
    }

    @Test
    void shouldInstallManySas() {
        final int count = 100_000;
        try (PipelineFixture fixture = new PipelineFixture()) {
            final long start = System.nanoTime();
            final SaSpec template = Sa.spi(1).build();
            for (int spi = 1; spi <= count; spi++) {
                fixture.installed(new SaSpec("many", spi * 0x9E37_79B9, template.source(), template.destination(), template.mode(), template.suite(),
                    template.keys(), false, 64, 0, null, List.of(), SaSpec.Lifetime.UNLIMITED));
            }
            System.out.printf("%,d SAs installed in %d ms%n", count, (System.nanoTime() - start) / 1_000_000);
            for (final int spi : new int[] {1, 777, 50_000, count}) {
                try (Sender sender = new Sender(Sa.spi(spi * 0x9E37_79B9).keySeed(1).build())) {
                    assertThat(fixture.judge(sender.wrap(INNER)).packet()).isEqualTo(INNER);
                }
            }
        }
    }
}
