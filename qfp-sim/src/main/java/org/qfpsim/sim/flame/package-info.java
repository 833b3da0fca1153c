/** Where the processor's time goes: flame graphs. */
@NullMarked
package org.qfpsim.sim.flame;

import org.jspecify.annotations.NullMarked;
