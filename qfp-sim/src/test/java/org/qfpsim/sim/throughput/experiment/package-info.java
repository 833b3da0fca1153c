/** Tests. */
package org.qfpsim.sim.throughput.experiment;
