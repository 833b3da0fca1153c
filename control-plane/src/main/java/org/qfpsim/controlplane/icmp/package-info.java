/** ICMP (RFC 792) and ICMPv6 (RFC 4443) of the router itself: echo replies, and errors about packets that the datapath has dropped. */
@NullMarked
package org.qfpsim.controlplane.icmp;

import org.jspecify.annotations.NullMarked;
