/** Writes a configuration as {@code show running-config} does, so that it can be loaded again. */
@NullMarked
package org.qfpsim.controlplane.config.text;

import org.jspecify.annotations.NullMarked;
