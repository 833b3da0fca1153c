/** Fragments: put together before decryption, made after or before encryption. */
@NullMarked
package org.qfpsim.datapath.reassembly;

import org.jspecify.annotations.NullMarked;
