/** Drop counters since their last clearing, their history, and the commands around them. */
@NullMarked
package org.qfpsim.controlplane.qfp.drop;

import org.jspecify.annotations.NullMarked;
