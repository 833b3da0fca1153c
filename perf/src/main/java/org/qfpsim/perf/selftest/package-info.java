/** The proof that the verdicts can be trusted: slow-downs planted in a test build, a pool of real measurements, and the power table. */
@org.jspecify.annotations.NullMarked
package org.qfpsim.perf.selftest;
