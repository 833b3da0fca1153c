/** Tests of routers as nodes of a network: what they show, and what they keep. */
package org.qfpsim.sim.scenario.router;
