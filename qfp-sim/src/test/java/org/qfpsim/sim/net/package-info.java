/** Tests of links and of the loop. */
package org.qfpsim.sim.net;
