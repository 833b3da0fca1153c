/** A router that is watched while it runs: where looks at it come from, what they come to over time. For {@code top} and {@code serve}. */
@NullMarked
package org.qfpsim.sim.live;

import org.jspecify.annotations.NullMarked;
