package org.qfpsim.sim.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.controlplane.capture.PcapngWriter;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.sim.capture.LinkType;
import org.qfpsim.sim.router.VerdictNames;

/** Writes every dropped frame, as it came in, with the reason as packet comment. */
final class DropCapture implements CommitObserver {
    private final PcapngWriter out;
    private final FrameHistory history;
    private final EngineToken token;
    private final FirstFailure failure;
    private final Map<LinkType, Integer> interfaces = new EnumMap<>(LinkType.class);
    private final Map<Long, Held> held = new HashMap<>();

    /** When a fragment came, and on which link. */
    private record Held(long nanos, int wireLength, int linkType) {
    }

    DropCapture(final PcapngWriter out, final FrameHistory history, final EngineToken token, final FirstFailure failure) {
        this.out = out;
        this.failure = failure;
        this.history = history;
        this.token = token;
    }

    @Override
    public void committed(final UnsafeBuffer ring, final int slot, final int verdict) {
        final int kind = Verdict.kind(verdict);
        final long arrival = ring.getLong(slot + Slot.ARRIVAL);
        final Held fragment = held.remove(arrival);
        if (kind != Verdict.DROP_IPSEC && kind != Verdict.DROP_GLOBAL) {
            if (fragment != null) {
                history.get(arrival);
            }
            return;
        }
        final Held frame = fragment != null ? fragment : notes(ring, slot);
        final int spi = ring.getInt(slot + Slot.SPI);
        write(arrival, frame, comment(verdict) + (spi == 0 ? "" : ", SPI 0x" + HexFormat.of().toHexDigits(spi)));
    }

    private static Held notes(final UnsafeBuffer ring, final int slot) {
        return new Held(ring.getLong(slot + Slot.TIME), ring.getInt(slot + Slot.WIRE_LENGTH), ring.getInt(slot + Slot.LINK_TYPE));
    }

    @Override
    public void held(final UnsafeBuffer ring, final int slot) {
        final long arrival = ring.getLong(slot + Slot.ARRIVAL);
        history.hold(arrival);
        held.put(arrival, notes(ring, slot));
    }

    @Override
    public void released(final long arrival, final int verdict, final long completing) {
        final Held frame = held.remove(arrival);
        if (frame == null || Verdict.kind(verdict) == Verdict.CONSUME) {
            history.get(arrival);
        } else {
            write(arrival, frame, comment(verdict));
        }
    }

    private String comment(final int verdict) {
        final String name = VerdictNames.drop(verdict, token);
        final String global = VerdictNames.global(verdict).cliName();
        return Verdict.kind(verdict) == Verdict.DROP_IPSEC
            ? "dropped: " + Verdict.number(verdict) + " " + name + " (" + global + ")"
            : "dropped: " + name + " (" + Verdict.number(verdict) + ")";
    }

    private void write(final long arrival, final Held frame, final String comment) {
        final byte[] octets = history.get(arrival);
        failure.attempt(() -> out.write(interfaceOf(linkType(frame.linkType())), frame.nanos(), ByteBuffer.wrap(octets),
            frame.wireLength(), comment));
    }

    private int interfaceOf(final LinkType type) throws IOException {
        final Integer known = interfaces.get(type);
        if (known != null) {
            return known;
        }
        final int number = out.addInterface(type.number(), "input");
        interfaces.put(type, number);
        return number;
    }

    private static LinkType linkType(final int linkLayer) {
        return switch (linkLayer) {
            case LinkLayer.ETHERNET -> LinkType.ETHERNET;
            case LinkLayer.LINUX_SLL -> LinkType.LINUX_SLL;
            case LinkLayer.LINUX_SLL2 -> LinkType.LINUX_SLL2;
            default -> LinkType.RAW;
        };
    }
}
