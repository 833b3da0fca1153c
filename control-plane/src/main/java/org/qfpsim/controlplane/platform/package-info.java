/** Which router this is and what it runs: the hardware's names and the differences between releases. */
@NullMarked
package org.qfpsim.controlplane.platform;

import org.jspecify.annotations.NullMarked;
