/** Instructions, counted one by one: a second opinion that no neighbour on the machine can disturb. */
@NullMarked
package org.qfpsim.perf.instructions;

import org.jspecify.annotations.NullMarked;
