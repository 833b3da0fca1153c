package org.qfpsim.controlplane.ike.v2.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Reads a chain of payloads. Every length is checked against what is left before it is used, and every list is bounded. Substructures are
 * linked by a "more" octet (RFC 7296 sections 3.3.1, 3.3.2) which must agree with the lengths.
 */
public final class PayloadReader {
    /** Payloads in a message; real ones have fewer than 20. */
    static final int MAX_PAYLOADS = 64;
    /** Proposals, or selectors, in a payload. */
    static final int MAX_PARTS = 64;
    /** Transforms in a proposal. */
    static final int MAX_TRANSFORMS = 64;

    private static final int GENERIC = 4;
    private static final int CRITICAL = 0x80;
    private static final int FIRST_DEFINED = 33;
    private static final int LAST_DEFINED = 48;
    private static final int KEY_LENGTH = 14;
    private static final int SHORT_ATTRIBUTE = 0x8000;

    private final ByteBuffer in;

    private PayloadReader(final ByteBuffer in) {
        this.in = in;
    }

    /**
     * Reads the payloads behind the header.
     *
     * @param header  what {@link Header#read} gave.
     * @param message the whole message.
     * @return the payloads.
     * @throws MalformedMessageException if a length or a bound is wrong.
     */
    public static List<Payload> outer(final Header header, final byte[] message) throws MalformedMessageException {
        return chain(header.nextPayload(), ByteBuffer.wrap(message, Header.OCTETS, message.length - Header.OCTETS), true);
    }

    /**
     * Reads the payloads inside an encrypted one.
     *
     * @param first type of the first payload.
     * @param plain the plaintext without padding.
     * @return the payloads.
     * @throws MalformedMessageException if a length or a bound is wrong.
     */
    public static List<Payload> inner(final int first, final byte[] plain) throws MalformedMessageException {
        return chain(first, ByteBuffer.wrap(plain), false);
    }

    private static List<Payload> chain(final int first, final ByteBuffer in, final boolean outer) throws MalformedMessageException {
        final List<Payload> payloads = new ArrayList<>();
        int type = first;
        while (type != 0) {
            need(payloads.size() < MAX_PAYLOADS, "more than " + MAX_PAYLOADS + " payloads");
            need(in.remaining() >= GENERIC, "a payload header is cut off");
            final int next = in.get() & 0xff;
            final boolean critical = (in.get() & CRITICAL) != 0;
            final int length = in.getShort() & 0xffff;
            need(length >= GENERIC && length - GENERIC <= in.remaining(), "payload " + type + " has length " + length);
            if (outer && (type == Payload.SK || type == Payload.SKF)) {
                payloads.add(encrypted(type, next, in, length - GENERIC));
                return payloads;
            }
            final ByteBuffer body = in.slice(in.position(), length - GENERIC);
            in.position(in.position() + length - GENERIC);
            payloads.add(new PayloadReader(body).read(type, critical));
            type = next;
        }
        need(!in.hasRemaining(), in.remaining() + " octets behind the last payload");
        return payloads;
    }

    private static Payload encrypted(final int type, final int first, final ByteBuffer in, final int length)
        throws MalformedMessageException {
        need(length == in.remaining(), "the encrypted payload is not the last one");
        if (type == Payload.SK) {
            return new Payload.Encrypted(type, first, 1, 1, in.position());
        }
        need(length >= GENERIC, "a fragment is cut off");
        final int number = in.getShort() & 0xffff;
        final int total = in.getShort() & 0xffff;
        // RFC 7383 section 2.6: numbers begin at 1; only the first one names the first payload.
        need(number >= 1 && number <= total && (number == 1 || first == 0), "fragment " + number + " of " + total);
        return new Payload.Encrypted(type, first, number, total, in.position());
    }

    private Payload read(final int type, final boolean critical) throws MalformedMessageException {
        return switch (type) {
            case Payload.SA -> new Payload.SecurityAssociation(proposals());
            case Payload.KE -> keyExchange();
            case Payload.ID_I, Payload.ID_R -> identification(type == Payload.ID_I);
            case Payload.AUTH -> authentication();
            case Payload.NONCE -> nonce();
            case Payload.NOTIFY -> notification();
            case Payload.DELETE -> delete();
            case Payload.TS_I, Payload.TS_R -> selectors(type == Payload.TS_I);
            default -> new Payload.Other(type, critical && (type < FIRST_DEFINED || type > LAST_DEFINED));
        };
    }

    private List<Proposal> proposals() throws MalformedMessageException {
        final List<Proposal> proposals = new ArrayList<>();
        boolean more = true;
        while (more) {
            need(proposals.size() < MAX_PARTS && in.remaining() >= 8, "a proposal is cut off");
            final int start = in.position();
            more = more(2);
            final int length = in.getShort() & 0xffff;
            need(length >= 8 && length <= in.limit() - start, "a proposal has length " + length);
            final int number = in.get() & 0xff;
            final int protocol = in.get() & 0xff;
            final int spiOctets = in.get() & 0xff;
            final int count = in.get() & 0xff;
            need(8 + spiOctets <= length && count <= MAX_TRANSFORMS, "proposal " + number + " has too much in it");
            final byte[] spi = take(spiOctets);
            final ByteBuffer body = in.slice(in.position(), start + length - in.position());
            in.position(start + length);
            proposals.add(new Proposal(number, protocol, spi, new PayloadReader(body).transforms(count)));
        }
        need(!in.hasRemaining(), "octets behind the last proposal");
        return proposals;
    }

    private List<Transform> transforms(final int count) throws MalformedMessageException {
        final List<Transform> transforms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            need(in.remaining() >= 8, "a transform is cut off");
            final int start = in.position();
            need(more(3) == i < count - 1, "the number of transforms is wrong");
            final int length = in.getShort() & 0xffff;
            need(length >= 8 && length <= in.limit() - start, "a transform has length " + length);
            final int type = in.get() & 0xff;
            in.get();
            final int id = in.getShort() & 0xffff;
            final ByteBuffer body = in.slice(in.position(), start + length - in.position());
            in.position(start + length);
            transforms.add(new PayloadReader(body).attributes(type, id));
        }
        need(!in.hasRemaining(), "octets behind the last transform");
        return transforms;
    }

    private Transform attributes(final int type, final int id) throws MalformedMessageException {
        int keyBits = 0;
        boolean understood = true;
        while (in.hasRemaining()) {
            need(in.remaining() >= 4, "an attribute is cut off");
            final int name = in.getShort() & 0xffff;
            final int value = in.getShort() & 0xffff;
            if ((name & SHORT_ATTRIBUTE) == 0) {
                take(value);
            }
            if (name == (SHORT_ATTRIBUTE | KEY_LENGTH)) {
                keyBits = value;
            } else {
                understood = false;
            }
        }
        return new Transform(type, id, keyBits, understood);
    }

    /** The octet that says whether another substructure follows: 0, or a fixed number. */
    private boolean more(final int number) throws MalformedMessageException {
        final int last = in.get() & 0xff;
        need(last == 0 || last == number, "a substructure is marked " + last);
        in.get();
        return last != 0;
    }

    private Payload keyExchange() throws MalformedMessageException {
        need(in.remaining() >= 4, "KE is cut off");
        final int group = in.getShort() & 0xffff;
        in.getShort();
        return new Payload.KeyExchange(group, rest());
    }

    private Payload identification(final boolean initiator) throws MalformedMessageException {
        need(in.remaining() >= 4, "ID is cut off");
        final int type = in.get() & 0xff;
        take(3);
        return new Payload.Identification(initiator, type, rest());
    }

    private Payload authentication() throws MalformedMessageException {
        need(in.remaining() >= 4, "AUTH is cut off");
        final int method = in.get() & 0xff;
        take(3);
        return new Payload.Authentication(method, rest());
    }

    private Payload nonce() throws MalformedMessageException {
        // RFC 7296 section 3.9.
        need(in.remaining() >= 16 && in.remaining() <= 256, "a nonce of " + in.remaining() + " octets");
        return new Payload.Nonce(rest());
    }

    private Payload notification() throws MalformedMessageException {
        need(in.remaining() >= 4, "a notify is cut off");
        final int protocol = in.get() & 0xff;
        final int spiOctets = in.get() & 0xff;
        final int type = in.getShort() & 0xffff;
        return new Payload.Notify(protocol, take(spiOctets), type, rest());
    }

    private Payload delete() throws MalformedMessageException {
        need(in.remaining() >= 4, "a delete is cut off");
        final int protocol = in.get() & 0xff;
        final int spiOctets = in.get() & 0xff;
        final int count = in.getShort() & 0xffff;
        need(in.remaining() == spiOctets * count, "a delete of " + count + " SPIs has another length");
        need(protocol == Proposal.IKE ? spiOctets == 0 : spiOctets == 4, "a delete has SPIs of " + spiOctets + " octets");
        final List<Integer> spis = new ArrayList<>();
        while (in.hasRemaining()) {
            spis.add(in.getInt());
        }
        return new Payload.Delete(protocol, spis);
    }

    private Payload selectors(final boolean initiator) throws MalformedMessageException {
        need(in.remaining() >= 4, "TS is cut off");
        final int count = in.get() & 0xff;
        take(3);
        need(count >= 1 && count <= MAX_PARTS, count + " traffic selectors");
        final List<SelectorRange> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            need(in.remaining() >= 8, "a traffic selector is cut off");
            final int type = in.get() & 0xff;
            final int protocol = in.get() & 0xff;
            final int length = in.getShort() & 0xffff;
            final int address = type == SelectorRange.IPV6 ? 16 : 4;
            need(type == SelectorRange.IPV4 || type == SelectorRange.IPV6, "traffic selector of type " + type);
            need(length == 8 + 2 * address, "a traffic selector has length " + length);
            final int portLow = in.getShort() & 0xffff;
            final int portHigh = in.getShort() & 0xffff;
            ranges.add(new SelectorRange(protocol, portLow, portHigh, IpAddress.of(take(address)), IpAddress.of(take(address))));
        }
        need(!in.hasRemaining(), "octets behind the last traffic selector");
        return new Payload.Selectors(initiator, ranges);
    }

    private byte[] take(final int octets) throws MalformedMessageException {
        need(octets <= in.remaining(), octets + " octets are wanted, " + in.remaining() + " left");
        final byte[] taken = new byte[octets];
        in.get(taken);
        return taken;
    }

    private byte[] rest() throws MalformedMessageException {
        return take(in.remaining());
    }

    private static void need(final boolean condition, final String reason) throws MalformedMessageException {
        if (!condition) {
            throw new MalformedMessageException(reason);
        }
    }
}
