package org.qfpsim.sim.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** A program in a namespace: one TCP connection that is full in both directions, and the SHA-256 of what went and came. */
public final class BulkTransfer {
    private static final int CHUNK = 1 << 16;

    private BulkTransfer() {
    }

    /**
     * Transfers; prints what was sent and what was received: {@code SHA-256 SHA-256}.
     *
     * @param args own address, its port or 0, the other's address and port or - -, octets to send, seed of their content.
     * @throws IOException if the connection breaks.
     */
    public static void main(final String[] args) throws IOException {
        final InetSocketAddress own = new InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1]));
        try (Socket socket = args[2].equals("-") ? accept(own) : connect(own, args[2], Integer.parseInt(args[3]))) {
            final CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> receive(socket));
            final String sent = send(socket, Long.parseLong(args[4]), Long.parseLong(args[5]));
            System.out.println(sent + " " + received.join());
        }
    }

    private static Socket accept(final InetSocketAddress own) throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(own);
            System.out.println("listens");
            return server.accept();
        }
    }

    private static Socket connect(final InetSocketAddress own, final String address, final int port) throws IOException {
        final Socket socket = new Socket();
        socket.bind(own);
        socket.connect(new InetSocketAddress(InetAddress.getByName(address), port));
        return socket;
    }

    private static String send(final Socket socket, final long octets, final long seed) throws IOException {
        final MessageDigest digest = sha256();
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] chunk = new byte[CHUNK];
        final OutputStream out = socket.getOutputStream();
        for (long left = octets; left > 0; left -= CHUNK) {
            random.nextBytes(chunk);
            final int length = (int) Math.min(CHUNK, left);
            digest.update(chunk, 0, length);
            out.write(chunk, 0, length);
        }
        socket.shutdownOutput();
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String receive(final Socket socket) {
        try {
            final MessageDigest digest = sha256();
            final byte[] chunk = new byte[CHUNK];
            final InputStream in = socket.getInputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                digest.update(chunk, 0, length);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (final IOException e) {
            return e.toString();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
