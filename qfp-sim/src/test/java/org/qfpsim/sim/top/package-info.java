/** Tests of the full-screen view. */
package org.qfpsim.sim.top;
