/** The way from and to the control plane: causes, policers, drops. */
@NullMarked
package org.qfpsim.controlplane.qfp.punt;

import org.jspecify.annotations.NullMarked;
