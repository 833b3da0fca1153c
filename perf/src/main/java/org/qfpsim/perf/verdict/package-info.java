/** From measured blocks to verdicts: robust estimates, exact intervals, and an error rate that many metrics and many looks do not raise. */
@org.jspecify.annotations.NullMarked
package org.qfpsim.perf.verdict;
