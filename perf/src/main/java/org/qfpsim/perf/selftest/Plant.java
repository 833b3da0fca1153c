package org.qfpsim.perf.selftest;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.qfpsim.datapath.feature.FeatureChain;
import org.qfpsim.sim.InputException;

/**
 * Makes a test build: a copy of {@code FeatureChain}, which each batch of packets goes through, whose {@code process} begins with a call of
 * {@link Burn#batch}. The copy is put in front of the class path; the program itself stays as it is.
 */
final class Plant {
    private static final String METHOD = "process";
    private static final ClassDesc BURN = ClassDesc.of(Burn.class.getName());
    /** The parameters of {@code process(memory, slots, count)}; the receiver is variable 0. */
    private static final int PARAMETERS = 3;

    private Plant() {
    }

    /**
     * Writes the copy.
     *
     * @param folder to be put in front of the class path.
     */
    static void into(final Path folder) {
        final String resource = FeatureChain.class.getName().replace('.', '/') + ".class";
        try (InputStream original = FeatureChain.class.getClassLoader().getResourceAsStream(resource)) {
            if (original == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            final Path file = folder.resolve(resource);
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, planted(original.readAllBytes()));
        } catch (final IOException e) {
            throw InputException.io("perf selftest: " + folder, "cannot be written", e);
        }
    }

    /**
     * Writes a folder that {@code perf compare} takes for a version: a {@code qfp.jar} that names the copy and then the running program.
     *
     * @param folder to be made.
     * @param flags  those of the program.
     * @param parts  of {@link Burn}.
     */
    static void build(final Path folder, final Path flags, final int parts) {
        final Path classes = folder.resolve("planted");
        into(classes);
        final StringBuilder entries = new StringBuilder(classes.toUri().toString());
        for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.append(' ').append(Path.of(entry).toUri());
        }
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, entries.toString());
        try (OutputStream jar = Files.newOutputStream(folder.resolve("qfp.jar"))) {
            new JarOutputStream(jar, manifest).close();
            Files.writeString(folder.resolve("jvm.flags"), (Files.exists(flags) ? Files.readString(flags) : "") + "-Dqfp.burn=" + parts
                + "\n");
        } catch (final IOException e) {
            throw InputException.io("perf selftest: --plant " + folder, "cannot be written", e);
        }
    }

    private static byte[] planted(final byte[] original) {
        final ClassModel model = ClassFile.of().parse(original);
        final long sites = model.methods().stream().filter(Plant::isSite).count();
        if (sites != 1) {
            throw new IllegalStateException("FeatureChain has " + sites + " methods that the slow-down could be planted in");
        }
        return ClassFile.of().transformClass(model, ClassTransform.transformingMethodBodies(Plant::isSite, new CodeTransform() {
            @Override
            public void atStart(final CodeBuilder builder) {
                builder.iload(PARAMETERS).invokestatic(BURN, "batch", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int));
            }

            @Override
            public void accept(final CodeBuilder builder, final CodeElement element) {
                builder.with(element);
            }
        }));
    }

    private static boolean isSite(final MethodModel method) {
        return method.methodName().equalsString(METHOD) && method.methodTypeSymbol().parameterCount() == PARAMETERS
            && method.methodTypeSymbol().parameterType(PARAMETERS - 1).equals(ConstantDescs.CD_int);
    }
}
