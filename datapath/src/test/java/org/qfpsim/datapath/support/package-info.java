/** What tests of the datapath are built from: packets, security associations, senders, and a pipeline that is checked after every run. */
@NullMarked
package org.qfpsim.datapath.support;

import org.jspecify.annotations.NullMarked;
