/** Tests of what is shared by top and serve. */
package org.qfpsim.sim.live;
