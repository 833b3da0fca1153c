/** Experiments: which trials are made, and what they say. */
@NullMarked
package org.qfpsim.sim.throughput.experiment;

import org.jspecify.annotations.NullMarked;
