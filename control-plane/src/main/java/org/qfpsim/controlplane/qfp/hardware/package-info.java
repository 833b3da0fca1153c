/** The hardware as the platform describes it: crypto devices, memories, licences. */
@NullMarked
package org.qfpsim.controlplane.qfp.hardware;

import org.jspecify.annotations.NullMarked;
