/** Generated traffic: real ESP from simulated peers, good and broken in known ways, seeded; and {@code ./qfp run}, which plays it. */
@NullMarked
package org.qfpsim.sim.traffic;

import org.jspecify.annotations.NullMarked;
