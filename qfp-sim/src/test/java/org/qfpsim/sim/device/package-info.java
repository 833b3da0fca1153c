/** Tests of device descriptions. */
package org.qfpsim.sim.device;
