package org.qfpsim.sim.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of ARCHITECTURE.md as parametrised ArchUnit rules. {@link ArchitectureTest} holds the program to them, {@link RulesTest} holds
 * them to a program that breaks every one.
 *
 * <p>Some methods of packet path classes are cold and may make strings and use collections: constructors, static initialisers,
 * {@code toString}, the checks of configuration ({@code conclude}, {@code validate}), {@code load} (a native library, once a process),
 * {@code CryptoLane.transform} (once an SA), and methods that return an exception to be thrown: those report faults of the program.
 */
final class Rules {
    private static final Set<String> COLD_METHODS = Set.of("<init>", "<clinit>", "toString", "conclude", "validate", "load", "transform");
    private static final Set<String> BOXES =
        Set.of("Boolean", "Byte", "Character", "Short", "Integer", "Long", "Float", "Double");
    private static final Set<String> TEXT_METHODS =
        Set.of("format", "formatted", "valueOf", "join", "concat", "repeat", "substring", "split", "replace", "toString", "toHexString");

    private Rules() {
    }

    /** Modules are packages below a root; one may not use those to its right. */
    static ArchRule arrowsPointLeft(final String root, final String module, final List<String> modulesToTheRight) {
        final String[] forbidden = modulesToTheRight.stream().map(right -> root + "." + right + "..").toArray(String[]::new);
        return noClasses().that().resideInAPackage(root + "." + module + "..")
            .should().dependOnClassesThat().resideInAnyPackage(forbidden)
            .because("dependencies point left: datapath <- control-plane <- qfp-sim <- perf");
    }

    /** Classes that work on packets: those of some packages (with sub-packages) or that implement some types. */
    static DescribedPredicate<JavaClass> packetPath(final List<String> packages, final List<Class<?>> types) {
        DescribedPredicate<JavaClass> path = resideInAnyPackage(packages.stream().map(name -> name + "..").toArray(String[]::new));
        for (final Class<?> type : types) {
            path = path.or(assignableTo(type));
        }
        return path.as("work on packets");
    }

    static ArchRule noLogging(final String root) {
        return noClasses().that().resideInAPackage(root + "..")
            .should().dependOnClassesThat().resideInAnyPackage("java.util.logging..", "org.slf4j..")
            .orShould().dependOnClassesThat().areAssignableTo(System.Logger.class);
    }

    static ArchRule noLocks(final String root) {
        return noClasses().that().resideInAPackage(root + "..")
            .should().dependOnClassesThat().resideInAPackage("java.util.concurrent.locks..")
            .because("hand-off is by sequence");
    }

    static ArchRule noSynchronizedMethods(final String root) {
        return noMethods().that().areDeclaredInClassesThat().resideInAPackage(root + "..")
            .and().doNotHaveName("load")
            .should().haveModifier(JavaModifier.SYNCHRONIZED);
    }

    static ArchRule noSynchronizedBlocks(final String root) {
        return noClasses().that().resideInAPackage(root + "..").should(Bytecode.enterMonitors());
    }

    static ArchRule noClockExceptIn(final String root, final String sampler) {
        final DescribedPredicate<JavaAccess<?>> readsSystemClock = DescribedPredicate.describe("the system clock",
            access -> access.getTargetOwner().isEquivalentTo(System.class)
                && Set.of("nanoTime", "currentTimeMillis").contains(access.getName()));
        return noClasses().that(resideInAnyPackage(root + "..")
                .and(DescribedPredicate.not(simpleName(sampler))))
            .should().accessTargetWhere(readsSystemClock)
            .orShould().dependOnClassesThat().resideInAPackage("java.time..")
            .because("time comes with the packets; only " + sampler + " reads a clock, at batch boundaries");
    }

    static ArchRule noStringsOn(final DescribedPredicate<JavaClass> packetPath) {
        final DescribedPredicate<JavaAccess<?>> makesText = DescribedPredicate.describe("a maker of strings", access -> {
            final JavaClass owner = access.getTargetOwner();
            return owner.isAssignableTo(StringBuilder.class) || owner.isAssignableTo(StringBuffer.class)
                || (owner.isEquivalentTo(String.class) || isBox(owner)) && TEXT_METHODS.contains(access.getName());
        });
        return noClasses().that(packetPath)
            .should().accessTargetWhere(makesText.and(fromHotMethod()))
            .orShould(Bytecode.concatenateStrings(Rules::isHot));
    }

    static ArchRule noCollectionsOn(final DescribedPredicate<JavaClass> packetPath) {
        final DescribedPredicate<JavaAccess<?>> usesCollection = DescribedPredicate.describe("a java.util collection",
            access -> isCollection(access.getTargetOwner()));
        return noClasses().that(packetPath)
            .should().accessTargetWhere(usesCollection.and(fromHotMethod()))
            .because("they box and allocate; Agrona has primitive ones");
    }

    static ArchRule noBoxingOn(final DescribedPredicate<JavaClass> packetPath) {
        final DescribedPredicate<JavaAccess<?>> boxes = DescribedPredicate.describe("boxing",
            access -> isBox(access.getTargetOwner()) && access.getName().equals("valueOf"));
        return noClasses().that(packetPath).should().accessTargetWhere(boxes.and(fromHotMethod()));
    }

    private static boolean isBox(final JavaClass type) {
        return type.getPackageName().equals("java.lang") && BOXES.contains(type.getSimpleName());
    }

    private static boolean isCollection(final JavaClass type) {
        return type.getPackageName().equals("java.util") && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class)
            || type.isEquivalentTo(Collections.class));
    }

    private static DescribedPredicate<JavaAccess<?>> fromHotMethod() {
        return DescribedPredicate.describe("from a hot method",
            access -> isHot(access.getOrigin().getName(), access.getOrigin().getRawReturnType().getName()));
    }

    private static boolean isHot(final String methodName, final String returnType) {
        return !COLD_METHODS.contains(methodName) && !returnType.endsWith("Exception") && !returnType.endsWith("Error");
    }
}
