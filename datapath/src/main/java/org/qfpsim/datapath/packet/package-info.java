/** Addresses, header layouts and checksums: what the bytes of a packet mean, without any state. */
@NullMarked
package org.qfpsim.datapath.packet;

import org.jspecify.annotations.NullMarked;
