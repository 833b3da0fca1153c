/** A person or a script at a router's console: {@code console} and {@code exec}, from this process or from another one. */
@NullMarked
package org.qfpsim.sim.console;

import org.jspecify.annotations.NullMarked;
