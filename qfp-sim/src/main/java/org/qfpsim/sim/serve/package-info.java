/** {@code ./qfp serve}: routers in a browser and for Prometheus, on this machine only. */
@NullMarked
package org.qfpsim.sim.serve;

import org.jspecify.annotations.NullMarked;
