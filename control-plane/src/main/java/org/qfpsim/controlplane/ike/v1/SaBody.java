package org.qfpsim.controlplane.ike.v1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An SA payload (RFC 2408 section 3.4, RFC 2407 section 4.6.1) of the IPsec DOI with the situation "identity only".
 *
 * @param proposals the preferred one first.
 */
record SaBody(List<Proposal> proposals) {
    private static final int FIXED = 8;
    private static final int HEAD = 8;
    private static final int MAX = 32;

    SaBody {
        proposals = List.copyOf(proposals);
    }

    /**
     * Reads the body.
     *
     * @param body behind the generic header.
     * @return its proposals, at least one, each with at least one transform.
     * @throws MalformedException if it is not well formed.
     */
    static SaBody parse(final byte[] body) throws MalformedException {
        if (body.length < FIXED) {
            throw new MalformedException("an SA payload of " + body.length + " octets");
        }
        final ByteBuffer in = ByteBuffer.wrap(body);
        final int doi = in.getInt();
        // DOI 0 is ISAKMP alone, which some send in phase 1.
        if (doi != Isakmp.DOI_IPSEC && doi != 0 || in.getInt() != Isakmp.IDENTITY_ONLY) {
            throw new MalformedException("another domain of interpretation or situation");
        }
        final List<Proposal> proposals = new ArrayList<>();
        for (final byte[] part : parts(Isakmp.PROPOSAL, Arrays.copyOfRange(body, FIXED, body.length))) {
            proposals.add(proposal(part));
        }
        return new SaBody(proposals);
    }

    private static Proposal proposal(final byte[] part) throws MalformedException {
        final int spiBytes = part[6] & 0xff;
        if (spiBytes > part.length - HEAD) {
            throw new MalformedException("an SPI of " + spiBytes + " octets");
        }
        final List<Transform> transforms = new ArrayList<>();
        for (final byte[] each : parts(Isakmp.TRANSFORM, Arrays.copyOfRange(part, HEAD + spiBytes, part.length))) {
            transforms.add(new Transform(each[4] & 0xff, each[5] & 0xff, Attribute.parse(each, HEAD)));
        }
        if (transforms.size() != (part[7] & 0xff)) {
            throw new MalformedException("a proposal says " + (part[7] & 0xff) + " transforms and has " + transforms.size());
        }
        return new Proposal(part[4] & 0xff, part[5] & 0xff, Arrays.copyOfRange(part, HEAD, HEAD + spiBytes), transforms);
    }

    /** Proposals or transforms up to the end, each with its header. */
    private static List<byte[]> parts(final int type, final byte[] octets) throws MalformedException {
        final List<byte[]> parts = new ArrayList<>();
        int at = 0;
        boolean more = true;
        while (more) {
            if (octets.length - at < HEAD || parts.size() == MAX) {
                throw new MalformedException("proposals or transforms are cut off or too many");
            }
            final int next = octets[at] & 0xff;
            final int length = (octets[at + 2] & 0xff) << 8 | octets[at + 3] & 0xff;
            if (length < HEAD || length > octets.length - at || next != 0 && next != type) {
                throw new MalformedException("a proposal or transform of " + length + " octets, followed by " + next);
            }
            parts.add(Arrays.copyOfRange(octets, at, at + length));
            at += length;
            more = next != 0;
        }
        if (at != octets.length) {
            throw new MalformedException((octets.length - at) + " octets after the last proposal or transform");
        }
        return parts;
    }

    /** The body's octets. */
    byte[] encode() {
        final List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < proposals.size(); i++) {
            final Proposal proposal = proposals.get(i);
            final List<byte[]> transforms = new ArrayList<>();
            for (int j = 0; j < proposal.transforms().size(); j++) {
                final Transform transform = proposal.transforms().get(j);
                transforms.add(part(j + 1 < proposal.transforms().size() ? Isakmp.TRANSFORM : 0,
                    new int[] {transform.number(), transform.id(), 0, 0}, Attribute.encode(transform.attributes())));
            }
            parts.add(part(i + 1 < proposals.size() ? Isakmp.PROPOSAL : 0,
                new int[] {proposal.number(), proposal.protocol(), proposal.spi().length, transforms.size()},
                Octets.join(proposal.spi(), Octets.join(transforms))));
        }
        return Octets.join(ByteBuffer.allocate(FIXED).putInt(Isakmp.DOI_IPSEC).putInt(Isakmp.IDENTITY_ONLY).array(), Octets.join(parts));
    }

    private static byte[] part(final int next, final int[] fields, final byte[] rest) {
        final ByteBuffer out = ByteBuffer.allocate(HEAD + rest.length);
        out.put((byte) next).put((byte) 0).putShort((short) (HEAD + rest.length));
        for (final int field : fields) {
            out.put((byte) field);
        }
        return out.put(rest).array();
    }
}
