/** Benchmarks and performance verdicts. */
@NullMarked
package org.qfpsim.perf;

import org.jspecify.annotations.NullMarked;
