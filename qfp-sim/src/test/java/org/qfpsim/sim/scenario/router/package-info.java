/** Tests of routers as nodes of a network, and of the scenarios that come with the program. */
package org.qfpsim.sim.scenario.router;
