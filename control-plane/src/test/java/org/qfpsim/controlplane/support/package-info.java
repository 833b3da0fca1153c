/** What tests of several packages stand on. */
@NullMarked
package org.qfpsim.controlplane.support;

import org.jspecify.annotations.NullMarked;
