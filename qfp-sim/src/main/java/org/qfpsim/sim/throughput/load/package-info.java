/** What is offered to the device under test, and one trial: frames really encrypted, sent at a rate (open loop). */
@NullMarked
package org.qfpsim.sim.throughput.load;

import org.jspecify.annotations.NullMarked;
