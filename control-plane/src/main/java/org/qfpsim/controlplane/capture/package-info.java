/** Packet trace and embedded packet capture as commands: what they are told, what they print, what they write into files. */
@NullMarked
package org.qfpsim.controlplane.capture;

import org.jspecify.annotations.NullMarked;
