package org.qfpsim.sim.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.sim.architecture.fixture.datapath.CycleSampler;
import org.qfpsim.sim.architecture.fixture.datapath.pipeline.GoodPacketPath;

/** A rule that nothing can break says nothing: each must find its sin in the fixture, by name, and nothing in a good class. */
class RulesTest {
    private static final String ROOT = RulesTest.class.getPackageName() + ".fixture";
    private static final String DATAPATH = ROOT + ".datapath";
    private static final DescribedPredicate<JavaClass> PACKET_PATH =
        Rules.packetPath(List.of(DATAPATH + ".pipeline"), List.of(CharSequence.class));
    private static final JavaClasses FIXTURE = new ClassFileImporter().importPackages(ROOT);
    private static final JavaClasses GOOD = new ClassFileImporter().importClasses(GoodPacketPath.class, CycleSampler.class);

    static Stream<Arguments> sins() {
        return Stream.of(
            Arguments.of(Rules.arrowsPointLeft(ROOT, "datapath", List.of("controlplane", "sim", "perf")), List.of("ToTheRight.toSim")),
            Arguments.of(Rules.arrowsPointLeft(ROOT, "controlplane", List.of("sim", "perf")), List.of("ControlPlane.toPerf")),
            Arguments.of(Rules.arrowsPointLeft(ROOT, "sim", List.of("perf")), List.of("Simulator.toPerf")),
            Arguments.of(Rules.noLogging(DATAPATH), List.of("BadPacketPath.logs", "BadPacketPath.logsToPlatform")),
            Arguments.of(Rules.noLocks(DATAPATH), List.of("BadPacketPath.locks")),
            Arguments.of(Rules.noSynchronizedMethods(DATAPATH), List.of("BadPacketPath.synchronizes")),
            Arguments.of(Rules.noSynchronizedBlocks(DATAPATH), List.of("BadPacketPath.entersMonitor")),
            Arguments.of(Rules.noClockExceptIn(DATAPATH, "CycleSampler"),
                List.of("BadPacketPath.readsNanos", "BadPacketPath.readsMillis", "BadPacketPath.readsInstant")),
            Arguments.of(Rules.noStringsOn(PACKET_PATH), List.of("BadPacketPath.formats", "BadPacketPath.formatsItself",
                "BadPacketPath.builds", "BadPacketPath.concatenates", "BadPacketPath.printsNumber")),
            Arguments.of(Rules.noCollectionsOn(PACKET_PATH), List.of("BadPacketPath.usesMap", "BadPacketPath.usesList")),
            Arguments.of(Rules.noBoxingOn(PACKET_PATH), List.of("BadPacketPath.boxes")));
    }

    @ParameterizedTest
    @MethodSource("sins")
    void shouldFindEverySin(final ArchRule rule, final List<String> members) {
        final String report = String.join("\n", rule.evaluate(FIXTURE).getFailureReport().getDetails());
        for (final String member : members) {
            assertThat(report).contains(member);
        }
    }

    @ParameterizedTest
    @MethodSource("sins")
    void shouldNotFindSinInGoodClasses(final ArchRule rule) {
        assertThat(rule.allowEmptyShould(true).evaluate(GOOD).getFailureReport().getDetails()).isEmpty();
    }

    @Test
    void shouldCountImplementersOfHotTypesAsPacketPath() {
        assertThat(FIXTURE.stream().filter(PACKET_PATH).map(JavaClass::getSimpleName)).contains("HotByType", "BadPacketPath");
        assertThat(Rules.noStringsOn(PACKET_PATH).evaluate(FIXTURE).getFailureReport().getDetails().toString()).contains("HotByType.length");
    }
}
