package org.qfpsim.sim.outside;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/** Records frames of an interface, and throws mutations of them at another one: the forger's program, in a namespace of its own. */
public final class FrameThrower {
    private static final int ETHERNET_BYTES = 14;
    private static final int MAX_FRAME = 1514;
    private static final long SENDER = 0x0200_0bad_0001L;

    private FrameThrower() {
    }

    /**
     * Throws.
     *
     * @param args file of frames, interface, frames a second, seconds, seed.
     * @throws IOException if the file cannot be read.
     */
    public static void main(final String[] args) throws IOException {
        final List<byte[]> frames = read(Path.of(args[0]));
        final long perSecond = Long.parseLong(args[2]);
        final SplittableRandom random = new SplittableRandom(Long.parseLong(args[4]));
        long sent = 0;
        try (PacketSocket socket = PacketSocket.open(args[1])) {
            final long start = System.nanoTime();
            final long end = start + Long.parseLong(args[3]) * 1_000_000_000L;
            for (long now = start; now < end; now = System.nanoTime()) {
                // One who has had to wait for the processor must not become a flood that no ring has room for.
                final long most = sent + perSecond / 100 + 1;
                while (sent < Math.min(most, (now - start) / 1e9 * perSecond)) {
                    final byte[] frame = mutated(frames.get(random.nextInt(frames.size())), random);
                    socket.send(new UnsafeBuffer(frame), 0, frame.length);
                    sent++;
                }
                socket.flush();
                LockSupport.parkNanos(1_000_000);
            }
        }
        System.out.println(sent);
    }

    /** A frame with other octets, cut or longer; from the forger's Ethernet address, or the switch would learn the peer's at his port. */
    static byte[] mutated(final byte[] seed, final SplittableRandom random) {
        final int length = switch (random.nextInt(4)) {
            case 0 -> ETHERNET_BYTES + random.nextInt(seed.length - ETHERNET_BYTES + 1);
            case 1 -> Math.min(MAX_FRAME, seed.length + random.nextInt(64));
            default -> seed.length;
        };
        final byte[] frame = new byte[length];
        System.arraycopy(seed, 0, frame, 0, Math.min(length, seed.length));
        for (int i = 0; i < 6; i++) {
            frame[6 + i] = (byte) (SENDER >>> 40 - 8 * i);
        }
        for (int n = random.nextInt(8); n >= 0 && length > ETHERNET_BYTES; n--) {
            frame[ETHERNET_BYTES + random.nextInt(length - ETHERNET_BYTES)] = (byte) random.nextInt();
        }
        return Forgery.plausible(seed, frame, random);
    }

    private static List<byte[]> read(final Path file) throws IOException {
        final List<byte[]> frames = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            for (int count = in.readInt(); count > 0; count--) {
                final byte[] frame = new byte[in.readInt()];
                in.readFully(frame);
                frames.add(frame);
            }
        }
        return frames;
    }

    /** Frames that an interface receives while something happens; nothing of ARP. */
    public static final class Recorder implements AutoCloseable {
        private static final int MAX_FRAMES = 1000;
        private static final int ETHERTYPE_IPV4 = 0x0800;

        private final PacketSocket socket;
        private final List<byte[]> frames = new ArrayList<>();

        /**
         * Begins to record.
         *
         * @param name of the interface.
         */
        public Recorder(final String name) {
            socket = PacketSocket.open(name);
        }

        /**
         * Writes what has been received.
         *
         * @param file for {@link #main}.
         * @return how many frames.
         * @throws IOException if it cannot be written.
         */
        public int write(final Path file) throws IOException {
            final OutsidePort.FrameSink sink = (buffer, offset, length) -> {
                if (frames.size() < MAX_FRAMES && length <= MAX_FRAME
                    && buffer.getShort(offset + 12, ByteOrder.BIG_ENDIAN) == ETHERTYPE_IPV4) {
                    final byte[] frame = new byte[length];
                    buffer.getBytes(offset, frame);
                    frames.add(frame);
                }
            };
            while (socket.receive(sink) != 0) {
                // A call brings one block of the ring.
            }
            try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
                out.writeInt(frames.size());
                for (final byte[] frame : frames) {
                    out.writeInt(frame.length);
                    out.write(frame);
                }
            }
            return frames.size();
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
