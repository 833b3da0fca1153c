/** Looks into a router's SA database from another process. */
@NullMarked
package org.qfpsim.sim.sadb;

import org.jspecify.annotations.NullMarked;
