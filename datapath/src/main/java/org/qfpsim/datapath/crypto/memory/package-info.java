/**
 * What the native backends stand on: raw access to memory by address, slabs of key entries that are erased when released, functions of
 * shared libraries, and the fields of an ESP packet that algorithms take.
 */
@NullMarked
package org.qfpsim.datapath.crypto.memory;

import org.jspecify.annotations.NullMarked;
