package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All backends that share a suite do the same to every packet. */
class BackendAgreementTest {
    private static final long SEED = 0x45535021L;
    private static final int[] EDGE_SIZES = {0, 1, 2, 3, 4, 15, 16, 17, 31, 32, 47, 48, 63, 64, 65, 127, 128, 255, 256, 1400, 9000};

    private static CryptoBackends backends;
    private static List<BackendFixture> fixtures;

    @BeforeAll
    static void open() throws CryptoUnavailableException {
        backends = CryptoBackends.open("auto");
        fixtures = backends.all().stream().map(BackendFixture::new).toList();
        System.out.println("BackendAgreementTest seed " + SEED + ", backends "
            + backends.all().stream().map(CryptoBackend::description).toList());
    }

    @AfterAll
    static void close() {
        backends.close();
    }

    @ParameterizedTest
    @EnumSource(EspSuite.class)
    void shouldSealAndOpenTheSameOnEveryBackend(final EspSuite suite) {
        final RandomEsp random = new RandomEsp(SEED + suite.ordinal());
        final int randomSizes = 20 * Integer.getInteger("qfp.test.scale", 1);
        final int[] sizes = IntStream.concat(IntStream.of(EDGE_SIZES), IntStream.generate(() -> random.below(9001)).limit(randomSizes)).toArray();
        final List<BackendFixture.Sa> sas = install(suite, random.keys(suite));
        try (EspPacketMemory memory = new EspPacketMemory()) {
            for (final int size : sizes) {
                for (final boolean esn : new boolean[] {false, true}) {
                    roundTrip(sas, memory, random.packet(suite, size), esn, random);
                }
            }
        }
        sas.forEach(BackendFixture.Sa::close);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = ".*_NONE")
    void shouldNoticeEveryFlippedBit(final EspSuite suite) {
        final RandomEsp random = new RandomEsp(SEED - suite.ordinal());
        final List<BackendFixture.Sa> sas = install(suite, random.keys(suite));
        try (EspPacketMemory memory = new EspPacketMemory()) {
            memory.put(random.packet(suite, 48));
            sas.getFirst().seal(memory, true, 7);
            final byte[] sealed = memory.get();
            for (final BackendFixture.Sa sa : sas) {
                for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
                    final byte[] forged = sealed.clone();
                    forged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                    refuse(sa, memory, forged, true, 7);
                }
                for (int bit = 0; bit < Integer.SIZE; bit++) {
                    refuse(sa, memory, sealed, true, 7 ^ 1 << bit);
                }
                refuse(sa, memory, sealed, false, 7);
                assertThat(sa.open(memory.put(sealed), true, 7)).as("%s", sa).isEqualTo(EspTransform.OK);
            }
        }
        sas.forEach(BackendFixture.Sa::close);
    }

    private static List<BackendFixture.Sa> install(final EspSuite suite, final EspKeys keys) {
        return fixtures.stream().filter(fixture -> fixture.backend.suites().contains(suite)).map(fixture -> fixture.install(suite, keys)).toList();
    }

    private static void roundTrip(final List<BackendFixture.Sa> sas, final EspPacketMemory memory, final byte[] blank, final boolean esn,
                                  final RandomEsp random) {
        final int seqHigh = random.anyInt();
        final long sequence = (long) seqHigh << Integer.SIZE | random.anyInt() & 0xffff_ffffL;
        memory.put(blank);
        sas.getFirst().writeIv(memory, sequence);
        final byte[] plain = memory.get();
        memory.put(plain);
        sas.getFirst().seal(memory, esn, seqHigh);
        final byte[] sealed = memory.get();
        final byte[] forged = sealed.clone();
        forged[random.below(forged.length)] ^= (byte) (1 << random.below(Byte.SIZE));
        final int icvBytes = sas.getFirst().suite.icvBytes();
        for (final BackendFixture.Sa sa : sas) {
            memory.put(blank);
            sa.writeIv(memory, sequence);
            assertThat(memory.get()).as("IV of %s", sa).isEqualTo(plain);
            sa.seal(memory, esn, seqHigh);
            assertThat(memory.get()).as("%s seals %d octets, esn %s", sa, blank.length, esn).isEqualTo(sealed);
            assertThat(sa.open(memory, esn, seqHigh)).as("%s opens %d octets", sa, blank.length).isEqualTo(EspTransform.OK);
            final byte[] opened = memory.get();
            assertThat(opened).as("%s opened", sa).startsWith(Arrays.copyOf(plain, plain.length - icvBytes));
            sa.restore(memory, EspTransform.OK);
            assertThat(memory.get()).as("%s restores", sa).isEqualTo(sealed);
            if (sa.suite.authenticated()) {
                refuse(sa, memory, forged, esn, seqHigh);
            }
            if (esn) {
                lend(sa, memory, sealed, seqHigh, EspTransform.OK);
                if (sa.suite.authenticated()) {
                    // Not its header: that is in both places.
                    forged[sealed.length - 1] = (byte) ~sealed[sealed.length - 1];
                    System.arraycopy(sealed, 0, forged, 0, sealed.length - 1);
                    lend(sa, memory, forged, seqHigh, EspTransform.BAD_ICV);
                }
            }
        }
    }

    /** Only header and counter IV are at the packet's place; restored it is there as a whole, good or bad, with the ICV that it came with. */
    private static void lend(final BackendFixture.Sa sa, final EspPacketMemory memory, final byte[] packet, final int seqHigh,
                             final int expected) {
        final byte[] head = new byte[packet.length];
        Arrays.fill(head, (byte) 0xa5);
        System.arraycopy(packet, 0, head, 0, EspSuite.ESP_HEADER_BYTES + Math.min(8, sa.suite.ivBytes()));
        try (EspPacketMemory lender = new EspPacketMemory()) {
            lender.put(packet);
            memory.put(head);
            assertThat(sa.openLent(lender, memory, seqHigh)).as("%s opens what is lent", sa).isEqualTo(expected);
            sa.restore(memory, expected);
            assertThat(memory.get()).as("%s restores what was lent", sa).isEqualTo(packet);
            assertThat(lender.get()).as("%s leaves it alone", sa).isEqualTo(packet);
        }
    }

    private static void refuse(final BackendFixture.Sa sa, final EspPacketMemory memory, final byte[] forged, final boolean esn,
                               final int seqHigh) {
        assertThat(sa.open(memory.put(forged), esn, seqHigh)).as("%s, forged", sa).isEqualTo(EspTransform.BAD_ICV);
        if (!sa.suite.combined()) {
            assertThat(memory.get()).as("%s leaves the ciphertext alone", sa).isEqualTo(forged);
        }
        sa.restore(memory, EspTransform.BAD_ICV);
        assertThat(memory.get()).as("%s restores a forged packet", sa).isEqualTo(forged);
    }
}
