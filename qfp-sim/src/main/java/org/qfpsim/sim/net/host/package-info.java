/** Small nodes around the routers: hosts whose traffic is measured to the packet, and a NAT box. Real frames, real ARP. */
@NullMarked
package org.qfpsim.sim.net.host;

import org.jspecify.annotations.NullMarked;
