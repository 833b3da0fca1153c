/**
 * A platform in virtual time: real packets and the real feature chain decide what happens to a packet, queues with the platform's service
 * times decide when, and what finds them full. Modelled, not measured.
 */
@NullMarked
package org.qfpsim.sim.throughput.model;

import org.jspecify.annotations.NullMarked;
