package org.qfpsim.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a measurement depends on besides the program.
 *
 * @param program         name and version.
 * @param jdk             vendor and version of the JDK.
 * @param os              operating system and architecture.
 * @param cpu             the processor's name for itself.
 * @param cores           logical processors that this process may use.
 * @param memoryBytes     memory of the machine or container, octets.
 * @param maxHeapBytes    the largest heap, octets.
 * @param jvmFlags        flags of the JVM, in order.
 * @param cryptoLibraries version of every crypto library that can be used, by the name that {@code --crypto} takes; {@code not used}
 *                        says why others cannot.
 */
public record Environment(String program, String jdk, String os, String cpu, int cores, long memoryBytes, long maxHeapBytes,
                          List<String> jvmFlags, Map<String, String> cryptoLibraries) {
    /** The members of the JSON object {@code environment} in every report. */
    public Map<String, Object> toMap() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("program", program);
        map.put("jdk", jdk);
        map.put("os", os);
        map.put("cpu", cpu);
        map.put("cores", cores);
        map.put("memory_bytes", memoryBytes);
        map.put("max_heap_bytes", maxHeapBytes);
        map.put("jvm_flags", jvmFlags);
        map.put("crypto_libraries", cryptoLibraries);
        return map;
    }
}
