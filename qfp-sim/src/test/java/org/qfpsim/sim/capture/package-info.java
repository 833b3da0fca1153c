/** Tests of reading and writing captures. */
package org.qfpsim.sim.capture;
