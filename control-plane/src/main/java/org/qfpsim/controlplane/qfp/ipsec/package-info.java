/** IPsec as the QFP and the forwarding manager see it: messages, SAs, policies. */
@NullMarked
package org.qfpsim.controlplane.qfp.ipsec;

import org.jspecify.annotations.NullMarked;
