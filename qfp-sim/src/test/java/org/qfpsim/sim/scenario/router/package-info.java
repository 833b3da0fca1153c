/** Tests of the scenario format, the runner and the scenarios that come with the program. */
package org.qfpsim.sim.scenario.router;
