/** Counters: one block per packet processing engine, written by one thread, readable from any thread or process. */
@NullMarked
package org.qfpsim.datapath.counters;

import org.jspecify.annotations.NullMarked;
