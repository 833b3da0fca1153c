/** The routers of scenarios: a routed datapath and its control plane as one node of a network. */
@NullMarked
package org.qfpsim.sim.scenario.router;

import org.jspecify.annotations.NullMarked;
