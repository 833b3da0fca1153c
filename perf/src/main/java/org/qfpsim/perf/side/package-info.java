/** The two sides of a comparison: where a build comes from, its probe as a process, and the block in which two of them take turns. */
@org.jspecify.annotations.NullMarked
package org.qfpsim.perf.side;
