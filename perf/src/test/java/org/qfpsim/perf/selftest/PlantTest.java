package org.qfpsim.perf.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.perf.probe.Suite;
import org.qfpsim.perf.side.Block;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.ProbeProcess;
import org.qfpsim.perf.side.Processor;

class PlantTest {
    private static final Path FLAGS = Path.of(System.getProperty("qfp.root", ".."), "jvm.flags");

    @TempDir
    private Path folder;

    @Test
    void shouldCallTheBurnerOnceABatchAndNowhereElse() throws IOException {
        Plant.into(folder);
        try (var files = Files.walk(folder)) {
            final List<Path> classes = files.filter(Files::isRegularFile).toList();
            assertThat(classes).hasSize(1);
            final ClassModel model = ClassFile.of().parse(classes.getFirst());
            assertThat(model.methods().stream().filter(method -> method.code().stream().flatMap(code -> code.elementStream())
                .anyMatch(element -> element instanceof final InvokeInstruction call && call.owner().asInternalName().endsWith("/Burn"))))
                .singleElement().satisfies(method -> assertThat(method.methodName().stringValue()).isEqualTo("process"));
        }
    }

    @Test
    void shouldMakeAVersionThatTheProbeRunsIn() {
        Plant.build(folder, FLAGS, PoolRecorder.parts(10));
        try (ProbeProcess probe = new ProbeProcess(Build.of("planted", folder, "quick", "jce"), Processor.ANY)) {
            assertThat(probe.metrics()).isEqualTo(Suite.QUICK.names());
            probe.slice(1, 1);
            probe.end();
        }
    }

    @Test
    void shouldRecordABlockOfEveryLevel() {
        final Block block = new PoolRecorder(Build.running("test", FLAGS), CryptoBackends.available().getLast(), Processor.ANY)
            .block(new Random(1));

        assertThat(block.pairs().keySet()).contains("bare 64 +0", "path 64 +0", "path 64 +10", "unknown SPI 64 +3").hasSize(13);
    }
}
