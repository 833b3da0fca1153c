/** The life of IPsec SAs: flows from the configuration, SPIs, pairs of SAs, lifetimes, rekeys, and what the datapath is told of them. */
@NullMarked
package org.qfpsim.controlplane.ipsec;

import org.jspecify.annotations.NullMarked;
