package org.qfpsim.sim.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;

/** docs/counters.md says which counters can grow here: those that the datapath names in its code, no more and no fewer. */
class CountersOccurTest {
    private static final JavaClasses DATAPATH = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages("org.qfpsim.datapath");

    private static <E extends Enum<E>> Set<E> named(final Class<E> type) {
        return DATAPATH.get(type).getFieldAccessesToSelf().stream()
            .filter(access -> !access.getOriginOwner().getPackageName().endsWith(".drop"))
            .map(access -> access.getTarget().getName())
            .filter(name -> Arrays.stream(type.getEnumConstants()).anyMatch(row -> row.name().equals(name)))
            .map(name -> Enum.valueOf(type, name))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(type)));
    }

    @Test
    void shouldDescribeEveryIpsecTypeThatTheDatapathCounts() {
        assertThat(Arrays.stream(IpsecDrop.values()).filter(row -> !row.event().isEmpty()))
            .containsExactlyInAnyOrderElementsOf(named(IpsecDrop.class));
    }

    @Test
    void shouldDescribeEveryGlobalDropThatTheDatapathCounts() {
        final Set<GlobalDrop> counted = named(GlobalDrop.class);
        named(IpsecDrop.class).stream().map(IpsecDrop::global).filter(Objects::nonNull).forEach(counted::add);
        assertThat(Arrays.stream(GlobalDrop.values()).filter(row -> !row.event().isEmpty())).containsExactlyInAnyOrderElementsOf(counted);
    }

    @Test
    void shouldDescribeEveryPuntCauseThatTheDatapathUses() {
        assertThat(Arrays.stream(PuntCause.values()).filter(row -> !row.event().isEmpty()))
            .containsExactlyInAnyOrderElementsOf(named(PuntCause.class));
    }
}
