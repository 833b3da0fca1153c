/** Tests of the page and the metrics. */
package org.qfpsim.sim.serve;
