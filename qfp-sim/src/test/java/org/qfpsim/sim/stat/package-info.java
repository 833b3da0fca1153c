/** Tests of the reader of counters files. */
package org.qfpsim.sim.stat;
