/** The facts that are counted, one enum row each: global drops, IPsec feature drops, punt causes. Ids and names are the platform's own. */
@NullMarked
package org.qfpsim.datapath.drop;

import org.jspecify.annotations.NullMarked;
