package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.ipsec.RekeyMargins;
import org.qfpsim.controlplane.sadb.SaDatabase;

/** SAs on disk, through a crash of the router. */
class DatabaseSaStoreTest {
    private static final long EPOCH = 1_378_128_477_000_000_000L;

    @Test
    void shouldRestoreSasFromTheDatabaseAfterACrash(@TempDir final Path directory) {
        final Lab lab = new Lab(8);
        final SaDatabase before = SaDatabase.open(directory.resolve("state"), 1000);
        final Lab.Router a = lab.router(SaLifeTest.A, SaLifeTest.sender().build());
        final Lab.Router b = lab.router(SaLifeTest.B, SaLifeTest.receiver().restore().build(), new DatabaseSaStore(before, EPOCH),
            RekeyMargins.IOS);
        a.stream(a.flow(), 100 * Lab.MS, 60 * Lab.SECOND);
        lab.run(25 * Lab.SECOND);
        assertThat(before.size()).as("two records a pair").isEqualTo(2);
        final long received = b.plane.ipsec().pairs().iterator().next().inboundUse().sequence();
        before.crash();
        try (SaDatabase after = SaDatabase.open(directory.resolve("state"), 1000)) {
            final Lab.Router again = lab.restart(b, SaLifeTest.receiver().restore().build(), new DatabaseSaStore(after, EPOCH));
            lab.run(20 * Lab.SECOND);
            assertThat(again.datapath.unknown).isZero();
            assertThat(again.datapath.delivered).isBetween(199L, 201L);
            assertThat(again.plane.ipsec().pairs()).singleElement()
                .satisfies(pair -> assertThat(pair.inboundUse().sequence()).isGreaterThan(received - 101 + 199));
            again.plane.sas().clearCryptoSa(null);
            assertThat(after.size()).isZero();
        }
    }
}
