package org.qfpsim.controlplane.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.trace.Condition;
import org.qfpsim.datapath.trace.Direction;
import org.qfpsim.datapath.trace.TraceSpec;

/**
 * What {@code debug platform} has been told.
 *
 * @param conditions  as they were typed.
 * @param packets     records, or 0 if there is no trace.
 * @param circular    whether old records make room.
 * @param fia         whether every step is written down.
 * @param dataBytes   room for a path.
 * @param only        which packets.
 * @param code        of a drop.
 * @param copyInput   whether the packet is kept as it came.
 * @param copyOutput  whether it is kept as it left.
 * @param layer       where copies begin.
 * @param copyBytes   octets of a copy.
 */
record TraceSettings(List<Entry> conditions, int packets, boolean circular, boolean fia, int dataBytes, TraceSpec.Only only, int code,
                     boolean copyInput, boolean copyOutput, TraceSpec.Layer layer, int copyBytes) {
    static final TraceSettings NONE = new TraceSettings(List.of(), 0, false, false, TraceSpec.MIN_DATA, TraceSpec.Only.ALL,
        TraceSpec.ANY_CODE, false, false, TraceSpec.Layer.L2, TraceSpec.DEFAULT_COPY);

    /**
     * A condition.
     *
     * @param interfaceName of an interface, or null.
     * @param prefix        of an address, or null.
     * @param direction     where it is looked at.
     */
    record Entry(@Nullable String interfaceName, @Nullable IpPrefix prefix, Direction direction) {
    }

    TraceSettings {
        conditions = List.copyOf(conditions);
    }

    TraceSettings with(final Entry entry) {
        final List<Entry> more = new ArrayList<>(without(entry).conditions);
        more.add(entry);
        return conditions(more);
    }

    /** Without the conditions for the same packets, in whatever direction. */
    TraceSettings without(final Entry entry) {
        return conditions(conditions.stream().filter(each -> !(Objects.equals(each.interfaceName, entry.interfaceName)
            && Objects.equals(each.prefix, entry.prefix))).toList());
    }

    TraceSettings conditions(final List<Entry> next) {
        return new TraceSettings(next, packets, circular, fia, dataBytes, only, code, copyInput, copyOutput, layer, copyBytes);
    }

    TraceSettings packets(final int count, final boolean round, final boolean everyStep, final int data) {
        return new TraceSettings(conditions, count, round, everyStep, data, only, code, copyInput, copyOutput, layer, copyBytes);
    }

    TraceSettings only(final TraceSpec.Only ends, final int drop) {
        return new TraceSettings(conditions, packets, circular, fia, dataBytes, ends, drop, copyInput, copyOutput, layer, copyBytes);
    }

    TraceSettings copy(final boolean in, final boolean out, final TraceSpec.Layer from, final int octets) {
        return new TraceSettings(conditions, packets, circular, fia, dataBytes, only, code, in, out, from, octets);
    }

    /** Without everything but the conditions. */
    TraceSettings withoutTrace() {
        return NONE.conditions(conditions);
    }

    boolean copies() {
        return copyInput || copyOutput;
    }

    /**
     * For the datapath.
     *
     * @param interfaces names by index; a condition for another interface means nothing.
     * @return the specification; with {@link #packets} of 0 there is none.
     */
    TraceSpec spec(final List<String> interfaces) {
        final List<Condition> meant = conditions.stream()
            .filter(each -> each.interfaceName == null || interfaces.contains(each.interfaceName))
            .map(each -> new Condition(each.interfaceName == null ? Condition.ANY_INTERFACE : interfaces.indexOf(each.interfaceName),
                each.prefix, each.direction)).toList();
        return new TraceSpec(meant, packets, circular, fia, dataBytes, only, code, copyInput, copyOutput, layer, copyBytes);
    }
}
