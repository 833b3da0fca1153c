/** {@code ./qfp stat}: the counters of a router in another process, while it runs. */
@NullMarked
package org.qfpsim.sim.stat;

import org.jspecify.annotations.NullMarked;
