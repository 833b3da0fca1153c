@org.jspecify.annotations.NullMarked
package org.qfpsim.sim.outside;
