/** Tests of the search. */
package org.qfpsim.sim.throughput.search;
