/** What a frame of a real interface costs this program, and how many a second there can be: {@code ./qfp bench-port}. */
@NullMarked
package org.qfpsim.sim.portbench;

import org.jspecify.annotations.NullMarked;
