/** What is measured inside one JVM: repeatable passes, suites of them, and the program that a comparison starts once for each sample. */
@org.jspecify.annotations.NullMarked
package org.qfpsim.perf.probe;
