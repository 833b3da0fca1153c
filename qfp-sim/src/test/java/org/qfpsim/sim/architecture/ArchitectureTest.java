package org.qfpsim.sim.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.feature.Tables;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.RoutedPipeline;
import org.qfpsim.datapath.pipeline.Threads;

/** Holds the program to {@link Rules}. */
class ArchitectureTest {
    private static final String ROOT = "org.qfpsim";
    private static final String DATAPATH = ROOT + ".datapath";
    private static final List<String> MODULES = List.of("datapath", "controlplane", "sim", "perf");
    /** Every class in them runs per packet; others join by implementing one of the types below. */
    private static final List<String> PACKET_PATH_PACKAGES = List.of(DATAPATH + ".feature", DATAPATH + ".pipeline", DATAPATH + ".route",
        DATAPATH + ".trace");
    private static final List<Class<?>> PACKET_PATH_TYPES = List.of(CryptoLane.class, EspTransform.class);
    /** They build and configure the machine; packets pass through what they have built. */
    private static final List<Class<?>> ASSEMBLY =
        List.of(Pipeline.class, PipelineConfig.class, Threads.class, Tables.Forwarding.class, RoutedPipeline.class);
    /** The records of routing are configuration; these build what packets are looked up in, and are not for others to see. */
    private static final Set<String> BUILDERS = Set.of("RouteBuilder", "OutboundKeys");
    private static final DescribedPredicate<JavaClass> PACKET_PATH = Rules.packetPath(PACKET_PATH_PACKAGES, PACKET_PATH_TYPES)
        .and(DescribedPredicate.not(JavaClass.Predicates.belongToAnyOf(ASSEMBLY.toArray(Class[]::new))))
        .and(DescribedPredicate.not(DescribedPredicate.describe("a builder", type -> BUILDERS.contains(type.getSimpleName()))))
        .and(DescribedPredicate.not(DescribedPredicate.describe("configuration of routing and tracing",
            type -> type.isRecord() && List.of(DATAPATH + ".route", DATAPATH + ".trace").contains(type.getPackageName()))))
        .as("work on packets");
    private static final JavaClasses PROGRAM =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(ROOT);

    static Stream<ArchRule> rules() {
        return Stream.of(
            Rules.arrowsPointLeft(ROOT, "datapath", List.of("controlplane", "sim", "perf")),
            Rules.arrowsPointLeft(ROOT, "controlplane", List.of("sim", "perf")),
            Rules.arrowsPointLeft(ROOT, "sim", List.of("perf")),
            Rules.noLogging(DATAPATH),
            Rules.noLocks(DATAPATH),
            Rules.noSynchronizedMethods(DATAPATH),
            Rules.noSynchronizedBlocks(DATAPATH),
            Rules.noClockExceptIn(DATAPATH, "CycleSampler"),
            Rules.noStringsOn(PACKET_PATH),
            Rules.noCollectionsOn(PACKET_PATH),
            Rules.noBoxingOn(PACKET_PATH));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldHold(final ArchRule rule) {
        // A rule about something that does not exist yet holds; the tests below say that the packages were seen.
        rule.allowEmptyShould(true).check(PROGRAM);
    }

    @Test
    void shouldSeeEveryModuleOnTheClassPath() {
        assertThat(PROGRAM).extracting(type -> type.getPackageName().split("\\.")[2]).contains("datapath", "sim").isSubsetOf(MODULES);
    }

    @ParameterizedTest
    @FieldSource("PACKET_PATH_PACKAGES")
    void shouldSeePacketPathPackage(final String name) {
        Assumptions.assumeTrue(PROGRAM.containPackage(name), name + " does not exist yet");
        assertThat(PROGRAM.stream().filter(type -> type.getPackageName().startsWith(name))).isNotEmpty();
    }
}
