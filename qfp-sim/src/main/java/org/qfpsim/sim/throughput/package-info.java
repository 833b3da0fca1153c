/** {@code ./qfp throughput}: how many packets a second, by the methods of the Benchmarking Methodology Working Group. */
@NullMarked
package org.qfpsim.sim.throughput;

import org.jspecify.annotations.NullMarked;
