/** Puts routers, captures, traffic and time together: the launcher and its commands. */
@NullMarked
package org.qfpsim.sim;

import org.jspecify.annotations.NullMarked;
