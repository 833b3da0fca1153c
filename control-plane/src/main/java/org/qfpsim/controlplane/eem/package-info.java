/**
 * Embedded Event Manager: applets that run when a line appears in the log or a timer ends.
 * {@link org.qfpsim.controlplane.eem.AppletParser} reads them, {@link org.qfpsim.controlplane.eem.EventManager} runs them.
 */
@NullMarked
package org.qfpsim.controlplane.eem;

import org.jspecify.annotations.NullMarked;
