/** Show commands: a grammar of keywords, output filters, and the tables, byte for byte as the platform prints them. */
@NullMarked
package org.qfpsim.controlplane.show;

import org.jspecify.annotations.NullMarked;
