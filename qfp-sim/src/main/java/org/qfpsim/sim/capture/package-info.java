/** Reading and writing packet captures (pcap, pcapng), and the files that commands write. No length that a file claims is trusted. */
@NullMarked
package org.qfpsim.sim.capture;

import org.jspecify.annotations.NullMarked;
