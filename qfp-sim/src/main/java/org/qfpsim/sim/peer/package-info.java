/** An IKE daemon that nobody here wrote, strongSwan, in a network namespace of its own, as a node behind a real interface. */
@NullMarked
package org.qfpsim.sim.peer;

import org.jspecify.annotations.NullMarked;
