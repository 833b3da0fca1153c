/**
 * IKEv2 (RFC 7296) with pre-shared keys. {@link org.qfpsim.controlplane.ike.v2.Ikev2Service} finds the IKE SA of a message; a
 * {@code RequestLane} carries our requests, one at a time; {@code ResponderSetup} and {@code RequestHandler} answer the peer's; a
 * {@code Task} is one exchange that we begin.
 */
@NullMarked
package org.qfpsim.controlplane.ike.v2;

import org.jspecify.annotations.NullMarked;
