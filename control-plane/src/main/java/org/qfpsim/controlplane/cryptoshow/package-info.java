/** The commands {@code show crypto ...}, {@code clear crypto ...} and {@code show monitor event-trace crypto ...}. */
@NullMarked
package org.qfpsim.controlplane.cryptoshow;

import org.jspecify.annotations.NullMarked;
