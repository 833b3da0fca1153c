/**
 * Terminal lines: what stands between a wire of octets and the command language. {@link org.qfpsim.controlplane.terminal.TerminalLines} has
 * the lines of a router, {@link org.qfpsim.controlplane.terminal.TerminalPort} is the wire that anything can be plugged into.
 */
@NullMarked
package org.qfpsim.controlplane.terminal;

import org.jspecify.annotations.NullMarked;
