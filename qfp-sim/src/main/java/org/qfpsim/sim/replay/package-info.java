/** {@code ./qfp replay}: a capture through the datapath, and what became of every frame of it. */
@NullMarked
package org.qfpsim.sim.replay;

import org.jspecify.annotations.NullMarked;
