/** Everything slow that one thread owns: configuration, show commands, later IKE and the SA database. */
@NullMarked
package org.qfpsim.controlplane;

import org.jspecify.annotations.NullMarked;
