package org.qfpsim.controlplane.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.show.FlashFiles;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.trace.TraceBuffer;
import org.qfpsim.datapath.trace.TraceRecord;

/** Copies of traced packets as a pcapng file: each with a comment that says what became of it. */
final class TraceExport {
    private final PacketWatch watch;
    private final WallClock clock;
    private final EngineToken token;
    private final FlashFiles flash;

    TraceExport(final PacketWatch watch, final WallClock clock, final EngineToken token, final FlashFiles flash) {
        this.watch = watch;
        this.clock = clock;
        this.token = token;
        this.flash = flash;
    }

    /** The file as an argument. */
    CommandNode file() {
        final Argument<String> file = PacketFile.argument();
        return CommandNode.argument(file, "File to write", input -> write(input.get(file)));
    }

    private String write(final String name) {
        try {
            final PacketFile file = new PacketFile(clock, watch.timers());
            final TraceBuffer trace = watch.trace();
            int left = 0;
            for (long i = trace == null ? 0 : trace.oldest(); trace != null && i < trace.end(); i++) {
                final TraceRecord packet = trace.read(i);
                if (packet != null) {
                    left += write(file, i, packet);
                }
            }
            return file.save(flash, name)
                + (left == 0 ? "" : left + " copies begin behind the IP header and were left out: copy L2 or L3\n");
        } catch (final IOException e) {
            // It goes to memory.
            throw new UncheckedIOException(e);
        }
    }

    /** Both copies of a packet; how many could not be written. */
    private int write(final PacketFile file, final long number, final TraceRecord packet) throws IOException {
        final Names names = new Names(watch.interfaces());
        final String type = Names.ipsecType(packet.verdict(), token);
        final String state = (Names.state(packet.verdict()) + " " + Names.reason(packet.verdict())).stripTrailing()
            + (type == null ? "" : ", IPsec drop type " + type);
        return write(file, names.input(packet, false), packet.in(), packet.startNanos(), "packet " + number + " in: " + state)
            + write(file, names.output(packet, false), packet.out(), packet.startNanos() + packet.lapsedNanos(),
                "packet " + number + " out: " + state);
    }

    private static int write(final PacketFile file, final String port, final TraceRecord.Copy copy, final long nanos, final String comment)
        throws IOException {
        if (copy.octets().length == 0) {
            return 0;
        }
        if (copy.form() != TraceRecord.Form.ETHERNET && copy.form() != TraceRecord.Form.IP) {
            return 1;
        }
        file.add(port, copy.form() == TraceRecord.Form.ETHERNET ? PcapngWriter.ETHERNET : PcapngWriter.RAW_IP, nanos, copy.octets(),
            copy.length(), comment);
        return 0;
    }
}
