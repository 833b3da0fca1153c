/** What somebody who watches a router from outside gets to see: copies, taken at one moment, that nobody writes to any more. */
@NullMarked
package org.qfpsim.controlplane.live;

import org.jspecify.annotations.NullMarked;
