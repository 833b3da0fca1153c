/**
 * Packet trace and packet capture: what of some packets is written down on their way. Off unless the control plane asks for it; records are
 * off heap and bounded, gather is their only writer.
 */
@NullMarked
package org.qfpsim.datapath.trace;

import org.jspecify.annotations.NullMarked;
