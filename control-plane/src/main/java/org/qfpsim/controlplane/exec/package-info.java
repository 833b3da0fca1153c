/** Commands about the box as a whole: what it is, its interfaces, routes, neighbours, log and configuration, as IOS XE prints them. */
@NullMarked
package org.qfpsim.controlplane.exec;

import org.jspecify.annotations.NullMarked;
