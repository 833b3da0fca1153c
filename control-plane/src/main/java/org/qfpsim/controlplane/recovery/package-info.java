/** Invalid SPIs: the system message and its limits, the recovery, and what a person may read from it all. */
@NullMarked
package org.qfpsim.controlplane.recovery;

import org.jspecify.annotations.NullMarked;
