/** {@code ./qfp perf}: comparisons, checks, baselines, histories and bisections, and the files that they write. */
@org.jspecify.annotations.NullMarked
package org.qfpsim.perf.regression;
