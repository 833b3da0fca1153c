/** Multiple loss ratio search (RFC 9971): pure logic, no clock and no packets, so that it can be tested against made-up devices. */
@NullMarked
package org.qfpsim.sim.throughput.search;

import org.jspecify.annotations.NullMarked;
