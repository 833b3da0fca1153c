/** Traffic and load of the QFP: {@code datapath utilization}. */
@NullMarked
package org.qfpsim.controlplane.qfp.load;

import org.jspecify.annotations.NullMarked;
