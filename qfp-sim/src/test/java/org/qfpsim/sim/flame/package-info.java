/** Tests of flame graphs. */
@NullMarked
package org.qfpsim.sim.flame;

import org.jspecify.annotations.NullMarked;
