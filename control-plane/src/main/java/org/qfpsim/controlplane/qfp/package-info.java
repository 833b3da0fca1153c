/** What the platform shows of its QFP, put together from its parts, and the samples that rates and histories are made of. */
@NullMarked
package org.qfpsim.controlplane.qfp;

import org.jspecify.annotations.NullMarked;
