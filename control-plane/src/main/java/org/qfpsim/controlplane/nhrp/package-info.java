/** Next hops of multipoint tunnels: registration and resolution with NHRP (RFC 2332), as next hop client and as next hop server. */
@NullMarked
package org.qfpsim.controlplane.nhrp;

import org.jspecify.annotations.NullMarked;
