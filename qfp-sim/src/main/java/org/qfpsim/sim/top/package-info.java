/** {@code ./qfp top}: a router on the whole screen, from another process. */
@NullMarked
package org.qfpsim.sim.top;

import org.jspecify.annotations.NullMarked;
