/**
 * The feature chain (the platform calls it FIA): what an engine does to a packet, in the order in which it does it. Features read the
 * frame and write their findings into the packet's {@link org.qfpsim.datapath.feature.Slot}; they own no state that another engine reads.
 */
@NullMarked
package org.qfpsim.datapath.feature;

import org.jspecify.annotations.NullMarked;
