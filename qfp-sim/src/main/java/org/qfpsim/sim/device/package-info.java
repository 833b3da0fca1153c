/** Descriptions of a device: its addresses, SAs and policies, from our JSON files or from Wireshark's table of ESP SAs. */
@NullMarked
package org.qfpsim.sim.device;

import org.jspecify.annotations.NullMarked;
