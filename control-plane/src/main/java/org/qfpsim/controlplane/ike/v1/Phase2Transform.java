package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * Algorithms and settings of a pair of IPsec SAs (RFC 2407 sections 4.4.4 and 4.5).
 *
 * @param suite     the algorithms.
 * @param mode      tunnel or transport.
 * @param udp       whether ESP travels in UDP (RFC 3947 section 5.1).
 * @param group     number of the Diffie-Hellman group; 0 without PFS.
 * @param esn       whether sequence numbers are extended (RFC 4304).
 * @param seconds   lifetime; -1 if none was said.
 * @param kilobytes lifetime by volume; -1 if none was said.
 */
record Phase2Transform(EspSuite suite, SaSpec.Mode mode, boolean udp, int group, boolean esn, long seconds, long kilobytes) {
    private static final int ESP_NULL = 11;
    private static final int ESP_AES_CBC = 12;
    private static final int ESP_GCM_8 = 18;
    private static final int ESP_GCM_12 = 19;
    private static final int ESP_GCM_16 = 20;
    private static final int TUNNEL = 1;
    private static final int TRANSPORT = 2;
    private static final int UDP = 2;
    /** RFC 2407 section 4.5.4: without a lifetime, 28800 s. */
    private static final long DEFAULT_SECONDS = 28_800;

    /** What a policy offers: a transform for each suite that IKEv1 can name. */
    static List<Transform> offer(final ChildPolicy policy, final boolean udp) {
        final List<Transform> transforms = new ArrayList<>();
        for (final EspSuite suite : policy.suites()) {
            if (id(suite) != 0) {
                transforms.add(new Phase2Transform(suite, policy.mode(), udp, policy.pfsGroup(), policy.esn(), policy.seconds(),
                    policy.kilobytes()).encode(transforms.size() + 1));
            }
        }
        return transforms;
    }

    private Transform encode(final int number) {
        final List<Attribute> attributes = new ArrayList<>();
        if (suite.keyBytes() > 0) {
            attributes.add(Attribute.basic(Isakmp.A2_KEY_LENGTH, suite.keyBytes() * Byte.SIZE));
        }
        if (suite.auth() != EspSuite.Auth.NONE) {
            attributes.add(Attribute.basic(Isakmp.A2_AUTH, number(suite.auth())));
        }
        attributes.add(Attribute.basic(Isakmp.A2_MODE, (mode == SaSpec.Mode.TRANSPORT ? TRANSPORT : TUNNEL) + (udp ? UDP : 0)));
        attributes.add(Attribute.basic(Isakmp.A2_LIFE_TYPE, Isakmp.LIFE_SECONDS));
        attributes.add(Attribute.number(Isakmp.A2_LIFE, seconds));
        if (kilobytes > 0) {
            attributes.add(Attribute.basic(Isakmp.A2_LIFE_TYPE, Isakmp.LIFE_KILOBYTES));
            attributes.add(Attribute.number(Isakmp.A2_LIFE, kilobytes));
        }
        if (group != 0) {
            attributes.add(Attribute.basic(Isakmp.A2_GROUP, group));
        }
        if (esn) {
            attributes.add(Attribute.basic(Isakmp.A2_ESN, 1));
        }
        return new Transform(number, id(suite), attributes);
    }

    /**
     * What a peer offers or has chosen.
     *
     * @param transform from its SA payload.
     * @return it; empty if we have it not.
     * @throws MalformedException if an attribute is not a number.
     */
    static Optional<Phase2Transform> parse(final Transform transform) throws MalformedException {
        final long bits = transform.value(Isakmp.A2_KEY_LENGTH);
        final long auth = transform.value(Isakmp.A2_AUTH);
        final long mode = transform.value(Isakmp.A2_MODE);
        final long group = transform.value(Isakmp.A2_GROUP);
        if (mode < TUNNEL || mode > TRANSPORT + UDP || group > 0xffff) {
            return Optional.empty();
        }
        for (final EspSuite suite : EspSuite.values()) {
            if (id(suite) == transform.id() && (suite.keyBytes() == 0 || suite.keyBytes() * Byte.SIZE == bits)
                && number(suite.auth()) == Math.max(0, auth)) {
                return Optional.of(new Phase2Transform(suite, mode % 2 == 0 ? SaSpec.Mode.TRANSPORT : SaSpec.Mode.TUNNEL, mode > UDP,
                    (int) Math.max(0, group), transform.value(Isakmp.A2_ESN) == 1,
                    transform.life(Isakmp.A2_LIFE_TYPE, Isakmp.A2_LIFE, Isakmp.LIFE_SECONDS),
                    transform.life(Isakmp.A2_LIFE_TYPE, Isakmp.A2_LIFE, Isakmp.LIFE_KILOBYTES)));
            }
        }
        return Optional.empty();
    }

    /** Whether a policy allows it. A peer that asks for PFS gets it where none is configured, as on IOS. */
    boolean allowedBy(final ChildPolicy policy, final boolean nat) {
        return policy.suites().contains(suite) && policy.mode() == mode && udp == nat && (!esn || policy.esn())
            && (policy.pfsGroup() == 0 || policy.pfsGroup() == group);
    }

    /** The lifetime that holds: the smaller of both. */
    long agreedSeconds(final ChildPolicy policy) {
        return Math.max(1, Math.min(policy.seconds(), seconds < 0 ? DEFAULT_SECONDS : seconds));
    }

    /** The lifetime by volume that holds: the smaller of both, where one that is not said is no limit; 0 is no limit. */
    long agreedKilobytes(final ChildPolicy policy) {
        return kilobytes <= 0 ? policy.kilobytes() : policy.kilobytes() <= 0 ? kilobytes : Math.min(kilobytes, policy.kilobytes());
    }

    /** Transform id (RFC 2407 section 4.4.4, RFC 3602, RFC 4106); 0 if there is none. */
    private static int id(final EspSuite suite) {
        return switch (suite.cipher()) {
            case AES_CBC -> suite.auth() == EspSuite.Auth.NONE ? 0 : ESP_AES_CBC;
            case AES_GCM -> suite.icvBytes() == 8 ? ESP_GCM_8 : suite.icvBytes() == 12 ? ESP_GCM_12 : ESP_GCM_16;
            case NULL -> ESP_NULL;
            case CHACHA20_POLY1305 -> 0;
        };
    }

    /** Number of the authentication algorithm (RFC 2407 section 4.5, RFC 4868 section 3). */
    private static int number(final EspSuite.Auth auth) {
        return switch (auth) {
            case NONE -> 0;
            case HMAC_SHA1_96 -> 2;
            case HMAC_SHA256_128 -> 5;
            case HMAC_SHA384_192 -> 6;
            case HMAC_SHA512_256 -> 7;
        };
    }
}
