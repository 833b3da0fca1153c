/** One router's control plane, put together: configuration in, packets in and out, one thread, one clock. */
@NullMarked
package org.qfpsim.controlplane.router;

import org.jspecify.annotations.NullMarked;
