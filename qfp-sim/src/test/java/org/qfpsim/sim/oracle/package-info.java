/** Whole packets that we encrypt, opened by programs that others wrote, and the other way round. */
package org.qfpsim.sim.oracle;
