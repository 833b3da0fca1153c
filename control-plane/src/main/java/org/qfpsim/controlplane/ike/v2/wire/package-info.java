/**
 * IKEv2 messages as octets and as objects (RFC 7296 section 3, RFC 7383): bounded readers that trust no length, writers, and the
 * protection of the Encrypted payload.
 */
@NullMarked
package org.qfpsim.controlplane.ike.v2.wire;

import org.jspecify.annotations.NullMarked;
