/** Neighbours on Ethernet: ARP (RFC 826) and the part of neighbour discovery that finds addresses (RFC 4861), and what waits for them. */
@NullMarked
package org.qfpsim.controlplane.neighbor;

import org.jspecify.annotations.NullMarked;
