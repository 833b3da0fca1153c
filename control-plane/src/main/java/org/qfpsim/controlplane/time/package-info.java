/** Time as the control plane sees it: deadlines on the packets' clock, virtual or real. */
@NullMarked
package org.qfpsim.controlplane.time;

import org.jspecify.annotations.NullMarked;
