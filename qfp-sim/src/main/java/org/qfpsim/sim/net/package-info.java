/**
 * The world between routers: nodes, links that delay, lose and damage real Ethernet frames, and the loop that moves all of it on one clock.
 * A node knows only its {@link org.qfpsim.sim.net.Wire}; the loop knows only {@link org.qfpsim.sim.net.Node}s.
 */
@NullMarked
package org.qfpsim.sim.net;

import org.jspecify.annotations.NullMarked;
