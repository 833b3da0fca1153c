/** Real network interfaces as nodes of a network: packet sockets, TUN devices, UDP sockets. Linux only, without a native build. */
@NullMarked
package org.qfpsim.sim.outside;

import org.jspecify.annotations.NullMarked;
