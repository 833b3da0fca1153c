package org.qfpsim.datapath.route;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The outbound SA of each flow, as a chain of positions: each packet finds the one that was there when it arrived, so that a rekey under
 * traffic loses none. Written by the dispatcher, read by gather.
 */
public final class FlowTable {
    private static final int SHIFT = 6;
    private static final int CHUNK = 1 << SHIFT;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private volatile AtomicReferenceArray<@Nullable Binding>[] chunks = new AtomicReferenceArray[0];

    /** The SA of a flow from a position on; null when it was retired. */
    private static final class Binding {
        private final long from;
        private final @Nullable OutboundFlow sa;
        private @Nullable Binding previous;

        Binding(final long from, final @Nullable OutboundFlow sa, final @Nullable Binding previous) {
            this.from = from;
            this.sa = sa;
            this.previous = previous;
        }
    }

    /**
     * Gives a flow another SA. Dispatcher's thread.
     *
     * @param flow     its number.
     * @param next     its SA, or null.
     * @param position of the first packet that finds it.
     * @param passed   a position that gather has reached.
     */
    public void bind(final int flow, final @Nullable OutboundFlow next, final long position, final long passed) {
        final int chunk = flow >>> SHIFT;
        if (chunk >= chunks.length) {
            final AtomicReferenceArray<@Nullable Binding>[] more = Arrays.copyOf(chunks, chunk + 1);
            for (int i = chunks.length; i < more.length; i++) {
                more[i] = new AtomicReferenceArray<>(CHUNK);
            }
            chunks = more;
        }
        final Binding newest = chunks[chunk].get(flow & CHUNK - 1);
        for (Binding binding = newest; binding != null; binding = binding.previous) {
            if (binding.from <= passed) {
                // Gather stops here at the latest, so it does not read what is cut off.
                binding.previous = null;
            }
        }
        chunks[chunk].set(flow & CHUNK - 1, new Binding(position, next, newest));
    }

    /**
     * Takes an SA away if packets of its flow would still find it. Dispatcher's thread.
     *
     * @param sa       the SA.
     * @param position of the first packet that does not find it.
     * @param passed   a position that gather has reached.
     */
    public void unbind(final OutboundFlow sa, final long position, final long passed) {
        final Binding newest = chunks[sa.flow() >>> SHIFT].get(sa.flow() & CHUNK - 1);
        if (newest != null && newest.sa == sa) {
            bind(sa.flow(), null, position, passed);
        }
    }

    /** The SA of a flow at a position, or null. Gather. */
    @Nullable OutboundFlow find(final int flow, final long arrival) {
        final AtomicReferenceArray<@Nullable Binding>[] now = chunks;
        if (flow >>> SHIFT >= now.length) {
            return null;
        }
        Binding binding = now[flow >>> SHIFT].get(flow & CHUNK - 1);
        while (binding != null && binding.from > arrival) {
            binding = binding.previous;
        }
        return binding == null ? null : binding.sa;
    }
}
