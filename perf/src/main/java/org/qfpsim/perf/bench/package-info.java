/** JMH benchmarks, one class per question; every one asserts that its answer is right. {@code ./qfp bench --list} names them. */
@NullMarked
package org.qfpsim.perf.bench;

import org.jspecify.annotations.NullMarked;
