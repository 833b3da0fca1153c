/** What the control plane's parts say: system messages and debug lines. */
@NullMarked
package org.qfpsim.controlplane.log;

import org.jspecify.annotations.NullMarked;
