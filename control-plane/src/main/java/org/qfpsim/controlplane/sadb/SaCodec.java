package org.qfpsim.controlplane.sadb;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * A record in octets, network order. There is one encoding of a record, so that equal octets mean equal records.
 * <pre>
 *    0  version 2 (1)   direction (1)   flags (1)   mode (1)   state (1)   IKE version (1)
 *    6  our SPI (4)   peer's SPI (4)   local port (2)   remote port (2)   suite (4)   replay window (2)
 *   24  seconds, kilobytes, created, soft, hard, changed, sequence, opening (8 each)
 *   88  SPI that it replaces (4)   selector: protocol, ports (2 each)   source and destination prefix length (1 each)
 *  104  addresses: local, remote (4 or 16 each)   selector: source, destination (4 or 16 each)
 *       key, salt, integrity key (the suite says how long)
 *       identity: type (1), length (1), octets   policy: length (1), octets   reason: length (1), octets
 *       CRC-32C of all before (4)
 * </pre>
 */
final class SaCodec {
    /** No record is longer. */
    static final int MAX_BYTES = 1024;

    private static final byte VERSION = 2;
    private static final int CHECKSUM_BYTES = 4;
    private static final int SELECTOR_NUMBERS = 12;
    private static final int PATH_V6 = 1;
    private static final int UDP = 2;
    private static final int ESN = 4;
    private static final int INITIATOR = 8;
    private static final int REPLACES = 16;
    private static final int IDENTITY = 32;
    private static final int SELECTOR_V6 = 64;

    private SaCodec() {
    }

    static byte[] encode(final SaRecord sa) {
        final ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
        final SaRecord.Origin origin = sa.origin();
        out.put(VERSION).put((byte) sa.direction().ordinal()).put((byte) flags(sa)).put((byte) sa.mode().ordinal())
            .put((byte) sa.status().state().ordinal()).put((byte) origin.ikeVersion())
            .putInt(sa.inboundSpi()).putInt(sa.outboundSpi())
            .putShort((short) sa.path().localPort()).putShort((short) sa.path().remotePort());
        SuiteCode.put(out, sa.suite());
        out.putShort((short) sa.replayWindow())
            .putLong(sa.life().seconds()).putLong(sa.life().kilobytes()).putLong(sa.life().createdNanos())
            .putLong(sa.life().softNanos()).putLong(sa.life().hardNanos())
            .putLong(sa.status().changedNanos()).putLong(sa.sequence()).putLong(sa.opening())
            .putInt(origin.replaces() == null ? 0 : origin.replaces());
        final TrafficSelector selector = sa.selector();
        out.putShort((short) selector.protocol())
            .putShort((short) selector.sourcePortLow()).putShort((short) selector.sourcePortHigh())
            .putShort((short) selector.destinationPortLow()).putShort((short) selector.destinationPortHigh())
            .put((byte) selector.source().length()).put((byte) selector.destination().length())
            .put(sa.path().local().octets()).put(sa.path().remote().octets())
            .put(selector.source().address().octets()).put(selector.destination().address().octets())
            .put(sa.keys().key()).put(sa.keys().salt()).put(sa.keys().authKey());
        final IkeIdentity identity = sa.identity();
        if (identity != null) {
            out.put((byte) identity.type()).put((byte) identity.value().length).put(identity.value());
        }
        putText(out, sa.policy());
        putText(out, sa.status().reason());
        out.putInt(checksum(out.array(), out.position()));
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int flags(final SaRecord sa) {
        return (sa.path().local().v6() ? PATH_V6 : 0) | (sa.udp() ? UDP : 0) | (sa.esn() ? ESN : 0)
            | (sa.origin().initiator() ? INITIATOR : 0) | (sa.origin().replaces() != null ? REPLACES : 0)
            | (sa.identity() != null ? IDENTITY : 0) | (sa.selector().source().address().v6() ? SELECTOR_V6 : 0);
    }

    /**
     * Reads a record; trusts nothing in it.
     *
     * @param octets from the database.
     * @return the record.
     * @throws IllegalArgumentException if it is not one, says why, and shows nothing of what is in it but numbers.
     */
    static SaRecord decode(final byte[] octets) {
        if (octets.length < CHECKSUM_BYTES || octets.length > MAX_BYTES) {
            throw new IllegalArgumentException("a record of " + octets.length + " octets");
        }
        final ByteBuffer in = ByteBuffer.wrap(octets);
        final int end = octets.length - CHECKSUM_BYTES;
        if (in.getInt(end) != checksum(octets, end)) {
            throw new IllegalArgumentException("wrong checksum");
        }
        in.limit(end);
        try {
            final SaRecord sa = read(in);
            if (in.hasRemaining()) {
                throw new IllegalArgumentException(in.remaining() + " octets too many");
            }
            return sa;
        } catch (final BufferUnderflowException e) {
            throw new IllegalArgumentException("record is cut off", e);
        } catch (final CharacterCodingException e) {
            throw new IllegalArgumentException("text is not UTF-8", e);
        }
    }

    private static SaRecord read(final ByteBuffer in) throws CharacterCodingException {
        if (in.get() != VERSION) {
            throw new IllegalArgumentException("unknown version " + in.get(0) + " of the record");
        }
        final SaRecord.Direction direction = constant(SaRecord.Direction.values(), in.get());
        final int flags = in.get();
        if (flags < 0) {
            throw new IllegalArgumentException("unknown flag");
        }
        final SaSpec.Mode mode = constant(SaSpec.Mode.values(), in.get());
        final SaRecord.State state = constant(SaRecord.State.values(), in.get());
        final int version = in.get();
        final int inboundSpi = in.getInt();
        final int outboundSpi = in.getInt();
        final int localPort = Short.toUnsignedInt(in.getShort());
        final int remotePort = Short.toUnsignedInt(in.getShort());
        final EspSuite suite = SuiteCode.get(in);
        final int replayWindow = Short.toUnsignedInt(in.getShort());
        final SaRecord.Life life = new SaRecord.Life(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
        final long changed = in.getLong();
        final long sequence = in.getLong();
        final long opening = in.getLong();
        final SaRecord.Origin origin = origin(version, flags, in.getInt());
        final ByteBuffer numbers = ByteBuffer.wrap(octets(in, SELECTOR_NUMBERS));
        final IkePath path = new IkePath(address(in, flags & PATH_V6), localPort, address(in, flags & PATH_V6), remotePort);
        final TrafficSelector selector = selector(numbers, address(in, flags & SELECTOR_V6), address(in, flags & SELECTOR_V6));
        final EspKeys keys = new EspKeys(octets(in, suite.keyBytes()), octets(in, suite.saltBytes()), octets(in, suite.authKeyBytes()));
        final @Nullable IkeIdentity identity = (flags & IDENTITY) == 0 ? null : identity(in);
        final String policy = text(in);
        return new SaRecord(direction, path, (flags & UDP) != 0, inboundSpi, outboundSpi, suite, mode, (flags & ESN) != 0, replayWindow,
            keys, selector, life, identity, origin, policy, new SaRecord.Status(state, changed, text(in)), sequence,
            opening);
    }

    private static SaRecord.Origin origin(final int version, final int flags, final int replaces) {
        if ((flags & REPLACES) == 0 && replaces != 0) {
            throw new IllegalArgumentException("an SPI that replaces nothing");
        }
        return new SaRecord.Origin(version, (flags & INITIATOR) != 0, (flags & REPLACES) == 0 ? null : replaces);
    }

    private static TrafficSelector selector(final ByteBuffer numbers, final IpAddress source, final IpAddress destination) {
        final int protocol = numbers.getShort();
        final int[] ports = new int[4];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = Short.toUnsignedInt(numbers.getShort());
        }
        return new TrafficSelector(prefix(source, numbers.get()), prefix(destination, numbers.get()), protocol,
            ports[0], ports[1], ports[2], ports[3]);
    }

    private static IpPrefix prefix(final IpAddress address, final byte length) {
        final IpPrefix prefix = new IpPrefix(address, Byte.toUnsignedInt(length));
        if (!prefix.address().equals(address)) {
            throw new IllegalArgumentException("bits behind a prefix");
        }
        return prefix;
    }

    private static IpAddress address(final ByteBuffer in, final int v6) {
        return IpAddress.of(octets(in, v6 != 0 ? 16 : 4));
    }

    private static IkeIdentity identity(final ByteBuffer in) {
        final int type = Byte.toUnsignedInt(in.get());
        return new IkeIdentity(type, octets(in, Byte.toUnsignedInt(in.get())));
    }

    private static byte[] octets(final ByteBuffer in, final int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        final byte[] octets = new byte[length];
        in.get(octets);
        return octets;
    }

    private static void putText(final ByteBuffer out, final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.put((byte) octets.length).put(octets);
    }

    private static String text(final ByteBuffer in) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets(in, Byte.toUnsignedInt(in.get())))).toString();
    }

    private static <T> T constant(final T[] values, final byte code) {
        if (code < 0 || code >= values.length) {
            throw new IllegalArgumentException("unknown code " + code);
        }
        return values[code];
    }

    static int checksum(final byte[] octets, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(octets, 0, length);
        return (int) crc.getValue();
    }
}
