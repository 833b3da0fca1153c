package org.qfpsim.controlplane.sadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the owner of a database can rely on, within one process. */
class SaDatabaseTest {
    private static final long SEED = 51;

    @TempDir
    private Path parent;
    private Path directory;

    @BeforeEach
    void name() {
        directory = parent.resolve("R1/state");
    }

    private static void fill(final SaDatabase database, final int records) {
        for (int number = 0; number < records; number++) {
            database.put(TestRecords.any(SEED, number));
        }
    }

    private static void assertHolds(final SaDatabase database, final int number) {
        final SaRecord expected = TestRecords.any(SEED, number);
        assertThat(database.get(expected.key())).get().usingRecursiveComparison().ignoringFields("opening").isEqualTo(expected);
    }

    private static String mode(final Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldKeepRecordsOverARestart() {
        try (SaDatabase database = SaDatabase.open(directory, 100)) {
            fill(database, 100);
            assertThat(database.remove(TestRecords.any(SEED, 7).key())).isTrue();
            assertThat(database.remove(TestRecords.any(SEED, 7).key())).isFalse();
            database.put(TestRecords.any(SEED, 8).withSequence(77));
        }
        try (SaDatabase database = SaDatabase.open(directory, 100)) {
            assertThat(database.size()).isEqualTo(99);
            assertThat(database.lost()).isZero();
            assertThat(database.get(TestRecords.any(SEED, 7).key())).isEmpty();
            assertThat(database.get(TestRecords.any(SEED, 8).key())).get().extracting(SaRecord::sequence).isEqualTo(77L);
            assertHolds(database, 99);
            final int[] seen = {0};
            database.forEach(sa -> seen[0]++);
            assertThat(seen[0]).isEqualTo(99);
            assertThat(database.removeIf(sa -> sa.direction() == SaRecord.Direction.OUTBOUND)).isEqualTo(49);
            assertThat(database.size()).isEqualTo(50);
        }
    }

    @Test
    void shouldTellInWhichOpeningARecordWasWritten() {
        for (int opening = 1; opening <= 3; opening++) {
            final SaDatabase database = SaDatabase.open(directory, 100);
            assertThat(database.openings()).isEqualTo(opening);
            database.put(TestRecords.any(SEED, 2 * opening));
            database.crash();
        }
        try (SaDatabase database = SaDatabase.open(directory, 100)) {
            for (int opening = 1; opening <= 3; opening++) {
                assertThat(database.get(TestRecords.any(SEED, 2 * opening).key())).get().extracting(SaRecord::opening).isEqualTo((long) opening);
            }
        }
    }

    @Test
    void shouldFindBothSasOfAPairByOurSpi() {
        try (SaDatabase database = SaDatabase.open(directory)) {
            fill(database, 2);
            final SaRecord in = TestRecords.any(SEED, 0);
            final SaRecord out = TestRecords.any(SEED, 1);
            assertThat(in.key()).isEqualTo(new SaKey(in.path().local(), 256, SaRecord.Direction.INBOUND));
            assertThat(out.key()).isEqualTo(new SaKey(in.path().local(), 256, SaRecord.Direction.OUTBOUND));
            assertThat(database.get(out.key())).get().extracting(SaRecord::spi).isEqualTo(out.outboundSpi());
        }
    }

    @Test
    void shouldMakeTheMapOnlyWhenThereIsARecord() {
        try (SaDatabase database = SaDatabase.open(directory)) {
            assertThat(database.get(TestRecords.any(SEED, 0).key())).isEmpty();
            assertThat(SaDatabaseReader.read(directory).records()).isEmpty();
            assertThat(directory.resolve("sas.dat")).doesNotExist();
            fill(database, 1);
            assertThat(directory.resolve("sas.dat")).exists();
        }
    }

    @Test
    void shouldSayWhenItIsFullAndGrowWhenAskedTo() {
        try (SaDatabase database = SaDatabase.open(directory, 50)) {
            fill(database, 50);
            assertThatThrownBy(() -> database.put(TestRecords.any(SEED, 50))).isInstanceOf(SaDatabaseException.class)
                .hasMessage(directory + ": the SA database is full: it has room for 50 records; open it with more entries");
            fill(database, 50);
        }
        try (SaDatabase database = SaDatabase.open(directory, 20_000)) {
            fill(database, 20_000);
            assertThat(database.entries()).isEqualTo(20_000);
        }
        try (SaDatabase database = SaDatabase.open(directory, 10)) {
            assertThat(database.entries()).isEqualTo(20_000);
            assertThat(database.size()).isEqualTo(20_000);
            assertHolds(database, 0);
            assertHolds(database, 19_999);
        }
    }

    @Test
    void shouldTakeAHundredThousand() {
        try (SaDatabase database = SaDatabase.open(directory, 100_000)) {
            fill(database, 100_000);
            assertThat(database.size()).isEqualTo(100_000);
            for (int number = 0; number < 100_000; number += 997) {
                assertHolds(database, number);
            }
        }
    }

    @Test
    void shouldRefuseASecondOwner() {
        try (SaDatabase database = SaDatabase.open(directory)) {
            assertThatThrownBy(() -> SaDatabase.open(directory)).isInstanceOf(SaDatabaseException.class).hasMessage(
                directory + ": a router has this SA database open (process " + ProcessHandle.current().pid()
                    + "); give each router a state directory");
            fill(database, 1);
        }
        SaDatabase.open(directory).close();
    }

    @Test
    void shouldOutliveASimulatedCrash() {
        final SaDatabase first = SaDatabase.open(directory);
        fill(first, 10);
        first.crash();
        assertThat(SaDatabaseReader.read(directory)).extracting(SaDatabaseReader.Snapshot::owner, read -> read.records().size())
            .containsExactly(SaDatabaseReader.Owner.CRASHED, 10);
        try (SaDatabase second = SaDatabase.open(directory)) {
            assertThat(second.size()).isEqualTo(10);
            assertThat(second.lost()).isZero();
            assertHolds(second, 9);
        }
    }

    @Test
    void shouldMakeEverythingItsOwnersAlone() throws IOException {
        try (SaDatabase database = SaDatabase.open(directory)) {
            fill(database, 1);
            assertThat(mode(directory)).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).hasSize(3).allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void shouldRefuseModesThatShowKeysToOthers() throws IOException {
        SaDatabase.open(directory).close();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
        final String expected =
            directory + ": mode is rwxr-x---, must be rwx------ because of the keys in it; chmod 0700 " + directory;
        assertThatThrownBy(() -> SaDatabase.open(directory)).isInstanceOf(SaDatabaseException.class).hasMessage(expected);
        assertThatThrownBy(() -> SaDatabaseReader.read(directory)).isInstanceOf(SaDatabaseException.class).hasMessage(expected);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        try (SaDatabase database = SaDatabase.open(directory)) {
            fill(database, 1);
        }
        for (final String name : new String[] {"sas.dat", "head", "lock"}) {
            final Path file = directory.resolve(name);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThatThrownBy(() -> SaDatabase.open(directory)).isInstanceOf(SaDatabaseException.class)
                .hasMessage(file + ": mode is rw-r--r--, must be rw------- because of the keys in it; chmod 0600 " + file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void shouldRefuseASymbolicLink() throws IOException {
        SaDatabase.open(directory).close();
        final Path elsewhere = Files.writeString(parent.resolve("elsewhere"), "x");
        Files.delete(directory.resolve("lock"));
        Files.createSymbolicLink(directory.resolve("lock"), elsewhere);
        assertThatThrownBy(() -> SaDatabase.open(directory)).hasMessage(directory.resolve("lock") + ": is not a regular file; remove it");
    }

    @Test
    void shouldRefuseWhatIsNoDatabase() throws IOException {
        assertThatThrownBy(() -> SaDatabaseReader.read(directory))
            .hasMessage(directory + ": no such directory; name the state directory of a router");
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> SaDatabaseReader.read(directory))
            .hasMessage(directory + ": there is no SA database in it; name the state directory of a router");
        SaDatabase.open(directory).close();
        Files.write(directory.resolve("head"), new byte[] {1});
        assertThatThrownBy(() -> SaDatabase.open(directory))
            .hasMessage(directory.resolve("head") + ": is not the head of an SA database; move it away");
    }

    @Test
    void shouldFindOnlyWholeRecordsInADamagedFile() throws IOException {
        try (SaDatabase database = SaDatabase.open(directory, 200)) {
            fill(database, 200);
        }
        final Path data = directory.resolve("sas.dat");
        final byte[] good = Files.readAllBytes(data);
        long lost = 0;
        int refused = 0;
        for (int round = 0; round < 16 * Integer.getInteger("qfp.test.scale", 1); round++) {
            Files.write(data, damaged(good, new Random(SEED + 0x5851_F42D_4C95_7F2DL * round)));
            try (SaDatabase database = SaDatabase.open(directory, 200)) {
                database.forEach(sa -> assertHolds(database, number(sa)));
                lost += database.lost();
            } catch (final SaDatabaseException e) {
                assertThat(e.getMessage()).startsWith(data + ": is damaged beyond recovery; move it away").hasLineCount(1);
                refused++;
            }
            Files.write(data, good);
            restoreCount();
        }
        assertThat(lost).isPositive();
        assertThat(refused).isPositive();
    }

    /** The head counts what is there; a good file is put back under it. */
    private void restoreCount() {
        try (SaDatabase database = SaDatabase.open(directory, 200)) {
            assertThat(database.size()).isEqualTo(200);
        }
    }

    private static byte[] damaged(final byte[] good, final Random random) {
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(good, random.nextInt(good.length));
        }
        final byte[] damaged = good.clone();
        final boolean header = random.nextInt(4) == 0;
        for (int i = 1 << random.nextInt(10); i > 0; i--) {
            damaged[random.nextInt(header ? 512 : good.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    private static int number(final SaRecord sa) {
        return (sa.inboundSpi() - 256) * 2 + sa.direction().ordinal();
    }
}
