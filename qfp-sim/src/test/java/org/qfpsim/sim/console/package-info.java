/** Tests of the console from the outside. */
package org.qfpsim.sim.console;
