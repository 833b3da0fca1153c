package org.qfpsim.controlplane.ike.v2.wire;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Writes payloads as a chain. */
public final class PayloadWriter {
    private static final int KEY_LENGTH = 0x800e;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PayloadWriter() {
    }

    /**
     * A whole message that is not encrypted.
     *
     * @param header   whose type of the first payload is set here.
     * @param payloads in their order.
     * @return the message.
     */
    public static byte[] message(final Header header, final List<Payload> payloads) {
        final byte[] chain = chain(payloads);
        final PayloadWriter writer = new PayloadWriter();
        writer.octets(header.with(first(payloads)).write(Header.OCTETS + chain.length));
        writer.octets(chain);
        return writer.out.toByteArray();
    }

    /**
     * The type that the header, or the encrypted payload, names as the first one.
     *
     * @param payloads in their order.
     * @return 0 if there are none.
     */
    public static int first(final List<Payload> payloads) {
        return payloads.isEmpty() ? 0 : payloads.getFirst().type();
    }

    /**
     * The chain alone.
     *
     * @param payloads in their order.
     * @return the octets.
     */
    public static byte[] chain(final List<Payload> payloads) {
        final PayloadWriter writer = new PayloadWriter();
        for (int i = 0; i < payloads.size(); i++) {
            final PayloadWriter body = new PayloadWriter();
            body.body(payloads.get(i));
            writer.octet(i + 1 < payloads.size() ? payloads.get(i + 1).type() : 0);
            writer.octet(0);
            writer.sixteen(4 + body.out.size());
            writer.octets(body.out.toByteArray());
        }
        return writer.out.toByteArray();
    }

    private void body(final Payload payload) {
        switch (payload) {
            case Payload.SecurityAssociation sa -> proposals(sa.proposals());
            case Payload.KeyExchange ke -> {
                sixteen(ke.group());
                sixteen(0);
                octets(ke.value());
            }
            case Payload.Identification id -> octets(id.body());
            case Payload.Authentication auth -> {
                octet(auth.method());
                octets(new byte[3]);
                octets(auth.value());
            }
            case Payload.Nonce nonce -> octets(nonce.value());
            case Payload.Notify notify -> {
                octet(notify.protocol());
                octet(notify.spi().length);
                sixteen(notify.code());
                octets(notify.spi());
                octets(notify.data());
            }
            case Payload.Delete delete -> {
                octet(delete.protocol());
                octet(delete.protocol() == Proposal.IKE ? 0 : Integer.BYTES);
                sixteen(delete.spis().size());
                delete.spis().forEach(this::thirtyTwo);
            }
            case Payload.Selectors ts -> {
                octet(ts.ranges().size());
                octets(new byte[3]);
                ts.ranges().forEach(this::selector);
            }
            case Payload.Other other -> throw new IllegalArgumentException("payload " + other.type() + " is never sent");
            case Payload.Encrypted sk -> throw new IllegalArgumentException("payload " + sk.type() + " is not part of a chain");
        }
    }

    private void proposals(final List<Proposal> proposals) {
        for (int i = 0; i < proposals.size(); i++) {
            final Proposal proposal = proposals.get(i);
            final PayloadWriter body = new PayloadWriter();
            body.transforms(proposal.transforms());
            octet(i + 1 < proposals.size() ? 2 : 0);
            octet(0);
            sixteen(8 + proposal.spi().length + body.out.size());
            octet(proposal.number());
            octet(proposal.protocol());
            octet(proposal.spi().length);
            octet(proposal.transforms().size());
            octets(proposal.spi());
            octets(body.out.toByteArray());
        }
    }

    private void transforms(final List<Transform> transforms) {
        for (int i = 0; i < transforms.size(); i++) {
            final Transform transform = transforms.get(i);
            octet(i + 1 < transforms.size() ? 3 : 0);
            octet(0);
            sixteen(transform.keyBits() == 0 ? 8 : 12);
            octet(transform.type());
            octet(0);
            sixteen(transform.id());
            if (transform.keyBits() != 0) {
                sixteen(KEY_LENGTH);
                sixteen(transform.keyBits());
            }
        }
    }

    private void selector(final SelectorRange range) {
        octet(range.low().v6() ? SelectorRange.IPV6 : SelectorRange.IPV4);
        octet(range.protocol());
        sixteen(range.octets());
        sixteen(range.portLow());
        sixteen(range.portHigh());
        octets(range.low().octets());
        octets(range.high().octets());
    }

    private void octet(final int value) {
        out.write(value);
    }

    private void sixteen(final int value) {
        out.write(value >> 8);
        out.write(value);
    }

    private void thirtyTwo(final int value) {
        sixteen(value >> 16);
        sixteen(value);
    }

    private void octets(final byte[] octets) {
        out.writeBytes(octets);
    }
}
