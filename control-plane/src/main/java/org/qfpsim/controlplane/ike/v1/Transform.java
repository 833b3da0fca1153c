package org.qfpsim.controlplane.ike.v1;

import java.util.List;

/**
 * A transform of a proposal (RFC 2408 section 3.6).
 *
 * @param number     as the initiator counts; the chosen one keeps it.
 * @param id         KEY_IKE in phase 1, the cipher in phase 2.
 * @param attributes in their order; the chosen ones are sent back unchanged.
 */
record Transform(int number, int id, List<Attribute> attributes) {
    Transform {
        attributes = List.copyOf(attributes);
    }

    /** The number in the first attribute of a type; -1 if there is none. */
    long value(final int type) throws MalformedException {
        for (final Attribute attribute : attributes) {
            if (attribute.type() == type) {
                return attribute.number();
            }
        }
        return -1;
    }

    /**
     * A lifetime: the value behind a life type of the wanted unit.
     *
     * @param typeAttribute attribute of the unit.
     * @param attribute     attribute of the value.
     * @param unit          the wanted unit.
     * @return the lifetime; -1 if there is none in this unit.
     * @throws MalformedException if it is not a number.
     */
    long life(final int typeAttribute, final int attribute, final int unit) throws MalformedException {
        boolean wanted = false;
        for (final Attribute each : attributes) {
            if (each.type() == typeAttribute) {
                wanted = each.number() == unit;
            } else if (each.type() == attribute && wanted) {
                return each.number();
            }
        }
        return -1;
    }
}
