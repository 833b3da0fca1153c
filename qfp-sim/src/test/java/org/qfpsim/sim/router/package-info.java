/** Tests of routers and of how they tell what happened. */
package org.qfpsim.sim.router;
