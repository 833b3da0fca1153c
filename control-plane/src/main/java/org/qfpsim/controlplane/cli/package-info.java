/** The command language: keywords that may be cut short, typed arguments, help, and refusals in the platform's words. */
@NullMarked
package org.qfpsim.controlplane.cli;

import org.jspecify.annotations.NullMarked;
