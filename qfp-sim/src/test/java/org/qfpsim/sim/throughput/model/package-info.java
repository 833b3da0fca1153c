/** Tests of the modelled platforms. */
package org.qfpsim.sim.throughput.model;
