/** What is offered to the device under test, and one trial: frames really encrypted, sent at a rate whatever the device does (open loop). */
@NullMarked
package org.qfpsim.sim.throughput.load;

import org.jspecify.annotations.NullMarked;
