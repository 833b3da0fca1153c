/** Everything a packet touches: bytes, SA lookup, ESP, crypto, drop reasons, counters, engines, order. */
@NullMarked
package org.qfpsim.datapath;

import org.jspecify.annotations.NullMarked;
