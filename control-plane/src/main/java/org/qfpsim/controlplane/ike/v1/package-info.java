/**
 * IKEv1 (RFC 2408, 2409, 2407): {@link org.qfpsim.controlplane.ike.v1.Ikev1Service} owns the ISAKMP SAs of a router and hands each message
 * to the exchange that it belongs to. Messages are parsed into bounded immutable records before anything looks at them.
 */
@NullMarked
package org.qfpsim.controlplane.ike.v1;

import org.jspecify.annotations.NullMarked;
