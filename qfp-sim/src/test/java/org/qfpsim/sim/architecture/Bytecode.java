package org.qfpsim.sim.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ClassDesc;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Conditions on single instructions, which ArchUnit's own model does not have: synchronized blocks and concatenation of strings. */
final class Bytecode {
    private static final String CONCATENATION = "Ljava/lang/invoke/StringConcatFactory;";

    private Bytecode() {
    }

    static ArchCondition<JavaClass> enterMonitors() {
        return contain("a synchronized block", (name, returnType) -> true,
            element -> element instanceof final MonitorInstruction monitor && monitor.opcode() == Opcode.MONITORENTER);
    }

    static ArchCondition<JavaClass> concatenateStrings(final BiPredicate<String, String> nameAndReturnType) {
        return contain("string concatenation", nameAndReturnType, element -> element instanceof final InvokeDynamicInstruction call
            && call.bootstrapMethod().owner().descriptorString().equals(CONCATENATION));
    }

    private static ArchCondition<JavaClass> contain(final String what, final BiPredicate<String, String> nameAndReturnType,
                                                    final Predicate<CodeElement> instruction) {
        return new ArchCondition<>("contain " + what) {
            @Override
            public void check(final JavaClass type, final ConditionEvents events) {
                for (final MethodModel method : ClassFile.of().parse(bytes(type)).methods()) {
                    final String name = method.methodName().stringValue();
                    final ClassDesc returnType = method.methodTypeSymbol().returnType();
                    if (nameAndReturnType.test(name, returnType.displayName())
                        && method.code().stream().flatMap(code -> code.elementStream()).anyMatch(instruction)) {
                        events.add(SimpleConditionEvent.satisfied(type, "Method <" + type.getName() + "." + name + "> contains " + what));
                    }
                }
            }
        };
    }

    private static byte[] bytes(final JavaClass type) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
