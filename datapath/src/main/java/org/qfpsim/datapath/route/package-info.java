/**
 * What makes the datapath a router: interfaces, forwarding tables, tunnels, and what the control plane is told. The records are its
 * configuration; the forwarder runs in gather, for one packet at a time.
 */
@NullMarked
package org.qfpsim.datapath.route;

import org.jspecify.annotations.NullMarked;
