/** Tests of SSH. */
package org.qfpsim.sim.console.ssh;
