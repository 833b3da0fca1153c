/**
 * Intel's multi-buffer crypto library for IPsec, called through the Foreign Function and Memory API. Pointers cross as {@code long}, calls
 * are critical downcalls, so a packet costs no allocation and no change of thread state.
 */
@NullMarked
package org.qfpsim.datapath.crypto.ipsecmb;

import org.jspecify.annotations.NullMarked;
