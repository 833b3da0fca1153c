/** One router's datapath put together from its parts and fed with frames: what replays and generated traffic share. */
@NullMarked
package org.qfpsim.sim.router;

import org.jspecify.annotations.NullMarked;
